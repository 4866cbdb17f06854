package io.dynamocart.store.node;

import io.dynamocart.store.CallListener;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.replica.Durability;
import io.dynamocart.store.replica.Listings;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.trace.TraceParent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers what other nodes ask of this one. A node that is not on the ring takes part in nothing but handing over what it
 * has; one that is no home replica of a key, or not any more, says so, and tells how the ring is now. Not thread-safe.
 */
final class PeerRequests {

    /** Well below the patience of those who copy. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final Membership membership;
    private final ActiveRing activeRing;
    private final Transport transport;
    private final ReplicaServer server;
    private final PutCoordinator puts;
    private final ReapServer reaps;
    private final RequestEras eras;
    private final AdmissionController admission;
    private final Timers timers;
    private final NodeEvent.Listener listener;

    PeerRequests(NodeCore node, PutCoordinator puts, ReapServer reaps) {
        this.membership = node.membership;
        this.activeRing = node.activeRing;
        this.transport = node.transport;
        this.server = new ReplicaServer(activeRing, node.copies, node.responder, new Listings(node.storage));
        this.puts = puts;
        this.reaps = reaps;
        this.eras = node.eras;
        this.admission = node.admission;
        this.timers = node.timers;
        this.listener = node.listener;
    }

    void answer(Moment now, NodeId from, Message.Request request) {
        if (request instanceof Message.Traced(TraceParent trace, Message.Request asked)) {
            Tracing tracing = new Tracing(trace);
            answer(now, from, asked, tracing, (then, message) -> {
                Message sent = send(from, asked.number(), message);
                listener.on(tracing.answered(asked, then.nanos() - now.nanos(), sent));
            });
        } else {
            answer(now, from, request, null, (_, message) -> send(from, request.number(), message));
        }
    }

    private void answer(
            Moment now, NodeId from, Message.Request request, @Nullable Tracing tracing, Reply<Message> reply) {
        switch (request) {
            case Message.Ping ping -> reply.accept(now, new Message.Pong(ping.number()));
            case Message.Reap reap -> reap(now, reap, reply);
            default -> answerOnRing(now, from, request, tracing, reply);
        }
    }

    /**
     * Sends an answer. Instead of versions that are too long for a message, whoever asked gets word of it, and need not
     * wait in vain.
     *
     * @return what it gets
     */
    private Message send(NodeId to, long number, Message answer) {
        if (transport.send(to, answer)) {
            return answer;
        }
        Message word = new Message.Refused(
                number, Refusal.TOO_MANY_VERSIONS, "they are longer together than a message may be");
        transport.send(to, word);
        return word;
    }

    /**
     * No faster than this node's clients can spare: whoever copies rests as long as a page takes, and asks its own
     * admission controller, but its clients may be none yet. Where this node has stopped counting, they wait for the rest.
     */
    private void list(Moment now, Message.ListRange asked, Reply<Message> reply) {
        server.list(now, asked, (then, page) -> {
            long rest = activeRing.isHome(asked.range()) ? admission.restAfter(then.nanos() - now.nanos()) : 0;
            if (rest == 0) {
                reply.accept(then, page);
            } else {
                timers.timer(later -> reply.accept(later, page))
                        .set(then.nanos() + Math.min(rest, LONGEST_REST.toNanos()));
            }
        });
    }

    /** Also where this node is not on the ring: it is asked because of what it may have left from when it was. */
    private void reap(Moment now, Message.Reap reap, Reply<Message> reply) {
        reaps.answer(
                now,
                reap.stage(),
                reap.versions(),
                (then, agreed) -> reply.accept(then, new Message.ReapReply(reap.number(), agreed)));
    }

    private void answerOnRing(
            Moment now, NodeId from, Message.Request request, @Nullable Tracing tracing, Reply<Message> reply) {
        Ring ring = activeRing.ring();
        // Not even a list of what it has: another incarnation of it, of which more was copied, may be meant
        if (ring == null || !activeRing.isOnRing()) {
            reply.accept(
                    now,
                    new Message.Refused(
                            request.number(),
                            Refusal.NOT_READY,
                            membership.readiness().obstacle()));
        } else if (!mayTake(request)) {
            reply.accept(now, new Message.Refused(request.number(), Refusal.NOT_HOME, "the ring has changed"));
            membership.sendHistoryTo(from);
        } else {
            answer(now, ring, request, tracing, reply);
        }
    }

    private void answer(
            Moment now, Ring ring, Message.Request request, @Nullable Tracing tracing, Reply<Message> reply) {
        switch (request) {
            case Message.ReplicaGet get -> server.get(now, get, reply);
            case Message.HintGet get -> server.get(now, get, reply);
            case Message.ReplicaPut put ->
                server.put(now, put.number(), put.key(), put.versions(), Durability.ON_DISK, untilSent(reply));
            case Message.BufferedPut put ->
                server.put(now, put.number(), put.key(), put.versions(), Durability.IN_BUFFER, untilSent(reply));
            // On disk, also where this node has taken over meanwhile: who gives up a hint for it relies on that
            case Message.JoiningPut put ->
                server.put(now, put.number(), put.key(), put.versions(), Durability.ON_DISK, untilSent(reply));
            case Message.HintPut put -> server.keep(now, put, reply);
            case Message.Compare compare -> server.compare(now, compare, reply);
            case Message.ListRange list -> list(now, list, reply);
            case Message.CoordinatePut put -> coordinate(now, ring, put, tracing, untilSent(reply));
            case Message.Ping _, Message.Reap _, Message.Traced _ -> throw new IllegalStateException("answered before");
        }
    }

    private void coordinate(
            Moment now, Ring ring, Message.CoordinatePut put, @Nullable Tracing tracing, Reply<Message> reply) {
        CallListener follower = tracing == null ? CallListener.NONE : tracing;
        WriteOptions options =
                new WriteOptions(put.homes(), put.acknowledgements(), put.strict(), put.timeout(), false, follower);
        Put asked = new Put(put.key(), put.context(), put.value(), options);
        puts.coordinate(now, put.number(), asked, ring.preferenceList(put.key()), reply::accept);
    }

    /** Whether what is asked of a home replica is asked of one. */
    private boolean mayTake(Message.Request request) {
        return switch (request) {
            case Message.ReplicaGet get -> activeRing.isHome(get.key());
            case Message.ReplicaPut put -> activeRing.isHome(put.key());
            case Message.BufferedPut put -> activeRing.isHome(put.key());
            case Message.CoordinatePut put -> activeRing.isHome(put.key());
            case Message.JoiningPut put -> activeRing.isHomeOrJoining(put.key());
            case Message.HintGet _, Message.HintPut _, Message.Compare _ -> true;
            case Message.Reap _, Message.Ping _, Message.ListRange _ -> true;
            case Message.Traced traced -> mayTake(traced.request());
        };
    }

    /** A request is under way until its answer is sent, or cannot be. */
    private Reply<Message> untilSent(Reply<Message> reply) {
        RequestEras.Era era = eras.begin();
        return (now, message) -> {
            try {
                reply.accept(now, message);
            } finally {
                era.end();
            }
        };
    }
}
