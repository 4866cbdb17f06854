package io.dynamocart.store.node;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The answer to the client of a put, when that has ended. */
final class PutAnswer {

    private final Put put;
    private final CompletableFuture<PutResult> answer;
    private final NodeEvent.Listener listener;
    private final long startedAt;

    PutAnswer(Moment now, Put put, CompletableFuture<PutResult> answer, NodeEvent.Listener listener) {
        this.put = put;
        this.answer = answer;
        this.listener = listener;
        this.startedAt = now.nanos();
    }

    boolean isGiven() {
        return answer.isDone();
    }

    void succeed(Moment now, Message.CoordinatePutReply reply) {
        ended(now, Outcome.SUCCEEDED);
        answer.complete(new PutResult(
                reply.dot(),
                put.context().after(reply.dot()),
                reply.homes().size(),
                reply.standIns().size()));
    }

    /** Answers that nobody can tell whether the put was kept. */
    void unknown(Moment now) {
        unknown(now, put.options().w(), List.of());
    }

    /** Answers that too few nodes have acknowledged the put. */
    void unknown(Moment now, int needed, List<NodeId> acknowledged) {
        List<String> names = acknowledged.stream().map(NodeId::name).toList();
        String message = "%d of %d nodes acknowledged the write in time: %s. It may have been kept or not"
                .formatted(names.size(), needed, names);
        ended(now, Outcome.UNKNOWN);
        answer.completeExceptionally(new StoreException.OutcomeUnknown(message, needed, names));
    }

    /** Answers that nobody has coordinated the put, for these reasons. */
    void refused(Moment now, List<String> refusals) {
        String detail = "nobody could coordinate the write: " + String.join("; ", refusals);
        fail(now, new StoreException.TooFewReplicas(detail, put.options().w(), List.of()));
    }

    void tooManyVersions(Moment now, String detail) {
        fail(
                now,
                new StoreException.TooManyVersions(
                        detail + "; read them, merge them, and write with the context of that read"));
    }

    private void fail(Moment now, StoreException problem) {
        ended(now, Outcome.FAILED);
        answer.completeExceptionally(problem);
    }

    private void ended(Moment now, Outcome outcome) {
        listener.on(new NodeEvent.PutEnded(now.nanos() - startedAt, outcome));
    }
}
