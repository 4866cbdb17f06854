package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings what other nodes have to this one: lists of keys, and versions, which are merged into its own copy. */
final class TransferSource {

    private final Peers peers;
    private final Calls calls;
    private final Replica replica;
    private final AdmissionController admission;
    private final Function<Key, List<NodeId>> others;

    /** @param others the other home replicas of a key */
    TransferSource(
            Peers peers,
            Calls calls,
            Replica replica,
            AdmissionController admission,
            Function<Key, List<NodeId>> others) {
        this.peers = peers;
        this.calls = calls;
        this.replica = replica;
        this.admission = admission;
        this.others = others;
    }

    /** Nanoseconds from the end of a piece of work that took so many to the next, for the sake of clients. */
    long pauseAfter(long nanos) {
        return admission.pauseAfter(nanos);
    }

    boolean isTrusted(NodeId node) {
        return peers.isTrusted(node);
    }

    /** Lists the keys that a node has of a range; replies with nothing if there is no answer. */
    void list(
            Moment now,
            NodeId from,
            TokenRange range,
            @Nullable Key after,
            Reply<Optional<Message.RangeListing>> reply) {
        calls.callWithoutHurry(
                now,
                from,
                number -> new Message.ListRange(number, range, after),
                (then, outcome) -> reply.accept(
                        then,
                        outcome instanceof Answered(Message.RangeListing listing)
                                ? Optional.of(listing)
                                : Optional.empty()));
    }

    /** Brings what {@code from} has of the key, unless it is here already, and replies whether it is on disk. */
    void bring(Moment now, NodeId from, KeyDigest entry, Reply<Boolean> reply) {
        Key key = entry.key();
        if (entry.digest().equals(Digest.NONE)) {
            fetch(now, from, key, reply);
            return;
        }
        replica.get(now, key, (then, own) -> {
            boolean here = own instanceof Copy.Held held
                    && Digest.of(key, held.versions()).equals(entry.digest());
            if (here) {
                reply.accept(then, true);
            } else {
                fetch(then, from, key, reply);
            }
        });
    }

    private void fetch(Moment now, NodeId from, Key key, Reply<Boolean> reply) {
        peers.fetchKept(now, from, key, (then, fetched) -> {
            switch (fetched) {
                case FetchResult.Found(Copy.Held held, var _) -> merge(then, key, held.versions(), reply);
                // Who had asked there would have gone on to the others
                case FetchResult.Found(Copy.Damaged _, var _) ->
                    fetchAll(then, others.apply(key).iterator(), key, reply);
                case FetchResult.Found(Copy.Unreadable _, var _), FetchResult.Same _, FetchResult.Lost _ ->
                    reply.accept(then, false);
            }
        });
    }

    /** Merges what each of the nodes has. */
    private void fetchAll(Moment now, Iterator<NodeId> nodes, Key key, Reply<Boolean> reply) {
        if (!nodes.hasNext()) {
            reply.accept(now, true);
            return;
        }
        Reply<Boolean> onMerged = (then, merged) -> {
            if (merged) {
                fetchAll(then, nodes, key, reply);
            } else {
                reply.accept(then, false);
            }
        };
        peers.fetchKept(now, nodes.next(), key, (then, fetched) -> {
            switch (fetched) {
                case FetchResult.Found(Copy.Held held, var _) -> merge(then, key, held.versions(), onMerged);
                case FetchResult.Found(Copy.Damaged _, var _) -> onMerged.accept(then, true);
                case FetchResult.Found(Copy.Unreadable _, var _), FetchResult.Same _, FetchResult.Lost _ ->
                    onMerged.accept(then, false);
            }
        });
    }

    private void merge(Moment now, Key key, Versions versions, Reply<Boolean> reply) {
        replica.merge(now, key, versions, (then, written) -> reply.accept(then, written.isDurable()));
    }
}
