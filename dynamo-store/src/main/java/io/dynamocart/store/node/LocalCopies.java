package io.dynamocart.store.node;

import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.replica.CommitListener;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Trees;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * All copies that this node holds: its own and the hints it keeps, which it shows to readers alike. What becomes of a
 * hint is told here, whoever asked for it.
 */
record LocalCopies(Replica replica, Trees trees, Hints hints, NodeEvent.Listener listener) {

    /** The copies on a disk; of the hints there nothing is known before they are opened. */
    static LocalCopies of(NodeSettings settings, Storage storage, RandomSource random, NodeEvent.Listener listener) {
        NodeId self = settings.self().id();
        long start = random.nextLong();
        RandomSource births = random.fork("births");
        BiConsumer<Key, String> onDamage = (key, detail) -> listener.on(new NodeEvent.RecordDamaged(key, detail));
        BiFunction<Records, CommitListener, Replica> replicas = (records, onCommit) ->
                new Replica(self, start, records, births::nextLong, settings.limits(), onDamage, onCommit);
        Trees trees = new Trees(storage, onDamage);
        // Hints are asked for on disk only: what nobody else keeps for a node must not get lost
        Hints hints = new Hints(storage, records -> replicas.apply(records, CommitListener.none()), settings.hints());
        return new LocalCopies(replicas.apply(storage, trees), trees, hints, listener);
    }

    /**
     * Sums up what {@link #get} would tell of the key, and what is on disk of its neighbours, without a look at the
     * disk; empty where that is not known.
     */
    Optional<Digest> sum(Key key) {
        return hints.hold(key) || replica.isAhead(key) ? Optional.empty() : trees.leaf(key);
    }

    /** @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos} */
    void get(Moment now, Key key, long until, Reply<Copy> reply) {
        if (hints.hold(key)) {
            replica.get(now, key, until, (then, own) -> hints.joinTo(then, own, key, reply));
        } else {
            replica.get(now, key, until, reply);
        }
    }

    /** Keeps versions for another node. */
    void keep(Moment now, NodeId target, Key key, Versions versions, Reply<Written> reply) {
        hints.keep(now, target, key, versions, told(target, reply));
    }

    /**
     * Keeps a new version for another node, under a dot of this one.
     *
     * @param value null for a tombstone
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    void keepNew(
            Moment now, NodeId target, Key key, Clock seen, @Nullable Value value, long until, Reply<Written> reply) {
        hints.coordinate(now, target, key, seen, value, until, told(target, reply));
    }

    private Reply<Written> told(NodeId target, Reply<Written> reply) {
        return (then, written) -> {
            switch (written) {
                case Written.Done _ -> listener.on(new NodeEvent.HintKept(target));
                case Written.Full _ -> listener.on(new NodeEvent.HintRefused(target));
                // The disk has its own events, and versions are the client's matter
                case Written.DiskFailed _, Written.TooManyVersions _ -> {}
            }
            reply.accept(then, written);
        };
    }
}
