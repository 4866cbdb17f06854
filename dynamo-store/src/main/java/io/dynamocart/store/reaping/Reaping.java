package io.dynamocart.store.reaping;

import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.Reap;
import io.dynamocart.store.message.Message.Reap.Stage;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The removal of some tombstones, proposed by a home replica of their keys (docs/decisions/0011).
 *
 * <pre>
 *   AGREE    all members are asked   each home replica holds exactly this, nobody else holds anything
 *   (grace)  nothing is asked        whatever was under way has arrived, or is lost
 *   CONFIRM  all members are asked   the same still holds, and nobody has sent versions of the key meanwhile
 *   DROP     the home replicas       remove exactly this
 * </pre>
 *
 * <p>A key for which one member does not agree falls out. One member that does not answer ends it all, since nobody
 * knows what it holds; only at the end, of those who remove, it merely leaves its own. Told what happens, it says what
 * to do next; it does nothing itself. Not thread-safe.
 */
public final class Reaping {

    private final List<NodeId> members;
    private final long grace;
    private final long patience;
    private final Map<Key, Tombstone> left = new TreeMap<>();
    private final Set<NodeId> awaited = new TreeSet<>();
    private Stage stage = Stage.AGREE;
    private boolean done;
    private long wakeAt;

    /**
     * Prepares a reaping.
     *
     * @param members everybody who may hold anything, the home replicas among them
     * @param grace longer than any request takes and any message is under way
     * @param patience how long the members may take to answer
     */
    public Reaping(List<NodeId> members, List<Tombstone> tombstones, Duration grace, Duration patience) {
        if (tombstones.isEmpty() || tombstones.size() > Reap.MAX_KEYS) {
            throw new IllegalArgumentException(
                    "%d tombstones, not 1 to %d".formatted(tombstones.size(), Reap.MAX_KEYS));
        }
        this.members = List.copyOf(members);
        this.grace = grace.toNanos();
        this.patience = patience.toNanos();
        tombstones.forEach(tombstone -> left.put(tombstone.versions().key(), tombstone));
    }

    public List<NodeId> members() {
        return members;
    }

    public boolean isDone() {
        return done;
    }

    /** When {@link #onTick} is due. */
    public long wakeAt() {
        return wakeAt;
    }

    public List<Step> start(long now) {
        return ask(now, members);
    }

    /** A member answered: it agrees, or has done so, for these keys and no others. */
    public List<Step> onAnswer(long now, NodeId member, Stage answered, Set<Key> agreed) {
        if (done || answered != stage || !awaited.remove(member)) {
            return List.of();
        }
        left.values()
                .removeIf(tombstone -> concerns(member, tombstone)
                        && !agreed.contains(tombstone.versions().key()));
        if (left.isEmpty()) {
            return finish();
        }
        return awaited.isEmpty() ? onAllAnswered(now) : List.of();
    }

    /** A member will not answer. */
    public List<Step> onLost(long now, NodeId member, Stage asked) {
        if (stage == Stage.DROP) {
            return onAnswer(now, member, asked, new TreeSet<>());
        }
        return done || asked != stage || !awaited.contains(member) ? List.of() : abandon();
    }

    /** Time has passed. */
    public List<Step> onTick(long now) {
        if (done || now < wakeAt) {
            return List.of();
        }
        boolean graceIsOver = stage == Stage.AGREE && awaited.isEmpty();
        if (graceIsOver) {
            stage = Stage.CONFIRM;
            return ask(now, members);
        }
        return abandon();
    }

    /** Breaks the reaping off, since its grounds are gone. What was not removed stays. */
    public List<Step> abandon() {
        left.clear();
        return done ? List.of() : finish();
    }

    private List<Step> onAllAnswered(long now) {
        return switch (stage) {
            case AGREE -> {
                wakeAt = now + grace;
                yield List.of();
            }
            case CONFIRM -> {
                stage = Stage.DROP;
                yield ask(now, homes());
            }
            case DROP -> finish();
        };
    }

    private List<Step> ask(long now, List<NodeId> asked) {
        wakeAt = now + patience;
        awaited.addAll(asked);
        List<Step> steps = new ArrayList<>();
        for (NodeId member : asked) {
            List<KeyDigest> versions = left.values().stream()
                    .filter(tombstone -> concerns(member, tombstone))
                    .map(Tombstone::versions)
                    .toList();
            steps.add(new Step.Ask(member, stage, versions));
        }
        return steps;
    }

    private List<Step> finish() {
        done = true;
        return List.of(new Step.Finish());
    }

    private boolean concerns(NodeId member, Tombstone tombstone) {
        return stage != Stage.DROP || tombstone.homes().contains(member);
    }

    private List<NodeId> homes() {
        return left.values().stream()
                .flatMap(tombstone -> tombstone.homes().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
