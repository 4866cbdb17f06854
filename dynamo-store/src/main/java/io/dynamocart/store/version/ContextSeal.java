package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns contexts into opaque texts for clients outside, and back. A text is bound to its key and sealed with the
 * cluster's secret, so that a foreign, changed or invented one is refused (paper §4.1, docs/invariants.md D19). Safe in
 * a URL. Thread-safe.
 *
 * <p>A text has at most {@value #MAX_LENGTH} characters. A longer context is cut: first what the shown versions
 * replace, last the shown versions. What is left out can only leave siblings, it can lose nothing.
 */
public final class ContextSeal {

    public static final int MAX_LENGTH = 4096;

    private static final int FORMAT = 1;
    private static final int SEAL_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    /** @param secret known to every node of the cluster and to nobody else */
    public ContextSeal(byte[] secret) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    public String seal(Context context) {
        String text = sealWhole(context);
        Clock heads = context.heads();
        Clock past = context.past();
        while (text.length() > MAX_LENGTH) {
            if (past.isEmpty()) {
                heads = shortened(heads);
            } else {
                past = shortened(past);
            }
            text = sealWhole(new Context(context.key(), heads, past, context.coordinator()));
        }
        return text;
    }

    /**
     * Opens a text.
     *
     * @param key the key that it is used for
     * @throws InvalidContextException if it was not sealed by this cluster for this key
     */
    public Context open(Key key, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidContextException("a context has up to %d characters".formatted(MAX_LENGTH));
        }
        byte[] sealed = decodeBase64(text);
        int length = sealed.length - SEAL_BYTES;
        if (length < 1) {
            throw new InvalidContextException("the context is cut off");
        }
        byte[] body = Arrays.copyOf(sealed, length);
        byte[] expected = sealOf(key, body);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, length, sealed.length))) {
            throw new InvalidContextException("the context belongs to another key or cluster, or was changed");
        }
        return decode(key, body);
    }

    private String sealWhole(Context context) {
        ByteWriter out = new ByteWriter();
        out.writeByte(FORMAT);
        context.writeTo(out);
        byte[] body = out.toByteArray();
        out.writeRaw(sealOf(context.key(), body));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private byte[] sealOf(Key key, byte[] body) {
        try {
            Mac mac = (Mac) prototype.clone();
            mac.update(new ByteWriter().writeBlock(key.toByteArray()).toByteArray());
            return Arrays.copyOf(mac.doFinal(body), SEAL_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK cannot clone " + ALGORITHM, e);
        }
    }

    private static Context decode(Key key, byte[] body) {
        try {
            ByteReader in = new ByteReader(body);
            int format = in.readByte();
            if (format != FORMAT) {
                throw new InvalidContextException(
                        "the context has format %d, this node reads %d".formatted(format, FORMAT));
            }
            Context context = Context.readFrom(in, key);
            in.expectEnd();
            return context;
        } catch (MalformedBytesException e) {
            throw new InvalidContextException("the context is not readable: " + e.getMessage());
        }
    }

    private static byte[] decodeBase64(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidContextException("the context is not base64url");
        }
    }

    private static Clock shortened(Clock clock) {
        int size = clock.actors().size();
        return clock.only(clock.actors().subList(0, size - Math.max(1, size / 8)));
    }
}
