package io.dynamocart.store.node;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.ring.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The nodes that have introduced themselves to this one, as what, and for how long nothing was heard of each since;
 * this node itself is among them. Not thread-safe.
 */
final class KnownPeers {

    private final Member self;
    private final Map<NodeId, Met> met = new TreeMap<>();
    private final Map<Incarnation, Integer> heard = new TreeMap<>();
    private int rounds;

    /** The node that introduced itself last under a name, and whether it asks to be taken in. */
    record Met(Member member, boolean joins) {}

    KnownPeers(Member self) {
        this.self = self;
    }

    void onMet(Member other, boolean joins) {
        met.put(other.id(), new Met(other, joins));
        heard.put(other.incarnation(), rounds);
    }

    /** A round of gossip begins. */
    void onRound() {
        rounds++;
    }

    /** The other nodes, each as it introduced itself last. */
    Collection<Met> others() {
        return met.values();
    }

    /** The other nodes that are not {@link #isSilent silent}. */
    Stream<Member> heard(MembershipHistory history) {
        return met.values().stream().map(Met::member).filter(other -> !isSilent(history, other.incarnation()));
    }

    /** @throws PlanRefusedException if no such node has introduced itself */
    Member named(NodeId name) {
        return find(name)
                .orElseThrow(() -> new PlanRefusedException(
                        "%s is not known here: start it, with a member among its dynamo.store.seeds".formatted(name)));
    }

    private Optional<Member> find(NodeId name) {
        return name.equals(self.id())
                ? Optional.of(self)
                : Optional.ofNullable(met.get(name)).map(Met::member);
    }

    /**
     * Whether a node was not heard of for so long that nobody should wait for it: it has gone, or another has its name
     * now. It tells in turn all nodes that it is linked to, who may be more than the members, and would have told this
     * one twice. A node never heard of counts as silent since this node's own start.
     */
    boolean isSilent(MembershipHistory history, Incarnation node) {
        int nodes = Math.max(history.members().size(), 1 + met.size());
        return rounds - heard.getOrDefault(node, 0) > 2 * nodes;
    }

    /** Whether a node of this name has lost its disk, and introduces itself as another. */
    boolean hasBegunAnew(MembershipHistory history, Incarnation node) {
        Met last = met.get(node.node());
        return last != null && !last.member.incarnation().equals(node) && !history.isGone(last.member.incarnation());
    }

    /**
     * Members that introduce themselves by another address, zone or weight than they have on the ring, as they do so.
     */
    List<Member> otherThanOnRing(MembershipHistory history) {
        return history.members().stream()
                .flatMap(onRing -> find(onRing.id()).filter(now -> isAnother(now, onRing)).stream())
                .toList();
    }

    /** Whether both are one and the same node with other settings. */
    static boolean isAnother(Member now, Member onRing) {
        return now.incarnation().equals(onRing.incarnation()) && !now.equals(onRing);
    }
}
