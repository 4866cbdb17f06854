package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.Ring;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that ever happened to the membership, as far as a node knows (paper §4.8.1). Histories are reconciled by
 * gossip; the ring is a pure function of them. Immutable.
 *
 * @param born how the cluster began, null as long as the node knows of no cluster
 */
public record MembershipHistory(@Nullable Founding born) {

    private static final MembershipHistory EMPTY = new MembershipHistory(null);

    public static MembershipHistory empty() {
        return EMPTY;
    }

    public Optional<Founding> founding() {
        return Optional.ofNullable(born);
    }

    /** The members now, ascending; none before the cluster is born. */
    public List<Member> members() {
        return born == null ? List.of() : born.members();
    }

    public Optional<Ring> ring() {
        return founding().map(Founding::ring);
    }

    /** What is known when a node of this history meets one of the other: its own, or the other's if it has none. */
    public MembershipHistory merge(MembershipHistory other) {
        return born == null ? other : this;
    }

    public void writeTo(ByteWriter out) {
        out.writeBoolean(born != null);
        if (born != null) {
            born.writeTo(out);
        }
    }

    public static MembershipHistory readFrom(ByteReader in) {
        return in.readBoolean() ? new MembershipHistory(Founding.readFrom(in)) : EMPTY;
    }
}
