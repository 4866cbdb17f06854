package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A change of the membership with all that follows from it: shown before it is proposed, carried out once it is
 * committed (docs/decisions/0010). A pure function of what was settled before and the changes.
 *
 * @param before the members as they are
 * @param after the members as they will be
 * @param layout who will own what
 * @param from the ring as it is, cut into the same partitions as {@code to}
 * @param to the ring as it will be, cut wherever one of the two has a boundary
 * @param moves the partitions that get a new home, clockwise
 */
public record Plan(
        PlanId id,
        List<Change> changes,
        List<Member> before,
        List<Member> after,
        Layout layout,
        Ring from,
        Ring to,
        List<Move> moves) {

    public Plan {
        changes = List.copyOf(changes);
        before = List.copyOf(before);
        after = List.copyOf(after);
        moves = List.copyOf(moves);
    }

    /** @throws PlanRefusedException if the changes do not fit what is settled */
    static Plan of(Settled settled, Layout current, Proposal proposal) {
        NavigableMap<NodeId, Member> changed = Roster.changed(settled, proposal.changes());
        Layout layout = current.with(Settled.seats(changed));
        Ring former = current.ring();
        Ring future = layout.ring();
        Ring to = future.cutAt(former.ends());
        List<Member> before = List.copyOf(settled.everyone().values());
        List<Member> after = List.copyOf(changed.values());
        List<Move> moves = new Moves(before, after).between(former.cutAt(future.ends()), to);
        return new Plan(
                proposal.id(),
                proposal.changes(),
                before,
                after,
                layout,
                settled.held(former).cutAt(future.ends()),
                to,
                fromHolders(moves, settled.caretakers(), to, former));
    }

    /** Who takes whose place does not depend on who holds it meanwhile; who has to stop does. */
    private static List<Move> fromHolders(List<Move> moves, Caretakers caretakers, Ring cut, Ring former) {
        if (caretakers.isEmpty()) {
            return moves;
        }
        List<Move> held = new ArrayList<>();
        for (Move move : moves) {
            Incarnation from = move.from();
            Partition partition = Caretakers.wholeOf(move.partition(), cut, former);
            Incarnation holder = from == null ? null : caretakers.holderOf(partition, from);
            if (!move.to().equals(holder)) {
                held.add(new Move(move.partition(), holder, move.to()));
            }
        }
        return held;
    }

    /**
     * The name of the plan to operators. Its id is not enough: of all plans that a member shows before it proposes one,
     * the id is the same.
     */
    public String name() {
        ByteWriter out = new ByteWriter();
        Change.writeAll(changes, out);
        CRC32C sum = new CRC32C();
        sum.update(out.toByteArray());
        return "%s/%08x".formatted(id, sum.getValue());
    }

    /** Partitions that get at least one new home. */
    public int partitionsMoved() {
        return (int) moves.stream().map(Move::partition).distinct().count();
    }

    /** How many partitions each node is sent. */
    public NavigableMap<NodeId, Integer> incoming() {
        NavigableMap<NodeId, Integer> counts = new TreeMap<>();
        moves.forEach(move -> counts.merge(move.to().node(), 1, Integer::sum));
        return counts;
    }

    /** How many partitions each node gives to others. */
    public NavigableMap<NodeId, Integer> outgoing() {
        NavigableMap<NodeId, Integer> counts = new TreeMap<>();
        for (Move move : moves) {
            Incarnation from = move.from();
            if (from != null) {
                counts.merge(from.node(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Of how many partitions each node will be home replica. */
    public NavigableMap<NodeId, Integer> holding() {
        NavigableMap<NodeId, Integer> counts = new TreeMap<>();
        to.preferenceLists().forEach(list -> list.home().forEach(home -> counts.merge(home, 1, Integer::sum)));
        return counts;
    }

    @Override
    public String toString() {
        return "plan %s: %s, moves %d partitions, in %s, out %s"
                .formatted(id, changes, partitionsMoved(), incoming(), outgoing());
    }
}
