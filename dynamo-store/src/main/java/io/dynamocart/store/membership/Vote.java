package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;

/**
 * Which proposal a member holds to: it has it on its disk, and carries it out.
 *
 * @param count how many times it has voted since the last plan; its latest vote counts
 */
record Vote(int count, PlanId plan) {

    /** The later of two votes of one member. */
    static Vote later(Vote left, Vote right) {
        return left.count >= right.count ? left : right;
    }

    void writeTo(ByteWriter out) {
        plan.writeTo(out.writeVarint(count));
    }

    static Vote readFrom(ByteReader in) {
        return new Vote(in.readInt(Integer.MAX_VALUE), PlanId.readFrom(in));
    }
}
