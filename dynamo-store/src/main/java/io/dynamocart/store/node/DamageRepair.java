package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes anew what has rotted on this node's disk, as soon as it is found: asks the other home replicas for what they
 * hold. Comparing trees finds it later, and never where the others hold nothing: then nothing is what clients read
 * already, and what stands here instead of the damaged record from then on.
 *
 * <p>If any of the others is silent, or damaged as well, or there are too few, the record stays as it is until it is
 * found again: nobody may read "nothing" where nobody knows. Not thread-safe.
 */
final class DamageRepair {

    private final int r;
    private final ActiveRing activeRing;
    private final Peers peers;
    private final Replica replica;
    private final ThrottledKeys damagedKeys;

    /** @param r copies that a read needs: so many intact ones tell what is there without the damaged one */
    DamageRepair(int r, ActiveRing activeRing, Peers peers, Replica replica, Timers timers) {
        this.r = r;
        this.activeRing = activeRing;
        this.peers = peers;
        this.replica = replica;
        this.damagedKeys = new ThrottledKeys(timers, (now, key) -> new Round(key, activeRing.othersOf(key)).start(now));
    }

    /** The key's record here is damaged. */
    void onDamaged(Moment now, Key key) {
        if (activeRing.isHome(key)) {
            damagedKeys.add(now, key);
        }
    }

    /** The repair of one key: all other home replicas must answer. */
    private final class Round {

        private final Key key;
        private final List<NodeId> others;
        private final List<NodeId> awaited;
        private Versions versions = Versions.none();

        Round(Key key, List<NodeId> others) {
            this.key = key;
            this.others = others;
            this.awaited = new ArrayList<>(others);
        }

        void start(Moment now) {
            others.forEach(other -> peers.fetch(now, other, key, (then, fetched) -> onFetched(then, other, fetched)));
        }

        /** If nothing comes of it, the record stays damaged, and is found again. */
        private void onFetched(Moment now, NodeId other, FetchResult fetched) {
            if (fetched instanceof FetchResult.Found(Copy.Held held, var _) && awaited.remove(other)) {
                versions = versions.merge(held.versions());
                storeIfComplete(now);
            }
        }

        private void storeIfComplete(Moment now) {
            if (awaited.isEmpty() && others.size() >= r && activeRing.isHome(key)) {
                replica.merge(now, key, versions, (_, _) -> {});
            }
        }
    }
}
