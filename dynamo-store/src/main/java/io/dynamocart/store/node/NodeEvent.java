package io.dynamocart.store.node;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;

/** Something worth knowing that happened in a node: what logs, meters, health and traces are made of. */
public sealed interface NodeEvent {

    /** How a request ended. */
    enum Outcome {
        SUCCEEDED,
        /** Refused or failed, and nothing was stored. */
        FAILED,
        /** A read that enough replicas answered, with less than the reader's context names. */
        NOT_COVERED,
        /** A write of which too few acknowledgements came in time. */
        UNKNOWN
    }

    /**
     * A read of a client of this node ended.
     *
     * @param nanos how long it took
     * @param versions siblings it found, 0 unless it succeeded
     */
    record GetEnded(long nanos, Outcome outcome, int versions) implements NodeEvent {}

    /** A read of a client of this node was refused at once, since the disks do not keep up with reading. */
    record GetRefused() implements NodeEvent {}

    /** A write or delete of a client of this node ended. */
    record PutEnded(long nanos, Outcome outcome) implements NodeEvent {}

    /** A write that this node coordinated was answered before any node had said that it is on its disk. */
    record AnsweredFromMemory() implements NodeEvent {}

    /**
     * A version that this node coordinated has reached all home replicas, so every read sees it.
     *
     * @param nanos since it was asked to coordinate it
     */
    record WriteVisible(long nanos) implements NodeEvent {}

    /** A peer answered a call so many nanoseconds after it was sent. */
    record PeerAnswered(NodeId peer, long nanos) implements NodeEvent {}

    /**
     * This node has answered what another asked of it for a request of a client. Told only where that is in a trace.
     *
     * @param asked what it was asked, without for what: "replica get", "hint put"
     * @param nanos since it was asked
     */
    record TracedAnswered(TraceParent trace, String asked, long nanos, Outcome outcome) implements NodeEvent {}

    /** A home replica was behind, and was sent what it lacked after a read. */
    record ReadRepaired(Key key, NodeId replica) implements NodeEvent {}

    /** This node keeps a write for another that cannot be reached. */
    record HintKept(NodeId target) implements NodeEvent {}

    /** This node keeps as many keys for another as it may, and did not keep one more. */
    record HintRefused(NodeId target) implements NodeEvent {}

    /** A hint that this node kept for another is on that one's disk. */
    record HintDelivered(NodeId target) implements NodeEvent {}

    /** The number of keys that this node keeps for all others together has changed. */
    record HintsCounted(int keys) implements NodeEvent {}

    /** This node holds all of a partition that moved to it, and answers for it from now on. */
    record PartitionTaken(TokenRange range) implements NodeEvent {}

    /**
     * A record that this node still had of a key that is no longer its own is with all home replicas, and no longer
     * here.
     */
    record LeftoverDelivered(Key key) implements NodeEvent {}

    /** A change that this node found due, or was asked for, cannot be proposed as it is. */
    record PlanRefused(String why) implements NodeEvent {}

    /** The share of time that repair, handoff and transfers may take has changed, 1 for all they ask for. */
    record BackgroundAdmitted(double share) implements NodeEvent {}

    /**
     * A comparison of a partition with a peer ended.
     *
     * @param complete false if it was broken off: a side did not answer, or has not made its tree yet
     * @param repaired keys brought to the same versions at both sides
     * @param failed keys that could not be read or written at one side
     */
    record ExchangeEnded(NodeId peer, boolean complete, int repaired, int failed) implements NodeEvent {}

    /** The value of a key has gone, since nobody had changed it for so long; {@code tombstone} replaces it. */
    record ValueExpired(Key key, Dot tombstone) implements NodeEvent {}

    /** The application could not say whether a value may go: its {@link Expiry} threw this. The value stays. */
    record ExpiryFailed(Key key, String detail) implements NodeEvent {}

    /** A key was deleted so long ago, and by so common consent, that this node has removed its tombstone as well. */
    record TombstoneReaped(Key key) implements NodeEvent {}

    /** This node and a peer had different bytes of one and the same version; a repair makes both keep the same one. */
    record VersionsDiverged(Key key, NodeId peer, Versions own, Versions theirs) implements NodeEvent {}

    /** So many trees did not tell what is on the disk: it lost something, or let it rot. They are right from now on. */
    record TreesCorrected(int trees) implements NodeEvent {}

    /** A record on this node's disk is not what was written. */
    record RecordDamaged(Key key, String detail) implements NodeEvent {}

    /**
     * This node's disk could not read something.
     *
     * @param times in a row, at the same place
     */
    record ReadFailed(String detail, int times) implements NodeEvent {}

    /** This node's disk failed; it takes no writes until it is started anew. */
    record DiskFailed(String detail) implements NodeEvent {}

    /** This node's disk has no room; it takes no writes until there is some. */
    record DiskFull(String detail) implements NodeEvent {}

    /** This node's disk has room again. */
    record DiskHasRoom() implements NodeEvent {}

    /** A peer stopped answering. */
    record PeerSuspected(NodeId peer) implements NodeEvent {}

    /** A link to a peer came or went. */
    record LinkChanged(NodeId peer, boolean up) implements NodeEvent {}

    /**
     * The node learned who belongs to its cluster.
     *
     * @param isMember whether it does so itself
     */
    record MembershipLearned(MembershipHistory history, boolean isMember) implements NodeEvent {}

    /**
     * The cluster has fewer members than a request needs nodes; told whenever its members change.
     *
     * @param missing how many more it takes
     */
    record TooFewMembers(int missing, String detail) implements NodeEvent {}

    /**
     * The node's settings give it another address, zone or weight than it has on the ring, where they have no effect.
     */
    record OtherThanOnRing(Member settings, Member onRing) implements NodeEvent {}

    /** The node's settings contradict the cluster it found, so it takes no part in it. */
    record Misconfigured(String detail) implements NodeEvent {}

    /** Takes events; called on the node's thread, and must not call back into the node. */
    @FunctionalInterface
    interface Listener {
        void on(NodeEvent event);
    }
}
