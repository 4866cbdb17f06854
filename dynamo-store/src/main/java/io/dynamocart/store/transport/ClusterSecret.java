package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.transport.Handshake.Hello;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all nodes of a cluster know and nobody else does. Each proves it to the other with a code (HMAC-SHA-256) over
 * what the caller said and random numbers that both have drawn for this one connection, so that a proof is of no use a
 * second time. Thread-safe.
 */
public final class ClusterSecret {

    /** Whose proof it is, so that neither side can send the other's back. */
    enum Role {
        CALLER,
        CALLED
    }

    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** @param secret a byte or more; the longer and more random, the harder to guess from a proof that was overheard */
    public ClusterSecret(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A number to be used for one connection. */
    static long nonce() {
        return RANDOM.nextLong();
    }

    /** @param nonce of the called side; that of the caller is in its hello */
    String proof(Role role, Hello hello, long nonce) {
        ByteWriter said = new ByteWriter();
        said.writeString(role.name()).writeLong(nonce);
        hello.writeTo(said);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(said.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether somebody knows the secret; takes the same time for whatever is wrong. */
    boolean isProof(String proof, Role role, Hello hello, long nonce) {
        return MessageDigest.isEqual(
                proof.getBytes(StandardCharsets.UTF_8),
                proof(role, hello, nonce).getBytes(StandardCharsets.UTF_8));
    }
}
