package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;

/**
 * The issuer of dots for one key: a node, together with a random birth drawn when that node began to issue for the key.
 *
 * <p>A node that cannot prove that it remembers everything it issued takes a new birth, so no actor ever counts twice
 * (docs/invariants.md C2, riak_kv#679). Ordered by node, then by birth as an unsigned number.
 *
 * @param node name of the node, 1 to 64 characters
 * @param birth 64 random bits
 */
public record Actor(String node, long birth) implements Comparable<Actor> {

    private static final int MAX_NODE_LENGTH = 64;

    public Actor {
        if (node.isEmpty() || node.length() > MAX_NODE_LENGTH) {
            throw new IllegalArgumentException(
                    "node name '%s' is not 1 to %d characters long".formatted(node, MAX_NODE_LENGTH));
        }
    }

    @Override
    public int compareTo(Actor other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compareUnsigned(birth, other.birth);
    }

    void writeTo(ByteWriter out) {
        out.writeString(node).writeLong(birth);
    }

    static Actor readFrom(ByteReader in) {
        String node = in.readString();
        if (node.isEmpty() || node.length() > MAX_NODE_LENGTH) {
            throw new MalformedBytesException("a node name of %d characters".formatted(node.length()));
        }
        return new Actor(node, in.readLong());
    }

    @Override
    public String toString() {
        return node + "~" + Long.toHexString(birth);
    }
}
