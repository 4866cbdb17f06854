package io.dynamocart.store.node;

import io.dynamocart.store.coordination.PutRequest;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.Objects;

/** One put on its way from its coordinator to the other nodes: does what {@link PutRequest} says. Not thread-safe. */
final class Replication {

    private final Subject subject;
    private final PutRequest request;
    private final WriteVisibility visibility;
    private final Peers peers;
    private final NodeEvent.Listener listener;
    private final CallReporter calls;
    private final Reply<Response> reply;
    private final OpenReplies replies = new OpenReplies();
    private final Timers.Timer timer;
    private boolean onDisk;

    /**
     * The write that is replicated.
     *
     * @param number of the request, which the response will carry
     * @param done what came of the write at the coordinator, which issued a dot
     */
    record Subject(long number, Key key, Written.Done done) {

        Dot dot() {
            return Objects.requireNonNull(done.dot(), "a put without a dot");
        }

        Versions versions() {
            return done.versions();
        }
    }

    /** Does nothing yet. */
    Replication(
            Subject subject,
            PutRequest request,
            WriteVisibility visibility,
            Peers peers,
            Timers timers,
            NodeEvent.Listener listener,
            CallReporter calls,
            Reply<Response> reply) {
        this.subject = subject;
        this.request = request;
        this.visibility = visibility;
        this.peers = peers;
        this.listener = listener;
        this.calls = calls;
        this.reply = reply;
        this.onDisk = subject.done().isDurable();
        this.timer = timers.timer(then -> perform(then, request.onTick(then.nanos())));
    }

    void start(Moment now) {
        perform(now, request.start());
        visibility.start(now);
    }

    private void perform(Moment now, List<Step> steps) {
        steps.forEach(step -> perform(now, step));
        if (request.isDone()) {
            timer.cancel();
            calls.endAll(now);
            replies.end();
        } else {
            timer.set(request.wakeAt());
        }
    }

    private void perform(Moment now, Step step) {
        switch (step) {
            case Step.Send(NodeId node) -> {
                calls.begin(now, node);
                peers.store(now, node, subject.key(), subject.versions(), whenStored(node));
            }
            case Step.SendToBuffer(NodeId node) -> {
                calls.begin(now, node);
                peers.buffer(now, node, subject.key(), subject.versions(), whenAcknowledged(node));
            }
            case Step.Hint(NodeId keeper, NodeId target) -> {
                calls.begin(now, keeper);
                peers.keep(now, keeper, target, subject.key(), subject.versions(), whenStored(keeper));
            }
            case Step.Answer(List<NodeId> homes, List<NodeId> standIns) -> {
                if (!onDisk) {
                    listener.on(new NodeEvent.AnsweredFromMemory());
                }
                reply.accept(now, new Message.CoordinatePutReply(subject.number(), subject.dot(), homes, standIns));
            }
            case Step.Unknown(int needed, List<NodeId> acknowledged) ->
                reply.accept(now, new Message.OutcomeUnknown(subject.number(), needed, acknowledged));
        }
    }

    private Reply<Boolean> whenStored(NodeId node) {
        Reply<Acknowledgement> acknowledged = whenAcknowledged(node);
        return (then, stored) -> acknowledged.accept(then, stored ? Acknowledgement.ON_DISK : Acknowledgement.NONE);
    }

    private Reply<Acknowledgement> whenAcknowledged(NodeId node) {
        return visibility.watching(node, replies.untilEnd((then, answer) -> {
            onDisk |= answer == Acknowledgement.ON_DISK;
            calls.end(then, node, answer.given());
            perform(then, answer.given() ? request.onAcknowledged(node) : request.onFailure(node));
        }));
    }
}
