package io.dynamocart.store.version;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The name a value is kept under: 1 to 1,024 opaque bytes. Immutable; ordered bytewise. */
public final class Key implements Comparable<Key> {

    public static final int MAX_BYTES = 1024;

    /** Characters of a key that give nothing away. */
    private static final int SHORT = 20;

    private final byte[] bytes;
    private final int hash;
    private @Nullable Md5 md5;

    private Key(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d bytes, this one %d".formatted(MAX_BYTES, bytes.length));
        }
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    public static Key of(String name) {
        return new Key(name.getBytes(StandardCharsets.UTF_8));
    }

    public static Key of(byte[] bytes) {
        return new Key(bytes.clone());
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * MD5 of the key's bytes. Worked out when first asked for, and once, unless two threads ask at the same time: a
     * request needs it a dozen times.
     */
    public Md5 md5() {
        Md5 known = md5;
        if (known == null) {
            known = Md5.of(bytes);
            md5 = known;
        }
        return known;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Key other && hash == other.hash && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /**
     * The beginning of the key, for logs: enough for whoever knows the key to find it there, too little for whoever
     * reads them to use it, where to know a key is to be let in by it.
     */
    public String abbreviated() {
        String all = toString();
        return all.length() <= SHORT ? all : all.substring(0, SHORT) + "…";
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
