package io.dynamocart.app.cart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256 hash: short enough to keep thousands of, long enough never to meet its equal. */
public record Hash(long high, long low) implements Comparable<Hash> {

    /** The hash of these texts; no two different lists of texts have the same bytes. */
    public static Hash of(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Hash(hash.getLong(), hash.getLong());
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
