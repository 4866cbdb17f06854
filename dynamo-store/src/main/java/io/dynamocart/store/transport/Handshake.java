package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The first words on a connection, before any message is read, so that two clusters never talk and strangers get nothing
 * (docs/invariants.md D18):
 *
 * <pre>
 *   caller                                       called
 *     ── Hello: who, of which cluster, a nonce ────▶
 *     ◀── Welcome: who, a nonce, a proof; or why not ──
 *     ── Proof, messages ──────────────────────────▶
 * </pre>
 */
final class Handshake {

    /** The version of the protocol that this node speaks. */
    static final int VERSION = 1;

    /** Frames before the end of the handshake are at most so long. */
    static final int MAX_BYTES = 1024;

    private static final long MAGIC = 0x44796e616d6f4361L; // "DynamoCa"

    private Handshake() {}

    /** What the caller says; its address is where it listens itself. */
    record Hello(int version, String cluster, NodeId node, String address, long nonce) {

        void writeTo(ByteWriter out) {
            out.writeLong(MAGIC).writeVarint(version).writeString(cluster);
            out.writeString(node.name()).writeString(address).writeLong(nonce);
        }

        static Hello readFrom(ByteReader in) {
            if (in.readLong() != MAGIC) {
                throw new MalformedBytesException("this is not a Dynamo node");
            }
            Hello hello = new Hello(
                    in.readInt(Integer.MAX_VALUE), in.readString(), readNode(in), in.readString(), in.readLong());
            in.expectEnd();
            return hello;
        }
    }

    /**
     * What the called one answers.
     *
     * @param refusal why it does not talk to this caller, null if it does
     * @param proof that it knows the secret, empty with a refusal
     */
    record Welcome(NodeId node, @Nullable String refusal, long nonce, String proof) {

        void writeTo(ByteWriter out) {
            out.writeLong(MAGIC).writeString(node.name()).writeString(refusal == null ? "" : refusal);
            out.writeLong(nonce).writeString(proof);
        }

        static Welcome readFrom(ByteReader in) {
            if (in.readLong() != MAGIC) {
                throw new MalformedBytesException("this is not a Dynamo node");
            }
            NodeId node = readNode(in);
            String refusal = in.readString();
            Welcome welcome = new Welcome(node, refusal.isEmpty() ? null : refusal, in.readLong(), in.readString());
            in.expectEnd();
            return welcome;
        }
    }

    /** What the caller says to a welcome: that it knows the secret too. */
    record Proof(String proof) {

        void writeTo(ByteWriter out) {
            out.writeString(proof);
        }

        static Proof readFrom(ByteReader in) {
            Proof proof = new Proof(in.readString());
            in.expectEnd();
            return proof;
        }
    }

    /** Why a node of {@code cluster} named {@code self} does not talk to this caller, null if it does. */
    static @Nullable String refusal(Hello hello, String cluster, NodeId self) {
        if (hello.version() != VERSION) {
            return "it speaks protocol version %d, this node version %d".formatted(hello.version(), VERSION);
        }
        if (!hello.cluster().equals(cluster)) {
            return "it belongs to cluster '%s', this node to '%s'".formatted(hello.cluster(), cluster);
        }
        if (hello.node().equals(self)) {
            return "it is named %s like this node; every node needs a dynamo.store.node-id of its own".formatted(self);
        }
        return null;
    }

    private static NodeId readNode(ByteReader in) {
        try {
            return new NodeId(in.readString());
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a node id", e);
        }
    }
}
