package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings hints to the nodes they are kept for, as soon as these can be reached: in turn, the oldest first, a few at a
 * time, for as long as it takes. A hint is given up only when its node has the versions on disk, or all home replicas
 * where its node is none any more; or where it has rotted. Not thread-safe.
 */
final class HintedHandoff {

    /** How often it looks whether there is something to bring, also without any event that says so. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** Silence after which a hint is brought again. It does no harm if the first arrives as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Hints hints;
    private final Peers peers;
    private final Delivery delivery;
    private final AdmissionController admission;
    private final NodeEvent.Listener listener;
    private final Timers.Timer round;
    private final Map<NodeId, Map<Key, Long>> underWay = new TreeMap<>();
    private final SerialQueue<NodeId> targets = new SerialQueue<>(this::bringNext);
    private int lastTold;

    HintedHandoff(
            Hints hints,
            Peers peers,
            Delivery delivery,
            AdmissionController admission,
            Timers timers,
            NodeEvent.Listener listener) {
        this.hints = hints;
        this.peers = peers;
        this.delivery = delivery;
        this.admission = admission;
        this.listener = listener;
        this.round = timers.every(ROUND, this::onRound);
    }

    void start(Moment now) {
        round.setIn(now, ROUND);
    }

    /** Brings what is kept for this node, if it can be reached; and to others, if it is not on the ring any more. */
    void bring(Moment now, NodeId target) {
        targets.add(now, List.of(target));
    }

    private void bringNext(Moment now, NodeId target) {
        if (delivery.isOnRing(target) && !peers.isTrusted(target)) {
            return;
        }
        Map<Key, Long> onTheirWay = underWay.computeIfAbsent(target, _ -> new TreeMap<>());
        onTheirWay.values().removeIf(since -> now.nanos() - since > PATIENCE.toNanos());
        int free = Math.max(0, admission.atOnce(Handoffs.KEYS_AT_ONCE) - onTheirWay.size());
        for (Key key : hints.nextInTurn(target, free)) {
            if (onTheirWay.putIfAbsent(key, now.nanos()) == null) {
                hints.get(now, target, key, (then, copy) -> bring(then, target, key, copy));
            }
        }
    }

    private void onRound(Moment now) {
        Map<NodeId, Integer> counts = hints.counts();
        tell(counts.values().stream().mapToInt(Integer::intValue).sum());
        counts.keySet().forEach(target -> bring(now, target));
    }

    private void tell(int kept) {
        if (kept != lastTold) {
            lastTold = kept;
            listener.on(new NodeEvent.HintsCounted(kept));
        }
    }

    private void bring(Moment now, NodeId target, Key key, Copy copy) {
        switch (copy) {
            case Copy.Held(Versions versions) when versions.isEmpty() -> forget(now, target, key, versions);
            case Copy.Held(Versions versions) -> {
                Reply<Boolean> onStored = (then, stored) -> {
                    if (stored) {
                        listener.on(new NodeEvent.HintDelivered(target));
                        forget(then, target, key, versions);
                    } else {
                        left(target, key);
                    }
                };
                switch (delivery.roleOf(target, key)) {
                    case HOME -> peers.store(now, target, key, versions, onStored);
                    case JOINING -> peers.forward(now, target, key, versions, onStored);
                    // The key has moved away from it since
                    case NONE ->
                        delivery.bring(
                                now,
                                key,
                                versions,
                                (then, brought) -> onStored.accept(then, brought == Delivery.Result.COMPLETE));
                }
            }
            // Reported when it was read. There is nothing left to bring; reads and anti-entropy do the rest
            case Copy.Damaged damaged -> forget(now, target, key, Versions.none());
            case Copy.Unreadable unreadable -> left(target, key);
        }
    }

    private void forget(Moment now, NodeId target, Key key, Versions known) {
        hints.forget(now, target, key, known, (then, gone) -> {
            left(target, key);
            // What stays has its turn in the next round: a disk that takes no writes must not be asked again and again
            if (gone) {
                bring(then, target);
            }
        });
    }

    private void left(NodeId target, Key key) {
        Map<Key, Long> onTheirWay = underWay.get(target);
        if (onTheirWay != null) {
            onTheirWay.remove(key);
        }
    }
}
