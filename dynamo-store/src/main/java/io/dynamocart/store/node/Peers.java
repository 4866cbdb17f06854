package io.dynamocart.store.node;

import io.dynamocart.store.coordination.Recipient;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of all nodes, this one's own among them, asked alike: the own one directly, the others by message. Not
 * thread-safe.
 */
final class Peers {

    /** The longest wait that another node is told of. */
    private static final Duration MAX_PATIENCE = Duration.ofDays(1);

    private final NodeId self;
    private final LocalCopies copies;
    private final Calls calls;
    private final FailureDetector detector;
    private final Predicate<Key> isHome;
    private final Consumer<Key> onSend;
    private final @Nullable TraceParent trace;

    /**
     * Asks and tells other nodes through {@code calls}.
     *
     * @param isHome whether this node is home replica of a key
     * @param onSend told of each key before versions of it are sent to another node
     */
    Peers(
            NodeId self,
            LocalCopies copies,
            Calls calls,
            FailureDetector detector,
            Predicate<Key> isHome,
            Consumer<Key> onSend) {
        this(self, copies, calls, detector, isHome, onSend, null);
    }

    private Peers(
            NodeId self,
            LocalCopies copies,
            Calls calls,
            FailureDetector detector,
            Predicate<Key> isHome,
            Consumer<Key> onSend,
            @Nullable TraceParent trace) {
        this.self = self;
        this.onSend = onSend;
        this.copies = copies;
        this.calls = calls;
        this.detector = detector;
        this.isHome = isHome;
        this.trace = trace;
    }

    /**
     * These replicas for a request in a trace, of which other nodes are told as they are asked; null if it is in none.
     */
    Peers within(@Nullable TraceParent parent) {
        return parent == null ? this : new Peers(self, copies, calls, detector, isHome, onSend, parent);
    }

    boolean isSelf(NodeId node) {
        return node.equals(self);
    }

    boolean isReachable(NodeId node) {
        return isSelf(node) || detector.isLinked(node);
    }

    boolean isTrusted(NodeId node) {
        return isSelf(node) || detector.isTrusted(node);
    }

    /**
     * Nanoseconds within which the node usually answers. Of this one none is ever wanted sooner than late: it asks
     * itself.
     */
    long usually(NodeId node) {
        return isSelf(node) ? detector.lateAfter() : detector.usually(node);
    }

    long lateAfter() {
        return detector.lateAfter();
    }

    /**
     * Whether this node's disk has been asked to read more than it can, and the key too, for longer than anyone should
     * take.
     */
    boolean isOwnBehind(Moment now, Key key) {
        return copies.replica().isBehind(now, key, lateAfter());
    }

    /** Whether the node can be expected to answer well before it would be late. */
    boolean isQuick(NodeId node) {
        return isTrusted(node) && usually(node) <= lateAfter() / 2;
    }

    /**
     * Asks a home replica, and waits for {@link Replica#PATIENCE}. A node that is none by its own ring does not answer
     * as such.
     */
    void fetch(Moment now, NodeId node, Key key, Reply<FetchResult> reply) {
        fetch(now, node, key, null, Replica.inPatience(now), reply);
    }

    /**
     * Asks a home replica like {@link #fetch(Moment, NodeId, Key, Reply)}; another node than this one, if what it holds
     * has the given sum, may answer just that.
     *
     * @param unless as {@link #ownSum} tells it, null for no such condition
     * @param until how long it is waited for, on the clock of {@link Moment#nanos}
     */
    void fetch(Moment now, NodeId node, Key key, @Nullable Digest unless, long until, Reply<FetchResult> reply) {
        if (!isSelf(node)) {
            fetch(now, node, number -> new Message.ReplicaGet(number, key, unless, left(now, until)), reply);
        } else if (isHome.test(key)) {
            fetchOwn(now, key, until, reply);
        } else {
            reply.accept(now, new FetchResult.Lost());
        }
    }

    /** Sums up this node's own copy of a key, and of the key's neighbours; empty where that is not known. */
    Optional<Digest> ownSum(Key key) {
        return copies.sum(key);
    }

    /**
     * Asks a node for what it keeps, whatever it is to the key by its own ring, and waits for {@link Replica#PATIENCE}.
     */
    void fetchKept(Moment now, NodeId node, Key key, Reply<FetchResult> reply) {
        fetchKept(now, node, key, Replica.inPatience(now), reply);
    }

    /** Asks a node for what it keeps like {@link #fetchKept(Moment, NodeId, Key, Reply)}, and waits until then. */
    void fetchKept(Moment now, NodeId node, Key key, long until, Reply<FetchResult> reply) {
        if (isSelf(node)) {
            fetchOwn(now, key, until, reply);
        } else {
            fetch(now, node, number -> new Message.HintGet(number, key, left(now, until)), reply);
        }
    }

