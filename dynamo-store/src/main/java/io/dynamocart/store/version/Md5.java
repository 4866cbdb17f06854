package io.dynamocart.store.version;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An MD5 hash: spreads keys, protects nothing (paper §4.2).
 *
 * @param high its first 64 bits
 * @param low its last 64 bits
 */
public record Md5(long high, long low) {

    public static Md5 of(byte[] bytes) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(bytes));
            return new Md5(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
