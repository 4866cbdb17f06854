package io.dynamocart.store.node;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.membership.MembershipHistory;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node finds about itself and its cluster on its disk when it is started.
 *
 * @param incarnation the number it drew when the disk was empty; none if it is empty now
 * @param history all it knew of the membership
 */
public record Kept(OptionalLong incarnation, MembershipHistory history) {

    static final String MEMBERSHIP_NOTE = "membership";
    static final String INCARNATION_NOTE = "incarnation";

    /** What is on an empty disk. */
    public static Kept nothing() {
        return new Kept(OptionalLong.empty(), MembershipHistory.empty());
    }

    /**
     * Reads it.
     *
     * @param notes reads a note of a storage, null where there is none
     * @throws io.dynamocart.store.codec.MalformedBytesException if one of them is damaged
     */
    public static Kept read(Function<String, byte @Nullable []> notes) {
        byte[] history = notes.apply(MEMBERSHIP_NOTE);
        byte[] incarnation = notes.apply(INCARNATION_NOTE);
        return new Kept(
                incarnation == null ? OptionalLong.empty() : OptionalLong.of(new ByteReader(incarnation).readLong()),
                history == null ? MembershipHistory.empty() : MembershipHistory.readFrom(new ByteReader(history)));
    }

    static byte[] incarnationNote(long number) {
        return new ByteWriter().writeLong(number).toByteArray();
    }
}
