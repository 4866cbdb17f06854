package io.dynamocart.store.node;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.PutRequest;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates puts at this node: gives the version its dot, makes it durable here, and then does what {@link
 * PutRequest} says. The version leaves the node only after that. Not thread-safe.
 */
final class PutCoordinator {

    private final NodeId self;
    private final Replica replica;
    private final Peers peers;
    private final Timers timers;

    PutCoordinator(NodeId self, Replica replica, Peers peers, Timers timers) {
        this.self = self;
        this.replica = replica;
        this.peers = peers;
        this.timers = timers;
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
        List<NodeId> reachable = homes.stream().filter(peers::isReachable).toList();
        if (reachable.size() < options.w()) {
            String detail = "%d of %d replicas needed for a write can be reached: %s"
                    .formatted(reachable.size(), options.w(), reachable);
            reply.accept(now, new Message.Refused(number, Refusal.TOO_FEW_REPLICAS, detail));
            return;
        }
        long deadline = now.nanos() + options.timeout().toNanos();
        replica.coordinate(now, put.key(), put.context().clock(), put.value(), (then, written) -> {
            switch (written) {
                case Written.Durable(Dot dot, Versions versions)
                when dot != null -> new ActivePut(number, put, homes, dot, versions, deadline, reply).start(then);
                case Written.Durable durable -> throw new IllegalStateException("a put without a dot: " + durable);
                case Written.TooManyVersions(int most) ->
                    reply.accept(
                            then,
                            new Message.Refused(
                                    number,
                                    Refusal.TOO_MANY_VERSIONS,
                                    "key %s has %d versions".formatted(put.key(), most)));
                case Written.DiskFailed(String detail, boolean untouched) ->
                    reply.accept(
                            then,
                            untouched
                                    ? new Message.Refused(number, Refusal.DISK_FAILED, detail)
                                    : new Message.OutcomeUnknown(number, options.w(), List.of()));
            }
        });
    }

    /** One put under way, durable at this node. */
    private final class ActivePut {

        private final long number;
        private final Key key;
        private final Dot dot;
        private final Versions versions;
        private final Reply<Response> reply;
        private final PutRequest request;
        private final Timers.Timer timer;

        ActivePut(
                long number,
                Put put,
                List<NodeId> homes,
                Dot dot,
                Versions versions,
                long deadline,
                Reply<Response> reply) {
            this.number = number;
            this.key = put.key();
            this.dot = dot;
            this.versions = versions;
            this.reply = reply;
            this.request = new PutRequest(put.options(), self, homes, deadline);
            this.timer = timers.timer(then -> perform(then, request.onTick(then.nanos())));
        }

        void start(Moment now) {
            timer.set(request.wakeAt());
            perform(now, request.start());
        }

        private void perform(Moment now, List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Send(NodeId node) -> send(now, node);
                    case Step.Answer(List<NodeId> homes, List<NodeId> standIns) ->
                        reply.accept(now, new Message.CoordinatePutReply(number, dot, homes, standIns));
                    case Step.Unknown(int needed, List<NodeId> acknowledged) ->
                        reply.accept(now, new Message.OutcomeUnknown(number, needed, acknowledged));
                }
            }
            if (request.isDone()) {
                timer.cancel();
            }
        }

        private void send(Moment now, NodeId node) {
            peers.store(
                    now,
                    node,
                    key,
                    versions,
                    (then, stored) -> perform(then, stored ? request.onAcknowledged(node) : request.onFailure(node)));
        }
    }
}
