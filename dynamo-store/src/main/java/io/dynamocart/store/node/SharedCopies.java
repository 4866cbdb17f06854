package io.dynamocart.store.node;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the copies that one read asks for. Where this node has one of its own, other home replicas are asked for
 * theirs unless they hold the same, as they mostly do: then they look at no disk, and send nothing
 * (docs/decisions/0016).
 *
 * <p>Once this node has read its own copy, that counts as theirs as well, if nothing changed since they were asked. If
 * something did, or this node's disk takes too long, they are asked again, for their own. Not thread-safe.
 */
final class SharedCopies {

    /** The read. */
    interface Reader {

        /** A node's copy; {@code clock} is the node's wall clock. */
        void onCopy(Moment now, NodeId node, Copy copy, Instant clock);

        /** The node will not answer. */
        void onLost(Moment now, NodeId node);

        /** The node has answered, and holds what this one holds. */
        void onSame(NodeId node);

        /** The node is asked again, if it is still waited for: then true. */
        boolean onRenewed(Moment now, NodeId node);
    }

    private final Peers peers;
    private final Key key;
    private final @Nullable Digest sum;
    private final long ownLateAt;
    private final long until;
    private final Reader reader;
    private final Deque<Same> same = new ArrayDeque<>();
    private final OpenReplies replies = new OpenReplies();
    private @Nullable Copy own;

    private record Same(NodeId node, Instant clock) {}

    /**
     * Asks nobody yet.
     *
     * @param shares whether answers may be left to this node's own copy, which is asked for as well, and first
     * @param until how long answers are waited for
     */
    SharedCopies(Moment now, Peers peers, Key key, boolean shares, long until, Reader reader) {
        this.peers = peers;
        this.key = key;
        this.sum = shares
                ? peers.ownSum(key).filter(own -> !own.equals(Digest.NONE)).orElse(null)
                : null;
        this.until = until;
        this.ownLateAt = now.nanos() + peers.lateAfter();
        this.reader = reader;
    }

    /** Asks a home replica. */
    void fetch(Moment now, NodeId home) {
        peers.fetch(now, home, key, ownIsLate(now) ? null : sum, until, from(home));
    }

    /** Asks another node for what it keeps. */
    void fetchKept(Moment now, NodeId node) {
        peers.fetchKept(now, node, key, until, from(node));
    }

    /** When {@link #onTick} is due. */
    long wakeAt() {
        return same.isEmpty() ? Long.MAX_VALUE : ownLateAt;
    }

    /** Time has passed. */
    void onTick(Moment now) {
        if (ownIsLate(now)) {
            settle(now);
        }
    }

    /** The read is over. */
    void end() {
        replies.end();
    }

    private boolean ownIsLate(Moment now) {
        return own == null && now.nanos() >= ownLateAt;
    }

    private Reply<FetchResult> from(NodeId node) {
        return replies.untilEnd((now, fetched) -> {
            switch (fetched) {
                case FetchResult.Found(Copy copy, Instant clock) -> onCopy(now, node, copy, clock);
                case FetchResult.Same(Instant clock) -> onSame(now, new Same(node, clock));
                case FetchResult.Lost _ -> onLost(now, node);
            }
        });
    }

    private void onCopy(Moment now, NodeId node, Copy copy, Instant clock) {
        reader.onCopy(now, node, copy, clock);
        if (peers.isSelf(node)) {
            own = copy;
            settle(now);
        }
    }

    private void onSame(Moment now, Same answer) {
        same.add(answer);
        if (own == null && !ownIsLate(now)) {
            reader.onSame(answer.node());
        } else {
            settle(now);
        }
    }

    private void onLost(Moment now, NodeId node) {
        reader.onLost(now, node);
        if (peers.isSelf(node)) {
            own = new Copy.Unreadable("it is none of this node's any more");
            settle(now);
        }
    }

    /** Finds out what those hold who said that it is the same. */
    private void settle(Moment now) {
        while (!same.isEmpty()) {
            Same answer = same.remove();
            if (own instanceof Copy.Held held && stands(held)) {
                reader.onCopy(now, answer.node(), held, answer.clock());
            } else if (reader.onRenewed(now, answer.node())) {
                peers.fetch(now, answer.node(), key, null, until, from(answer.node()));
            }
        }
    }

    /**
     * Whether the copy is what the sum was made of. An empty one never is: this disk may have lost what its sum still
     * counts, and the sum of the other leaves out what is damaged there (docs/invariants.md D23).
     */
    private boolean stands(Copy.Held held) {
        return !held.versions().isEmpty()
                && peers.ownSum(key).filter(now -> now.equals(sum)).isPresent();
    }
}
