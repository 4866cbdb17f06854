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
 *     ── Hello: who, of which cluster, what protocol, a nonce ─▶
 *     ◀── Welcome: who, which protocol, a nonce, a proof; or why not ──
 *     ── Proof, messages ──────────────────────────▶
 * </pre>
 */
final class Handshake {

    /** Frames before the end of the handshake are at most so long. */
    static final int MAX_BYTES = 1024;

    private static final long MAGIC = 0x44796e616d6f4361L; // "DynamoCa"

    private Handshake() {}

    /**
     * What the caller says; its address is where it listens itself. Its form stays as it is in all versions of the
     * protocol. A node of version 1 knows of no others, and refuses them; so a caller whose protocol was refused offers
     * that one alone the next time.
     */
    record Hello(Protocol protocol, String cluster, NodeId node, String address, long nonce) {

        void writeTo(ByteWriter out) {
            out.writeLong(MAGIC).writeVarint(protocol.highest()).writeString(cluster);
            out.writeString(node.name()).writeString(address).writeLong(nonce);
            writeUnlessFirst(protocol.lowest(), out);
        }

        static Hello readFrom(ByteReader in) {
            if (in.readLong() != MAGIC) {
                throw new MalformedBytesException("this is not a Dynamo node");
            }
            int highest = in.readInt(Integer.MAX_VALUE);
            String cluster = in.readString();
            NodeId node = readNode(in);
            String address = in.readString();
            long nonce = in.readLong();
            return new Hello(readProtocol(in, highest), cluster, node, address, nonce);
        }
    }

    /**
     * What the called one answers.
     *
     * @param refusal why it does not talk to this caller, null if it does
     * @param proof that it knows the secret, empty with a refusal
     * @param version of the protocol, that both speak from now on
     */
    record Welcome(NodeId node, @Nullable String refusal, long nonce, String proof, int version) {

        void writeTo(ByteWriter out) {
            out.writeLong(MAGIC).writeString(node.name()).writeString(refusal == null ? "" : refusal);
            out.writeLong(nonce).writeString(proof);
            writeUnlessFirst(version, out);
        }

        static Welcome readFrom(ByteReader in) {
            if (in.readLong() != MAGIC) {
                throw new MalformedBytesException("this is not a Dynamo node");
            }
            NodeId node = readNode(in);
            String refusal = in.readString();
            long nonce = in.readLong();
            String proof = in.readString();
            return new Welcome(node, refusal.isEmpty() ? null : refusal, nonce, proof, readUnlessFirst(in));
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
    static @Nullable String refusal(Hello hello, Protocol protocol, String cluster, NodeId self) {
        String apart = protocol.refusal(hello.protocol());
        if (apart != null) {
            return apart;
        }
        if (!hello.cluster().equals(cluster)) {
            return "it belongs to cluster '%s', this node to '%s'".formatted(hello.cluster(), cluster);
        }
        if (hello.node().equals(self)) {
            return "it is named %s like this node; every node needs a dynamo.store.node-id of its own".formatted(self);
        }
        return null;
    }

    /** Nodes of version 1 neither say nor expect this. */
    private static void writeUnlessFirst(int version, ByteWriter out) {
        if (version > 1) {
            out.writeVarint(version);
        }
    }

    private static int readUnlessFirst(ByteReader in) {
        if (in.remaining() == 0) {
            return 1;
        }
        int version = in.readInt(Integer.MAX_VALUE);
        in.expectEnd();
        if (version <= 1) {
            throw new MalformedBytesException("protocol version %d".formatted(version));
        }
        return version;
    }

    private static Protocol readProtocol(ByteReader in, int highest) {
        try {
            return new Protocol(readUnlessFirst(in), highest);
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("no protocol", e);
        }
    }

    private static NodeId readNode(ByteReader in) {
        try {
            return new NodeId(in.readString());
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a node id", e);
        }
    }
}