    /** The time that is left until then, for another node, whose clock is another. */
    private static Duration left(Moment now, long until) {
        return Duration.ofNanos(Math.clamp(until - now.nanos(), 0, MAX_PATIENCE.toNanos()));
    }

    private void fetchOwn(Moment now, Key key, long until, Reply<FetchResult> reply) {
        copies.get(now, key, until, (then, copy) -> reply.accept(then, new FetchResult.Found(copy, then.wall())));
    }

    private void fetch(Moment now, NodeId node, LongFunction<Message.Request> request, Reply<FetchResult> reply) {
        call(now, node, request, (then, outcome) -> reply.accept(then, fetched(then, outcome)));
    }

    private void call(Moment now, NodeId node, LongFunction<Message.Request> request, Reply<Outcome> reply) {
        calls.call(now, node, number -> Message.Traced.within(trace, request.apply(number)), reply);
    }

    private static FetchResult fetched(Moment now, Outcome outcome) {
        return switch (outcome) {
            case Answered(Message.ReplicaGetReply copy) ->
                new FetchResult.Found(new Copy.Held(copy.versions()), copy.clock());
            case Answered(Message.ReplicaGetSame same) -> new FetchResult.Same(same.clock());
            case Answered(Message.Refused refused)
            when refused.why() == Refusal.DAMAGED ->
                new FetchResult.Found(new Copy.Damaged(refused.detail()), now.wall());
            case Answered(Message.Refused refused)
            when refused.why() == Refusal.DISK_FAILED ->
                new FetchResult.Found(new Copy.Unreadable(refused.detail()), now.wall());
            default -> new FetchResult.Lost();
        };
    }

    Recipient recipient(NodeId node) {
        Recipient.State state = isTrusted(node)
                ? Recipient.State.TRUSTED
                : isReachable(node) ? Recipient.State.SUSPECTED : Recipient.State.UNREACHABLE;
        return new Recipient(node, state);
    }

    /** Sends versions to a replica and replies whether they are on its disk. */
    void store(Moment now, NodeId node, Key key, Versions versions, Reply<Boolean> reply) {
        if (isSelf(node)) {
            copies.replica().merge(now, key, versions, (then, written) -> reply.accept(then, written.isDurable()));
            return;
        }
        onSend.accept(key);
        call(now, node, number -> new Message.ReplicaPut(number, key, versions), whetherStored(reply));
    }

    /** Sends versions to another replica, which may have them in its buffer when it replies. */
    void buffer(Moment now, NodeId node, Key key, Versions versions, Reply<Acknowledgement> reply) {
        onSend.accept(key);
        call(
                now,
                node,
                number -> new Message.BufferedPut(number, key, versions),
                (then, outcome) -> reply.accept(then, Acknowledgement.of(outcome)));
    }

    /** Has a node keep versions for another, and replies whether it has them on disk. */
    void keep(Moment now, NodeId keeper, NodeId target, Key key, Versions versions, Reply<Boolean> reply) {
        if (isSelf(keeper)) {
            copies.keep(now, target, key, versions, (then, written) -> reply.accept(then, written.isDurable()));
            return;
        }
        onSend.accept(key);
        call(now, keeper, number -> new Message.HintPut(number, target, key, versions), whetherStored(reply));
    }

    private static Reply<Outcome> whetherStored(Reply<Boolean> reply) {
        return (then, outcome) -> reply.accept(then, Acknowledgement.of(outcome) == Acknowledgement.ON_DISK);
    }

    /** Sends versions to a node that is about to become a home replica; what is lost, it will be given later. */
    void forward(Moment now, NodeId joining, Key key, Versions versions) {
        if (!isSelf(joining)) {
            forward(now, joining, key, versions, (_, _) -> {});
        }
    }

    /**
     * Sends versions to a node that is about to become a home replica, or writes them here if it is this node; replies
     * whether they are on its disk.
     */
    void forward(Moment now, NodeId joining, Key key, Versions versions, Reply<Boolean> reply) {
        if (isSelf(joining)) {
            store(now, joining, key, versions, reply);
            return;
        }
        onSend.accept(key);
        call(now, joining, number -> new Message.JoiningPut(number, key, versions), whetherStored(reply));
    }

    /** Sends versions to a replica that lacks them; what becomes of it, the next read will tell. */
    void repair(Moment now, NodeId node, Key key, Versions versions) {
        store(now, node, key, versions, (_, _) -> {});
    }
}
