package io.dynamocart.store.node;

import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The requests this node has sent to its peers and not yet heard of: gives each a number, hands the response to whoever
 * asked, and tells the failure detector how long it took or that there was none. Not thread-safe.
 */
final class Calls {

    private static final long FORGOTTEN_AFTER = Duration.ofSeconds(30).toNanos();

    /** The outcome of a request to a peer. Whoever asked is told at most once. */
    sealed interface Outcome {

        record Answered(Message.Response response) implements Outcome {}

        /**
         * There will be no response.
         *
         * @param unsent whether the request certainly never left
         */
        record Lost(boolean unsent) implements Outcome {}
    }

    /** A request by the time when it was sent; without whoever asked, who may have been told long ago. */
    private record Sent(long number, NodeId peer, long at) {}

    private record Call(Sent sent, boolean hurried, Reply<Outcome> caller) {}

    private final Transport transport;
    private final FailureDetector detector;
    private final NodeEvent.Listener listener;
    private final Timers.Timer patience;
    private final Map<Long, Call> open = new LinkedHashMap<>();
    private final Deque<Sent> recent = new ArrayDeque<>();
    private final Deque<Sent> late = new ArrayDeque<>();
    private long lastNumber;

    /**
     * Begins to number.
     *
     * @param firstNumber random, so that a late response to a request of an earlier start matches none of this one
     */
    Calls(Transport transport, FailureDetector detector, Timers timers, NodeEvent.Listener listener, long firstNumber) {
        this.transport = transport;
        this.detector = detector;
        this.listener = listener;
        this.patience = timers.timer(this::onPatienceEnd);
        this.lastNumber = firstNumber;
    }

    /** Sends a request; without a link, or where it is too long, the caller is told at once. */
    void call(Moment now, NodeId peer, LongFunction<Message.Request> request, Reply<Outcome> caller) {
        send(now, peer, true, request, caller);
    }

    /**
     * Sends a request that may take the peer long, since it reads much: neither how long nor silence says anything of
     * how it answers clients. The caller has a deadline of its own.
     */
    void callWithoutHurry(Moment now, NodeId peer, LongFunction<Message.Request> request, Reply<Outcome> caller) {
        send(now, peer, false, request, caller);
    }

    private void send(
            Moment now, NodeId peer, boolean hurried, LongFunction<Message.Request> request, Reply<Outcome> caller) {
        if (!detector.isLinked(peer)) {
            caller.accept(now, new Outcome.Lost(true));
            return;
        }
        Sent sent = new Sent(++lastNumber, peer, now.nanos());
        open.put(sent.number, new Call(sent, hurried, caller));
        Deque<Sent> waiting = hurried ? recent : late;
        waiting.add(sent);
        if (waiting.size() == 1) {
            setPatience();
        }
        if (!transport.send(peer, request.apply(sent.number))) {
            open.remove(sent.number);
            caller.accept(now, new Outcome.Lost(true));
        }
    }

    void onResponse(Moment now, NodeId from, Message.Response response) {
        Call call = open.get(response.number());
        if (call == null || !call.sent.peer.equals(from)) {
            return;
        }
        open.remove(call.sent.number);
        if (call.hurried && !isUnready(response)) {
            long took = now.nanos() - call.sent.at;
            detector.onAnswer(from, took);
            listener.on(new NodeEvent.PeerAnswered(from, took));
        }
        call.caller.accept(now, new Outcome.Answered(response));
    }

    /** Whoever takes no part yet is quick to say so, and that is nothing to prefer it for. */
    private static boolean isUnready(Message.Response response) {
        return response instanceof Message.Refused refused && refused.why() == Message.Refusal.NOT_READY;
    }

    /** Whatever was asked of the peer will not be answered any more, though it may have been done. */
    void onLinkDown(Moment now, NodeId peer) {
        List<Call> lost = open.values().stream()
                .filter(call -> call.sent.peer.equals(peer))
                .toList();
        lost.forEach(call -> open.remove(call.sent.number));
        lost.forEach(call -> call.caller.accept(now, new Outcome.Lost(false)));
    }

    /**
     * Whether this node itself was stopped, or too busy to listen: it looks so much later than it wanted that answers
     * may lie unread. A sick observer convicts nobody (docs/invariants.md D27).
     */
    private boolean wasAway(Moment now, Sent sent) {
        return now.nanos() > sent.at + 3 * detector.lateAfter() / 2;
    }

    private void onPatienceEnd(Moment now) {
        try {
            loseRecent(now);
            while (!late.isEmpty() && late.getFirst().at + FORGOTTEN_AFTER <= now.nanos()) {
                open.remove(late.remove().number);
            }
        } finally {
            setPatience();
        }
    }

    private void loseRecent(Moment now) {
        while (!recent.isEmpty() && recent.getFirst().at + detector.lateAfter() <= now.nanos()) {
            Sent sent = recent.remove();
            if (open.containsKey(sent.number)) {
                late.add(sent);
                if (!wasAway(now, sent) && detector.onSilence(sent.peer)) {
                    listener.on(new NodeEvent.PeerSuspected(sent.peer));
                }
            }
        }
    }

    private void setPatience() {
        if (!recent.isEmpty()) {
            patience.set(recent.getFirst().at + detector.lateAfter());
        } else if (!late.isEmpty()) {
            patience.set(late.getFirst().at + FORGOTTEN_AFTER);
        }
    }
}
