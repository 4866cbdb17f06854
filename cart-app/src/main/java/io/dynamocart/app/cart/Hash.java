package io.dynamocart.app.cart;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256 hash: short enough to keep thousands of, long enough never to meet its equal. */
public record Hash(long high, long low) implements Comparable<Hash> {

    /** The hash of these texts; no two different lists of texts have the same bytes. */
    public static Hash of(String... texts) {
        ByteWriter out = new ByteWriter(256);
        for (String text : texts) {
            out.writeString(text);
        }
        try {
            ByteReader digest = new ByteReader(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
            return new Hash(digest.readLong(), digest.readLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static Hash parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("'%s' is not 32 hexadecimal digits".formatted(hex));
        }
        return new Hash(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    @Override
    public int compareTo(Hash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
