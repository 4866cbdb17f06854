package io.dynamocart.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.dynamocart.store.simulation.SeededRandom;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Bytes that arrive changed, and what a reader may make of them. */
public final class Damage {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int OVERHEAD = 50_000;
    private static final int BYTES_PER_BYTE = 32;

    private Damage() {}

    /** One bit of it is another. */
    public static byte[] flipBit(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    /** Cut off, a few bits changed, a huge number put in somewhere, or nothing but noise. */
    public static byte[] any(byte[] bytes, SeededRandom random) {
        int at = random.nextInt(bytes.length);
        int bits = 8 * bytes.length;
        int bit = random.nextInt(bits);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipBit(bytes, bit);
            case 2 -> flipBit(flipBit(bytes, bit), (bit + 1 + random.nextInt(bits - 1)) % bits);
            case 3 -> new Generators(random).bytes(200);
            default -> withNumber(bytes, at, Long.MAX_VALUE >>> random.nextInt(63));
        };
    }

    private static byte[] withNumber(byte[] bytes, int at, long number) {
        return new ByteWriter()
                .writeRaw(bytes, 0, at)
                .writeVarint(number)
                .writeRaw(bytes, at, bytes.length - at)
                .toByteArray();
    }

    /**
     * Reads what may be damaged: the value, or nothing if the reader reports the damage.
     *
     * @throws RuntimeException if the reader does anything else
     * @throws AssertionError if it takes more memory than the length of the bytes can justify
     */
    public static <T> Optional<T> read(byte[] bytes, Function<byte[], T> reader) {
        long most = OVERHEAD + (long) BYTES_PER_BYTE * bytes.length;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<T> value = valueOf(bytes, reader);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
            // The first time, classes are loaded as well
            before = THREADS.getCurrentThreadAllocatedBytes();
            value = valueOf(bytes, reader);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated to read %d", bytes.length)
                    .isLessThanOrEqualTo(most);
        }
        return value;
    }

    private static <T> Optional<T> valueOf(byte[] bytes, Function<byte[], T> reader) {
        try {
            return Optional.of(reader.apply(bytes));
        } catch (MalformedBytesException e) {
            return Optional.empty();
        }
    }
}
