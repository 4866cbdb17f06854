package io.dynamocart.store.node;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.node.FetchResult.Found;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks every home replica of a key for its copy, and waits for all of them or the end of the time. */
final class Inspection {

    private final List<NodeId> homes;
    private final CompletableFuture<List<ReplicaCopy>> answer;
    private final Map<NodeId, ReplicaCopy> copies = new TreeMap<>();
    private final Timers.Timer timer;

    Inspection(List<NodeId> homes, Timers timers, CompletableFuture<List<ReplicaCopy>> answer) {
        this.homes = homes;
        this.answer = answer;
        this.timer = timers.timer(now -> finish());
    }

    void start(Moment now, Key key, Peers peers, long deadline) {
        timer.set(deadline);
        for (NodeId home : homes) {
            peers.fetch(now, home, key, (_, fetched) -> add(home, copyOf(home.name(), fetched)));
        }
    }

    private static ReplicaCopy copyOf(String home, FetchResult fetched) {
        return switch (fetched) {
            case Found(Copy.Held held, var _) -> new ReplicaCopy(home, held.versions(), null);
            case Found(Copy.Damaged damaged, var _) -> new ReplicaCopy(home, null, "damaged: " + damaged.detail());
            case Found(Copy.Unreadable unreadable, var _) ->
                new ReplicaCopy(home, null, "disk failed: " + unreadable.detail());
            case FetchResult.Same _, FetchResult.Lost _ -> new ReplicaCopy(home, null, "not reached");
        };
    }

    private void add(NodeId home, ReplicaCopy copy) {
        copies.put(home, copy);
        if (copies.size() == homes.size()) {
            finish();
        }
    }

    private void finish() {
        timer.cancel();
        answer.complete(homes.stream()
                .map(home -> copies.getOrDefault(home, new ReplicaCopy(home.name(), null, "no answer in time")))
                .toList());
    }
}
