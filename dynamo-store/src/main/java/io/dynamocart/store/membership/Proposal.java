package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import java.util.List;

/**
 * A member's proposal, and what travels of a plan; all else follows from it and what was settled before.
 *
 * @param changes all of them are made, or none
 */
record Proposal(PlanId id, List<Change> changes) {

    Proposal {
        changes = List.copyOf(changes);
    }

    void writeTo(ByteWriter out) {
        id.writeTo(out);
        Change.writeAll(changes, out);
    }

    static Proposal readFrom(ByteReader in) {
        return new Proposal(PlanId.readFrom(in), Change.readAll(in));
    }
}
