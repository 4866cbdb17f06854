package io.dynamocart.store.node;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.trace.TraceParent;
import java.time.Duration;

/**
 * The nodes that may coordinate one put, this node among them, asked alike: itself directly, the others by message. Not
 * thread-safe.
 */
final class Coordinators {

    private static final long ONE_MS = 1_000_000;

    private final PutCoordinator own;
    private final Peers peers;
    private final Calls calls;
    private final Put put;
    private final PreferenceList list;
    private final long deadline;
    private final CallReporter forwarded;
    private final OpenReplies replies = new OpenReplies();

    /** @param deadline when an answer has to be here */
    Coordinators(PutCoordinator own, Peers peers, Calls calls, Put put, PreferenceList list, long deadline) {
        this.own = own;
        this.peers = peers;
        this.calls = calls;
        this.put = put;
        this.list = list;
        this.deadline = deadline;
        this.forwarded = new CallReporter(put.options().listener());
    }

    /**
     * Asks a node to coordinate the put.
     *
     * @param whenWritten run once this node, if it is the one, has the version, and waits for others only
     */
    void ask(Moment now, NodeId node, Runnable whenWritten, Reply<Outcome> reply) {
        Put inTime = put.withTimeout(timeFor(node, now));
        if (peers.isSelf(node)) {
            Reply<Response> answered = (then, response) -> reply.accept(then, new Answered(response));
            own.coordinate(now, 0, inTime, list, whenWritten, replies.untilEnd(answered));
        } else {
            forward(now, node, inTime, reply);
        }
    }

    /** Ends all calls: nobody waits any more for the nodes that have not answered. */
    void endAll(Moment now) {
        forwarded.endAll(now);
        replies.end();
    }

    /** A coordinator ends before this node does, so that its answer is in time to tell who has the write. */
    private Duration timeFor(NodeId node, Moment now) {
        long answerTakes = peers.isSelf(node) ? ONE_MS : peers.usually(node);
        return Duration.ofNanos(Math.max(ONE_MS, deadline - now.nanos() - answerTakes));
    }

    private void forward(Moment now, NodeId node, Put inTime, Reply<Outcome> reply) {
        forwarded.begin(now, node);
        Reply<Outcome> told = (then, outcome) -> {
            forwarded.end(then, node, outcome instanceof Answered(Message.CoordinatePutReply _));
            reply.accept(then, outcome);
        };
        TraceParent trace = put.options().listener().trace();
        calls.call(now, node, number -> Message.Traced.within(trace, message(number, inTime)), replies.untilEnd(told));
    }

    private static Message.CoordinatePut message(long number, Put put) {
        return new Message.CoordinatePut(
                number,
                put.key(),
                put.context(),
                put.value(),
                put.options().n(),
                put.options().w(),
                put.options().strict(),
                put.options().timeout());
    }
}
