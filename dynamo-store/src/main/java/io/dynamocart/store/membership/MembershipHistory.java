package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to the membership, as far as a node knows (paper §4.8.1, docs/decisions/0010): how the
 * cluster began, the plans that changed it since, who stored and who carried out the present one, and who was
 * force-removed.
 * Histories are put together by {@link #merge} in any order; the ring is a pure function of them; no clock orders
 * anything. Immutable.
 *
 * <p>A node that says something of its own (proposes, stores, takes over, removes) must have the resulting history on
 * its disk before any other node hears of it.
 */
public final class MembershipHistory {

    private static final MembershipHistory EMPTY = new MembershipHistory(new TreeMap<>());

    /** The lineages of all foundings that were heard of, that of the one that counts first. */
    private final NavigableMap<Founding, Lineage> lineages;

    private MembershipHistory(NavigableMap<Founding, Lineage> lineages) {
        this.lineages = Collections.unmodifiableNavigableMap(lineages);
    }

    /** The history of a cluster just born. */
    public MembershipHistory(Founding born) {
        this(new TreeMap<>(Collections.singletonMap(born, Lineage.of(Settled.at(born), Round.EMPTY, Removals.NONE))));
    }

    /** The history of a node that knows of no cluster. */
    public static MembershipHistory empty() {
        return EMPTY;
    }

    /** The founding of the cluster; none if this history knows of no cluster. */
    public Optional<Founding> founding() {
        return lineages.isEmpty() ? Optional.empty() : Optional.of(lineages.firstKey());
    }

    /**
     * Everyone on the ring, ascending: while a plan is under way both those who come and those who go, but one of a
     * name.
     */
    public List<Member> members() {
        return lineage().map(Members::onRing).orElse(List.of());
    }

    /** Whether this very incarnation is on the ring, as a member or as one that comes or goes. */
    public boolean isOnRing(Incarnation node) {
        return lineage().filter(it -> Members.isOnRing(it, node)).isPresent();
    }

    /** The member of this name as the last plan left it, also if it was force-removed since. */
    public Optional<Member> settledMember(NodeId name) {
        return lineage().map(it -> it.settled().everyone().get(name));
    }

    /** Whether this incarnation is a member: may vote and propose, and is waited for. */
    public boolean isMember(Incarnation node) {
        return lineage().filter(it -> it.election().staying().contains(node)).isPresent();
    }

    /**
     * Whether this incarnation was a member once, or was force-removed: it takes no requests, and hands on what it has.
     */
    public boolean isGone(Incarnation node) {
        return lineage()
                .filter(it -> it.settled().gone().contains(node)
                        || it.election().removed().contains(node))
                .isPresent();
    }

    public Optional<Ring> ring() {
        return lineage().map(Lineage::ring);
    }

    /** The plan that is open, and how far it is. */
    public Optional<Progress> progress() {
        return lineage().flatMap(it -> it.plan().map(plan -> Progress.of(it, plan)));
    }

    /**
     * The union of both histories: what is known when a node of this one meets one of the other. Commutative,
     * associative, idempotent.
     */
    public MembershipHistory merge(MembershipHistory other) {
        NavigableMap<Founding, Lineage> all = new TreeMap<>(lineages);
        other.lineages.forEach((founding, lineage) -> all.merge(founding, lineage, Lineage::merge));
        MembershipHistory merged = new MembershipHistory(all);
        return merged.equals(this) ? this : merged;
    }

    /**
     * The plan that follows from changes that an operator wants, without any effect yet.
     *
     * @param author the member that proposes them
     * @throws PlanRefusedException if they cannot be made, or not now
     */
    public Plan plan(Incarnation author, List<Change> wanted) {
        return Planning.plan(known(), author, wanted);
    }

    /**
     * Proposes a plan, which its author holds to from now on.
     *
     * @throws PlanRefusedException if something has changed since the plan was made
     */
    public MembershipHistory propose(Plan plan) {
        return changed(it -> Planning.proposed(it, plan));
    }

    /**
     * A member is gone for good: no plan waits for it any more, it is no home replica, and the next plan hands out what
     * it owned. Says so for all time: only another incarnation of the node can come back.
     *
     * @param author the member to which an operator said so
     */
    public MembershipHistory forceRemove(Incarnation author, Incarnation node) {
        return changed(it -> Planning.removed(it, author, node));
    }

    /**
     * The history once {@code member} has this one on its disk, acts on it, and has seen the end of every request that
     * it began before: it stores plan and removals. Nothing new for anyone who is no member.
     */
    public MembershipHistory stored(Incarnation member) {
        return isMember(member)
                ? changed(
                        it -> it.with(it.election().voted(member), it.removals().allStoredBy(member)))
                : this;
    }

    /**
     * The history once {@code node} no longer answers or counts for these partitions as the home replica that it was,
     * and has seen the end of every request for which it still did. Nothing new unless the plan is the one that is
     * committed and moves them away from it.
     */
    public MembershipHistory release(PlanId plan, Incarnation node, Collection<Partition> partitions) {
        return lineages.isEmpty() ? this : changed(it -> Planning.released(it, plan, node, partitions));
    }

    /**
     * The history once {@code node} holds all of these partitions, and answers and counts for them. Nothing new unless
     * the plan is the one that is committed and moves them to it, and those whose places it takes have released them.
     */
    public MembershipHistory takeOver(PlanId plan, Incarnation node, Collection<Partition> partitions) {
        return lineages.isEmpty() ? this : changed(it -> Planning.takenOver(it, plan, node, partitions));
    }

    /** Members of clusters that were founded apart by mistake: this cluster takes them in. */
    public List<Member> strangers() {
        return lineage()
                .map(it -> Members.strangers(it, lineages.sequencedValues()))
                .orElse(List.of());
    }

    /**
     * The changes that members propose without being told again: to take strangers in, and to hand out what
     * force-removed members owned. Empty while a plan is open.
     */
    public List<Change> due() {
        List<Change> due = new ArrayList<>();
        if (lineage().filter(it -> it.plan().isEmpty()).isPresent()) {
            strangers().forEach(stranger -> due.add(new Change.Join(stranger)));
            Members.removed(known()).forEach(removed -> due.add(new Change.ForceRemove(removed)));
        }
        return due;
    }

    /**
     * Members that the last plan took out, and that still hold what it could not move. If they are to go, the next plan
     * has to say so again.
     */
    public List<Incarnation> leaving() {
        return lineage()
                .map(it -> List.copyOf(it.settled().caretakers().leaving().keySet()))
                .orElse(List.of());
    }

    /** Writes it for disk and wire, with the version of its format. */
    public void writeTo(ByteWriter out) {
        HistoryCodec.write(lineages, out);
    }

    /** @throws io.dynamocart.store.codec.MalformedBytesException if these bytes are not a history */
    public static MembershipHistory readFrom(ByteReader in) {
        NavigableMap<Founding, Lineage> lineages = HistoryCodec.read(in);
        return lineages.isEmpty() ? EMPTY : new MembershipHistory(lineages);
    }

    /** The history that counts. */
    Optional<Lineage> lineage() {
        return lineages.isEmpty()
                ? Optional.empty()
                : Optional.of(lineages.firstEntry().getValue());
    }

    private Lineage known() {
        return lineage().orElseThrow(() -> new PlanRefusedException("this node knows of no cluster"));
    }

    private MembershipHistory changed(UnaryOperator<Lineage> change) {
        Lineage former = known();
        Lineage next = change.apply(former);
        if (next.equals(former)) {
            return this;
        }
        NavigableMap<Founding, Lineage> all = new TreeMap<>(lineages);
        all.put(lineages.firstKey(), next);
        return new MembershipHistory(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MembershipHistory that && lineages.equals(that.lineages);
    }

    @Override
    public int hashCode() {
        return lineages.hashCode();
    }

    /** Shows what was said, without what follows from it: a plan is dear to work out. */
    @Override
    public String toString() {
        return lineage()
                .map(it -> "%d plans carried out, members %s, %s"
                        .formatted(
                                it.settled().number(), it.settled().everyone().keySet(), it.election()))
                .orElse("no cluster");
    }
}
