package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import java.util.Comparator;

/**
 * The stamp of a plan. No two that were proposed have the same, since a member proposes once for each number; those
 * that were only shown may ({@link Plan#name}). Of two plans of one number the lesser comes first.
 *
 * @param number how many plans were carried out before it, plus 1: counted, not read off a clock
 */
public record PlanId(int number, Incarnation author) implements Comparable<PlanId> {

    private static final Comparator<PlanId> ORDER =
            Comparator.comparingInt(PlanId::number).thenComparing(PlanId::author);

    @Override
    public int compareTo(PlanId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d by %s".formatted(number, author);
    }

    public void writeTo(ByteWriter out) {
        author.writeTo(out.writeVarint(number));
    }

    public static PlanId readFrom(ByteReader in) {
        return new PlanId(in.readInt(Integer.MAX_VALUE), Incarnation.readFrom(in));
    }
}
