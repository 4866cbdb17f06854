package io.dynamocart.store.node;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.port.RandomSource;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state that a node saved on its disk: what it finds there about itself and its cluster when it is started.
 *
 * @param incarnation the number it drew when the disk was empty; none if it is empty now
 * @param history all it knew of the membership
 */
public record SavedState(OptionalLong incarnation, MembershipHistory history) {

    static final String MEMBERSHIP_NOTE = "membership";
    static final String INCARNATION_NOTE = "incarnation";

    /** The state on an empty disk. */
    public static SavedState nothing() {
        return new SavedState(OptionalLong.empty(), MembershipHistory.empty());
    }

    /**
     * Reads the state from the notes on a disk.
     *
     * @param notes reads a note of a storage, null where there is none
     * @throws io.dynamocart.store.codec.MalformedBytesException if one of them is damaged
     */
    public static SavedState read(Function<String, byte @Nullable []> notes) {
        byte[] history = notes.apply(MEMBERSHIP_NOTE);
        byte[] incarnation = notes.apply(INCARNATION_NOTE);
        return new SavedState(
                incarnation == null ? OptionalLong.empty() : OptionalLong.of(new ByteReader(incarnation).readLong()),
                history == null ? MembershipHistory.empty() : MembershipHistory.readFrom(new ByteReader(history)));
    }

    /**
     * The node as it is from this start on: in the incarnation that was kept, or in a new one under a random number; 0
     * where it took part before there were incarnations.
     */
    Member incarnate(Member node, RandomSource random) {
        return node.incarnated(incarnation.orElseGet(() ->
                history.founding().isPresent() ? 0 : random.fork("incarnation").nextLong()));
    }

    static byte[] incarnationNote(long number) {
        return new ByteWriter().writeLong(number).toByteArray();
    }
}
