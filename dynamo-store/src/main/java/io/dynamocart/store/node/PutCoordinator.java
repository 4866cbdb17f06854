package io.dynamocart.store.node;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.Coordinator;
import io.dynamocart.store.coordination.PutRequest;
import io.dynamocart.store.coordination.Recipient;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Durability;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates puts at this node: gives the version its dot, makes it durable here, and then has it replicated ({@link
 * Replication}). The version leaves the node only after that; where writes are buffered, once it is in memory here. Not
 * thread-safe.
 */
final class PutCoordinator {

    private final NodeId self;
    private final boolean buffers;
    private final LocalCopies copies;
    private final Peers peers;
    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final PendingOwnWrites writes = new PendingOwnWrites();

    /** @param buffers whether all but one replica may have a write in memory only when it is answered (paper §6.1) */
    PutCoordinator(
            NodeId self, boolean buffers, LocalCopies copies, Peers peers, Timers timers, NodeEvent.Listener listener) {
        this.self = self;
        this.buffers = buffers;
        this.copies = copies;
        this.peers = peers;
        this.timers = timers;
        this.listener = listener;
    }

    /**
     * A put as a client asks for it.
     *
     * @param value null for a tombstone
     */
    record Put(Key key, Context context, @Nullable Value value, WriteOptions options) {

        Put withTimeout(Duration timeout) {
            return new Put(key, context, value, options.withTimeout(timeout));
        }
    }

    /** Whether this node's disk stands still, or is far behind, so that another node would be done before. */
    boolean isBehind(Moment now) {
        return writes.behind(now) >= peers.lateAfter();
    }

    /**
     * Coordinates one put.
     *
     * @param number of the request, which the response will carry
     */
    void coordinate(Moment now, long number, Put put, PreferenceList list, Reply<Response> reply) {
        coordinate(now, number, put, list, () -> {}, reply);
    }

    /**
     * Coordinates one put like {@link #coordinate(Moment, long, Put, PreferenceList, Reply)}, and tells when it is
     * written here.
     *
     * @param whenWritten run once this node has the version, and waits for others only
     */
    void coordinate(
            Moment now, long number, Put put, PreferenceList list, Runnable whenWritten, Reply<Response> reply) {
        WriteOptions options = put.options();
        List<NodeId> homes = list.home(options.n());
        List<NodeId> counting = options.strict() ? homes : list.nodes();
        List<NodeId> reachable = counting.stream().filter(peers::isReachable).toList();
        if (reachable.size() < options.w()) {
            String detail = "%d of %d nodes needed for a write can be reached: %s"
                    .formatted(reachable.size(), options.w(), reachable);
            reply.accept(now, new Message.Refused(number, Refusal.TOO_FEW_REPLICAS, detail));
            return;
        }
        long deadline = now.nanos() + options.timeout().toNanos();
        CallReporter calls = new CallReporter(options.listener());
        calls.begin(now, self);
        Peers others = peers.within(options.listener().trace());
        List<Recipient> recipients = recipients(list, options);
        // While nobody is home for a moment, it is kept for who will be
        Coordinator here =
                homes.isEmpty() ? new Coordinator(self, list.joining().getFirst()) : Coordinator.of(self, recipients);
        NodeId durable = buffers ? PutRequest.durableAmong(recipients, self) : null;
        Durability durability = durable == null || durable.equals(self) ? Durability.ON_DISK : Durability.IN_BUFFER;
        PendingOwnWrites.Write own = writes.begin(now, deadline);
        write(now, put, here, homes.contains(self), deadline, durability, (then, written) -> {
            own.end();
            calls.end(then, self, written instanceof Written.Done);
            if (written instanceof Written.Done done) {
                whenWritten.run();
                list.joining().forEach(joining -> others.forward(then, joining, put.key(), done.versions()));
                Replication.Subject subject = new Replication.Subject(number, put.key(), done);
                PutRequest request = request(then, options, here, list, durable, deadline);
                List<NodeId> otherHomes =
                        homes.stream().filter(home -> !peers.isSelf(home)).toList();
                WriteVisibility visibility = new WriteVisibility(otherHomes, now.nanos(), listener);
                new Replication(subject, request, visibility, others, timers, listener, calls, reply).start(then);
            } else {
                reply.accept(then, refusal(number, put, written));
            }
        });
    }

    /** The refusal of a put whose version this node could not write. */
    private Response refusal(long number, Put put, Written written) {
        return switch (written) {
            case Written.TooManyVersions(String held) ->
                // Without the key, which may be secret: this text goes into traces
                new Message.Refused(number, Refusal.TOO_MANY_VERSIONS, "the key has " + held);
            case Written.Full(int most) ->
                new Message.Refused(number, Refusal.HINTS_FULL, "%s keeps %d hints already".formatted(self, most));
            case Written.DiskFailed(String detail, boolean untouched) ->
                untouched
                        ? new Message.Refused(number, Refusal.DISK_FAILED, detail)
                        : new Message.OutcomeUnknown(number, put.options().w(), List.of());
            case Written.Done done -> throw new IllegalStateException("not refused: " + done);
        };
    }

    private PutRequest request(
            Moment now,
            WriteOptions options,
            Coordinator here,
            PreferenceList list,
            @Nullable NodeId durable,
            long deadline) {
        List<NodeId> homes = list.home(options.n());
        return new PutRequest(
                options,
                here,
                durable,
                recipients(list, options),
                standIns(list, homes),
                now.nanos() + peers.lateAfter(),
                deadline);
    }

    /**
     * The home replicas. Where they are fewer than W, since others were removed or nobody has begun where one has
     * stopped, stand-ins fill the places that are vacant; those who are about to have one come first.
     */
    private List<Recipient> recipients(PreferenceList list, WriteOptions options) {
        List<NodeId> homes = list.home(options.n());
        Stream<NodeId> next = options.strict()
                ? Stream.empty()
                : Stream.concat(list.joining().stream(), list.standIns().stream())
                        .distinct()
                        .filter(node -> !peers.isSelf(node))
                        .limit(Math.max(0, options.w() - homes.size()));
        return Stream.concat(
                        homes.stream().map(peers::recipient),
                        next.map(node -> new Recipient(node, Recipient.State.VACANT)))
                .toList();
    }

    /** Writes the version here: into this node's own copy or, where it is none of the homes, as a hint for one. */
    private void write(
            Moment now,
            Put put,
            Coordinator here,
            boolean isHome,
            long until,
            Durability durability,
            Reply<Written> reply) {
        Clock seen = put.context().clock();
        if (isHome) {
            copies.replica().coordinate(now, put.key(), seen, put.value(), until, durability, reply);
        } else {
            copies.keepNew(now, here.inPlaceOf(), put.key(), seen, put.value(), until, reply);
        }
    }

    /** Nodes that may keep hints, the next on the ring first. */
    private List<NodeId> standIns(PreferenceList list, List<NodeId> homes) {
        return list.nodes().stream()
                .filter(node -> !homes.contains(node) && !peers.isSelf(node) && peers.isTrusted(node))
                .toList();
    }
}
