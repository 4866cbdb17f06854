package io.dynamocart.store.node;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.PutRequest;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.coordination.Recipient;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Keeping;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates puts at this node: gives the version its dot, makes it durable here, and then does what {@link
 * PutRequest} says. The version leaves the node only after that; where writes are buffered, once it is in memory here.
 * Not thread-safe.
 */
final class PutCoordinator {

    private final NodeId self;
    private final boolean buffers;
    private final LocalCopies copies;
    private final Peers peers;
    private final Timers timers;
    private final NodeEvent.Listener listener;

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
     * What is to be written.
     *
     * @param value null for a tombstone
     */
    record Put(Key key, Context context, @Nullable Value value, WriteOptions options) {}

    /**
     * Coordinates one put.
     *
     * @param number of the request, which the response will carry
     */
    void coordinate(Moment now, long number, Put put, PreferenceList list, Reply<Response> reply) {
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
        OwnCalls calls = new OwnCalls(options.listener());
        calls.begin(now, self);
        NodeId durable = buffers ? PutRequest.durableAmong(recipients(now, homes), self) : null;
        Keeping keeping = durable == null || durable.equals(self) ? Keeping.ON_DISK : Keeping.IN_BUFFER;
        write(now, put, list, homes, deadline, keeping, (then, written) -> {
            calls.end(then, self, written instanceof Written.Done);
            switch (written) {
                case Written.Done done
                when done.dot() != null -> {
                    list.joining().forEach(joining -> peers.forward(then, joining, put.key(), done.versions()));
                    new ActivePut(then, number, put, list, durable, done, now.nanos(), deadline, calls, reply)
                            .start(then);
                }
                case Written.Done done -> throw new IllegalStateException("a put without a dot: " + done);
                case Written.TooManyVersions(int most) ->
                    reply.accept(
                            then,
                            new Message.Refused(
                                    number,
                                    Refusal.TOO_MANY_VERSIONS,
                                    "key %s has %d versions".formatted(put.key(), most)));
                case Written.Full(int most) ->
                    reply.accept(
                            then,
                            new Message.Refused(
                                    number, Refusal.HINTS_FULL, "%s keeps %d hints already".formatted(self, most)));
                case Written.DiskFailed(String detail, boolean untouched) ->
                    reply.accept(
                            then,
                            untouched
                                    ? new Message.Refused(number, Refusal.DISK_FAILED, detail)
                                    : new Message.OutcomeUnknown(number, options.w(), List.of()));
            }
        });
    }

    private List<Recipient> recipients(Moment now, List<NodeId> homes) {
        return homes.stream().map(home -> peers.recipient(now, home)).toList();
    }

    /** Writes the version here: into this node's own copy or, where it is none of the homes, as a hint for one. */
    private void write(
            Moment now,
            Put put,
            PreferenceList list,
            List<NodeId> homes,
            long until,
            Keeping keeping,
            Reply<Written> reply) {
        Clock seen = put.context().clock();
        if (homes.contains(self)) {
            copies.replica().coordinate(now, put.key(), seen, put.value(), until, keeping, reply);
        } else {
            // While nobody is home for a moment, it is kept for who will be
            NodeId target = homes.isEmpty() ? list.joining().getFirst() : homes.getFirst();
            copies.keepNew(now, target, put.key(), seen, put.value(), until, reply);
        }
    }

    /** Nodes that may keep hints, the next on the ring first. */
    private List<NodeId> standIns(Moment now, PreferenceList list, List<NodeId> homes) {
        return list.nodes().stream()
                .filter(node -> !homes.contains(node) && !peers.isSelf(node) && peers.isTrusted(now, node))
                .toList();
    }

    /** One put under way, whose version is at this node. */
    private final class ActivePut {

        private final long number;
        private final Key key;
        private final Dot dot;
        private final Versions versions;
        private final Reply<Response> reply;
        private final PutRequest request;
        private final Timers.Timer timer;
        private final long startedAt;
        private final OwnCalls calls;
        private boolean onDisk;
        private boolean visible;

        ActivePut(
                Moment now,
                long number,
                Put put,
                PreferenceList list,
                @Nullable NodeId durable,
                Written.Done done,
                long startedAt,
                long deadline,
                OwnCalls calls,
                Reply<Response> reply) {
            this.number = number;
            this.key = put.key();
            this.dot = Objects.requireNonNull(done.dot());
            this.versions = done.versions();
            this.onDisk = done instanceof Written.Durable;
            this.startedAt = startedAt;
            this.calls = calls;
            this.reply = reply;
            List<NodeId> homes = list.home(put.options().n());
            this.request = new PutRequest(
                    put.options(),
                    self,
                    durable,
                    recipients(now, homes),
                    standIns(now, list, homes),
                    now.nanos() + peers.lateAfter(),
                    deadline);
            this.timer = timers.timer(then -> perform(then, request.onTick(then.nanos())));
        }

        void start(Moment now) {
            perform(now, request.start());
        }

        private void perform(Moment now, List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Send(NodeId node) -> {
                        calls.begin(now, node);
                        peers.store(now, node, key, versions, whenStored(node));
                    }
                    case Step.SendToBuffer(NodeId node) -> {
                        calls.begin(now, node);
                        peers.buffer(now, node, key, versions, whenAcknowledged(node));
                    }
                    case Step.Hint(NodeId keeper, NodeId target) -> {
                        calls.begin(now, keeper);
                        peers.keep(now, keeper, target, key, versions, whenStored(keeper));
                    }
                    case Step.Answer(List<NodeId> homes, List<NodeId> standIns) -> {
                        if (!onDisk) {
                            listener.on(new NodeEvent.AnsweredFromMemory());
                        }
                        reply.accept(now, new Message.CoordinatePutReply(number, dot, homes, standIns));
                    }
                    case Step.Unknown(int needed, List<NodeId> acknowledged) ->
                        reply.accept(now, new Message.OutcomeUnknown(number, needed, acknowledged));
                }
            }
            if (!visible && request.isEverywhere()) {
                visible = true;
                listener.on(new NodeEvent.WriteVisible(now.nanos() - startedAt));
            }
            if (request.isDone()) {
                timer.cancel();
                calls.endAll(now);
            } else {
                timer.set(request.wakeAt());
            }
        }

        private Reply<Boolean> whenStored(NodeId node) {
            Reply<Acknowledgement> reply = whenAcknowledged(node);
            return (then, stored) -> reply.accept(then, stored ? Acknowledgement.ON_DISK : Acknowledgement.NONE);
        }

        private Reply<Acknowledgement> whenAcknowledged(NodeId node) {
            return (then, answer) -> {
                onDisk |= answer == Acknowledgement.ON_DISK;
                calls.end(then, node, answer.given());
                perform(then, answer.given() ? request.onAcknowledged(node) : request.onFailure(node));
            };
        }
    }
}
