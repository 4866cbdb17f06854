package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.transport.Station.Event;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nodes that show one another certificates. */
class TlsTests {

    private final X509Bundle authority = authority();
    private final List<String> addresses = Ports.freeAddresses(2);

    @Test
    void nodesWithCertificatesOfOneAuthorityTalk() throws Exception {
        SSLContext context = contextOf(authority);
        try (Station a = station("a", 0, () -> context);
                Station b = station("b", 1, () -> context)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.send("b", new Message.Ping(1));
            assertThat(b.next()).isEqualTo(new Event.Got("a", new Message.Ping(1)));
            b.send("a", new Message.Pong(1));

            assertThat(a.next()).isEqualTo(new Event.Got("b", new Message.Pong(1)));
        }
    }

    @Test
    void oneWithoutACertificateGetsNothingThoughItKnowsTheSecret() throws Exception {
        nobodyTalks(null);
    }

    @Test
    void oneWithACertificateOfAnotherAuthorityGetsNothing() throws Exception {
        SSLContext foreign = contextOf(authority());
        nobodyTalks(() -> foreign);
    }

    @Test
    void oneThatTrustsEverybodyAndShowsNothingGetsNothing() throws Exception {
        SSLContext silent = SSLContext.getInstance("TLS");
        silent.init(null, authority.toTrustManagerFactory().getTrustManagers(), null);
        nobodyTalks(() -> silent);
    }

    @Test
    void aRenewedCertificateHoldsForNewConnections() throws Exception {
        AtomicReference<SSLContext> ofA = new AtomicReference<>(contextOf(authority()));
        SSLContext ofB = contextOf(authority);
        try (Station a = station("a", 0, ofA::get);
                Station b = station("b", 1, () -> ofB)) {
            a.link(addresses.get(1));
            ofA.set(contextOf(authority));

            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            assertThat(b.left()).isZero();
        }
    }

    /** A stranger and a node call each other; a friend, whose call comes later, gets through, so theirs did not. */
    private void nobodyTalks(@Nullable Supplier<SSLContext> ofStranger) throws Exception {
        SSLContext context = contextOf(authority);
        try (Station a = station("a", 0, () -> context);
                Station stranger = station("s", 1, ofStranger)) {
            stranger.link(addresses.get(0));
            a.link(addresses.get(1));
            for (int i = 0; i < 3; i++) {
                String address = Ports.freeAddresses(1).getFirst();
                try (Station friend = new Station("f", "cluster", address, Station.trust("secret", () -> context))) {
                    friend.link(addresses.get(0));
                    assertThat(friend.next()).isEqualTo(new Event.Up("a"));
                }
            }

            assertThat(stranger.left()).isZero();
            assertThat(a.left()).isZero();
        }
    }

    private Station station(String name, int address, @Nullable Supplier<SSLContext> tls) {
        return new Station(name, "cluster", addresses.get(address), Station.trust("secret", tls));
    }

    private static X509Bundle authority() {
        try {
            return new CertificateBuilder()
                    .subject("CN=cluster")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext contextOf(X509Bundle authority) throws Exception {
        X509Bundle node = new CertificateBuilder().subject("CN=node").buildIssuedBy(authority);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                node.toKeyManagerFactory().getKeyManagers(),
                authority.toTrustManagerFactory().getTrustManagers(),
                null);
        return context;
    }
}
