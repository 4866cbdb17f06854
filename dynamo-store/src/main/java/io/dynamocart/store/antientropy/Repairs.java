package io.dynamocart.store.antientropy;

import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The keys to be repaired, some at a time: both sides' whole sets are read, and each side merges what it lacks. */
final class Repairs {

    private final Deque<Key> waiting;
    private final int parallel;
    private final Map<Key, Repair> open = new TreeMap<>();
    private int repaired;
    private int diverged;
    private int failed;

    /** The repair of one key: first its copies are awaited, then the merges. */
    private static final class Repair {
        private final Map<Side, Versions> copies = new EnumMap<>(Side.class);
        private final Set<Side> merging = EnumSet.noneOf(Side.class);
    }

    Repairs(Collection<Key> keys, int parallel) {
        this.waiting = new ArrayDeque<>(keys);
        this.parallel = parallel;
    }

    /** Begins with as many more as may be under repair. */
    List<Step> proceed() {
        List<Step> steps = new ArrayList<>();
        while (open.size() < parallel && !waiting.isEmpty()) {
            Key key = waiting.remove();
            open.put(key, new Repair());
            steps.add(new Step.Fetch(Side.OWN, key));
            steps.add(new Step.Fetch(Side.PEER, key));
        }
        return steps;
    }

    List<Step> onVersions(Side side, Key key, Versions versions) {
        Repair repair = open.get(key);
        if (repair == null || repair.copies.putIfAbsent(side, versions) != null || repair.copies.size() < 2) {
            return List.of();
        }
        Versions own = repair.copies.getOrDefault(Side.OWN, Versions.none());
        Versions theirs = repair.copies.getOrDefault(Side.PEER, Versions.none());
        return mend(key, repair, own, theirs);
    }

    List<Step> onMerged(Side side, Key key) {
        Repair repair = open.get(key);
        if (repair == null || !repair.merging.remove(side) || !repair.merging.isEmpty()) {
            return List.of();
        }
        open.remove(key);
        repaired++;
        return proceed();
    }

    List<Step> onFailure(Key key) {
        if (open.remove(key) == null) {
            return List.of();
        }
        failed++;
        return proceed();
    }

    boolean isDone() {
        return open.isEmpty() && waiting.isEmpty();
    }

    int repaired() {
        return repaired;
    }

    int diverged() {
        return diverged;
    }

    int failed() {
        return failed;
    }

    private List<Step> mend(Key key, Repair repair, Versions own, Versions theirs) {
        Versions merged = own.merge(theirs);
        List<Step> steps = new ArrayList<>();
        if (haveDiverged(own, theirs)) {
            diverged++;
            steps.add(new Step.Diverged(key, own, theirs));
        }
        repair.copies.forEach((side, copy) -> {
            if (!copy.equals(merged)) {
                repair.merging.add(side);
                steps.add(new Step.Merge(side, key, merged));
            }
        });
        // Somebody else has brought them together since they were last looked at
        if (repair.merging.isEmpty()) {
            open.remove(key);
            steps.addAll(proceed());
        }
        return steps;
    }

    private static boolean haveDiverged(Versions own, Versions theirs) {
        for (Version version : own.list()) {
            if (theirs.list().stream().anyMatch(other -> version.dot().equals(other.dot()) && !version.equals(other))) {
                return true;
            }
        }
        return false;
    }
}
