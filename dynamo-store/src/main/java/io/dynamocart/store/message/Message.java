package io.dynamocart.store.message;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanId;
import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one node says to another.
 *
 * <p>A {@link Request} carries a number that its sender never uses twice between two starts; the {@link Response} to it
 * carries the same. A response to a number that nobody waits for any more is ignored.
 */
public sealed interface Message {

    /** Something that is answered by one response. */
    sealed interface Request extends Message {
        long number();
    }

    /** The answer to a request. */
    sealed interface Response extends Message {
        long number();
    }

    /**
     * A request that is part of a trace, and asks for the same. A peer that speaks an older protocol gets the request
     * alone.
     *
     * @param request any but another of these
     */
    record Traced(TraceParent trace, Request request) implements Request {

        public Traced {
            if (request instanceof Traced) {
                throw new IllegalArgumentException("traced twice");
            }
        }

        /** The request within a trace; as it is, where that is null. */
        public static Request within(@Nullable TraceParent trace, Request request) {
            return trace == null ? request : new Traced(trace, request);
        }

        @Override
        public long number() {
            return request.number();
        }
    }

    /**
     * Asks a home replica for its versions of a key. Refused by a node that is no home replica by its own ring.
     *
     * @param unless what the leaf of the sender's Merkle tree says that the key is in: a replica whose own leaf says
     *     the same may answer just that. Null asks for the versions in any case; it is always null to a peer that
     *     speaks an older protocol
     * @param within how long the sender will wait; null if it does not say, as to a peer that speaks an older protocol
     */
    record ReplicaGet(
            long number,
            Key key,
            @Nullable Digest unless,
            @Nullable Duration within) implements Request {

        /** Asks for the versions in any case, and does not say how long it will wait. */
        public ReplicaGet(long number, Key key) {
            this(number, key, null, null);
        }
    }

    /**
     * The versions that a replica has, on disk or ahead of it in its object buffer.
     *
     * @param clock the replica's wall clock
     */
    record ReplicaGetReply(long number, Versions versions, Instant clock) implements Response {}

    /**
     * The replica holds exactly what the sender of the question said it holds.
     *
     * @param clock the replica's wall clock
     */
    record ReplicaGetSame(long number, Instant clock) implements Response {}

    /**
     * Asks a node for what it has of a key, whatever it is to the key by its own ring: hints above all. Answered as by
     * a replica.
     *
     * @param within as of {@link ReplicaGet}
     */
    record HintGet(long number, Key key, @Nullable Duration within) implements Request {}

    /**
     * Gives a home replica versions to merge into its own: replication and repair alike. Changes nothing if repeated.
     * Refused by a node that is no home replica by its own ring.
     */
    record ReplicaPut(long number, Key key, Versions versions) implements Request {}

    /**
     * Like {@link ReplicaPut}, but a home replica may acknowledge it ahead of its disk (paper §6.1), which it then says
     * by {@link BufferedPutReply}. A peer that speaks an older protocol gets a {@link ReplicaPut}.
     */
    record BufferedPut(long number, Key key, Versions versions) implements Request {}

    /** The replica has the versions in memory, on their way to its disk. */
    record BufferedPutReply(long number) implements Response {}

    /**
     * Like {@link ReplicaPut}, sent to a node that will become a home replica; does not count towards W (paper §4.9).
     */
    record JoiningPut(long number, Key key, Versions versions) implements Request {}

    /** Gives a stand-in versions to keep for a home replica until it can be reached (paper §4.6). */
    record HintPut(long number, NodeId target, Key key, Versions versions) implements Request {}

    /**
     * Asks a home replica about a partition of which the sender is a home replica as well (paper §4.7). Answered of
     * what the replica itself has on disk, without the hints it keeps.
     *
     * @param partition its tokens, so that two nodes with different rings never compare different things
     */
    record Compare(long number, TokenRange partition, Question question) implements Request {}

    record CompareReply(long number, Answer answer) implements Response {}

    /**
     * Asks what a node has on disk of a range, for who is about to fetch it (paper §4.9). Any node answers.
     *
     * @param after where the listing before ended, null to begin
     */
    record ListRange(
            long number, TokenRange range, @Nullable Key after) implements Request {}

