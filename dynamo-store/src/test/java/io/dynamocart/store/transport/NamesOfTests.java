package io.dynamocart.store.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Lets tests say which addresses a name has. All other names this JVM looks up as ever. */
public final class NamesOfTests extends InetAddressResolverProvider {

    private static final Map<String, List<String>> NAMES = new ConcurrentHashMap<>();

    /** From now on the name has these addresses, in this order. Java remembers that for 30 s once it has looked. */
    static void add(String name, String... addresses) {
        NAMES.put(name, List.of(addresses));
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                List<String> known = NAMES.get(host);
                return known == null
                        ? usual.lookupByName(host, policy)
                        : known.stream().map(InetAddress::ofLiteral);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of tests";
    }
}