    /**
     * A page of what a node has on disk of a range: keys by token, and then by key, each with the sum of its versions;
     * none for a record that is damaged.
     *
     * @param last whether none come after these
     */
    record RangeListing(long number, List<KeyDigest> entries, boolean last) implements Response {

        /** Entries of one listing. */
        public static final int MAX_ENTRIES = 4096;

        public RangeListing {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Asks a home replica to stop answering and counting for partitions of which the sender, who takes its place, has a
     * copy. That it has stopped it says in its membership history.
     */
    record Release(PlanId plan, List<Partition> partitions) implements Message {

        public Release {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * Asks a member about tombstones that are to be removed, or a home replica to remove them.
     *
     * @param versions exactly what there must be, and what is removed
     */
    record Reap(long number, Stage stage, List<KeyDigest> versions) implements Request {

        /** Keys in one message. */
        public static final int MAX_KEYS = 500;

        public Reap {
            versions = List.copyOf(versions);
        }

        /** A stage of the removal of tombstones. */
        public enum Stage {
            /** Whether home replicas hold exactly this, and other members nothing; it is watched from then on. */
            AGREE,
            /** Whether that still holds, and no versions of the key were sent since. */
            CONFIRM,
            /** Remove it, whatever else was heard. A replica that holds something else does not. */
            DROP
        }
    }

    /** The keys, of those in a {@link Reap}, for which what it asks is so, or has been done. */
    record ReapReply(long number, List<Key> agreed) implements Response {

        public ReapReply {
            agreed = List.copyOf(agreed);
        }
    }

    /** Asks for a sign of life. */
    record Ping(long number) implements Request {}

    record Pong(long number) implements Response {}

    /** The versions, or later ones that replace them, are durable at the replica or kept by the stand-in. */
    record ReplicaPutReply(long number) implements Response {}

    /**
     * Asks a home replica to coordinate a put. Repeated, it makes a second version.
     *
     * @param value null for a delete
     * @param homes home replicas that take part (N)
     * @param acknowledgements how many nodes must have stored it (W)
     * @param strict whether only home replicas count
     */
    record CoordinatePut(
            long number,
            Key key,
            Context context,
            @Nullable Value value,
            int homes,
            int acknowledgements,
            boolean strict,
            Duration timeout)
            implements Request {}

    /**
     * The put was acknowledged.
     *
     * @param standIns nodes that hold it for a home replica that could not be reached
     */
    record CoordinatePutReply(long number, Dot dot, List<NodeId> homes, List<NodeId> standIns) implements Response {

        public CoordinatePutReply {
            homes = List.copyOf(homes);
            standIns = List.copyOf(standIns);
        }
    }

    /** A put reached these nodes and too few others in time; it may come to be visible or not. */
    record OutcomeUnknown(long number, int needed, List<NodeId> acknowledged) implements Response {

        public OutcomeUnknown {
            acknowledged = List.copyOf(acknowledged);
        }
    }

    /** The request was not carried out, and changed nothing. */
    record Refused(long number, Refusal why, String detail) implements Response {}

    /** Why a node refuses a request. */
    enum Refusal {
        /** The node belongs to no ring yet. */
        NOT_READY,
        /** The node's copy of the key is damaged. */
        DAMAGED,
        /** The node's disk fails, is full, or did not get to it in time. */
        DISK_FAILED,
        /** The key has more siblings than a store may hold, or than fit into a message. */
        TOO_MANY_VERSIONS,
        /** The node sees too few other nodes. */
        TOO_FEW_REPLICAS,
        /**
         * The node's tree of the partition is not complete yet, or by its ring it is no home replica of such a
         * partition.
         */
        NOT_COMPARABLE,
        /** The node keeps as many hints for one other as it may. */
        HINTS_FULL,
        /** By its own ring it is no home replica of the key: the ring has changed, and one of the two does not know. */
        NOT_HOME
    }

    /**
     * Introduces the sender and tells all that it knows of the membership.
     *
     * @param joins whether it asks to be taken in, or in the place of its former incarnation
     */
    record Gossip(Member self, boolean joins, MembershipHistory history) implements Message {}
}
