package io.dynamocart.store.coordination;

import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answers of replicas to one read so far, and whether they are enough. */
final class GetAnswers {

    private final ReadOptions options;
    private final Set<NodeId> homes = new LinkedHashSet<>();
    private final int nodes;
    private final Map<NodeId, Versions> copies = new LinkedHashMap<>();
    private final Set<NodeId> damaged = new LinkedHashSet<>();
    /** Home replicas that were asked a second time, and have not answered that. */
    private final Set<NodeId> askedAgain = new LinkedHashSet<>();

    private int failures;
    private int homeCopies;
    private Versions merged = Versions.none();
    private Instant earliest = Instant.MAX;
    private Instant latest = Instant.MIN;

    GetAnswers(ReadOptions options, List<Candidate> candidates) {
        this.options = options;
        this.nodes = candidates.size();
        candidates.stream().filter(Candidate::home).map(Candidate::node).forEach(homes::add);
    }

    void add(NodeId node, Versions versions, Instant clock) {
        boolean first = copies.put(node, versions) == null;
        homeCopies += first && homes.contains(node) ? 1 : 0;
        askedAgain.remove(node);
        merged = merged.merge(versions);
        earliest = clock.isBefore(earliest) ? clock : earliest;
        latest = clock.isAfter(latest) ? clock : latest;
    }

    void addFailure(NodeId node, boolean isDamaged) {
        failures += copies.containsKey(node) ? 0 : 1;
        if (isDamaged && homes.contains(node)) {
            damaged.add(node);
        }
    }

    Versions merged() {
        return merged;
    }

    /** R nodes have answered, and together they know all that the reader has seen before. */
    boolean enough() {
        return counted() >= options.r() && covers();
    }

    /** Whether nothing more is wanted: only reads that ask for every replica want more than enough. */
    boolean complete() {
        return !options.everyReplica() || (copies.size() + failures >= nodes && askedAgain.isEmpty());
    }

    /**
     * Whether all may look as it does only because a hint got home between the answers: the home replica had answered
     * before, and the stand-in no longer had it when it was asked. Hints go nowhere else, so home replicas that answer
     * after all stand-ins have leave no such doubt.
     */
    boolean isInDoubt() {
        return nodes > homes.size() && (isUnanimous() || isNotCovered());
    }

    /** The nodes that may answer differently now. Their first answers count until then. */
    Set<NodeId> askAgain() {
        askedAgain.addAll(homes);
        return homes;
    }

    /** How many more answers are wanted: for R, then to cover what the reader has seen, and of every replica. */
    int wanted() {
        int missing = Math.max(0, options.r() - counted());
        int forMore = missing == 0 && !covers() ? nodes - copies.size() - failures : missing;
        int ofAll = options.everyReplica() ? nodes - copies.size() - failures : 0;
        return Math.max(forMore, ofAll);
    }

    GetAnswer answer() {
        NodeId fastest =
                copies.keySet().stream().filter(homes::contains).findFirst().orElse(null);
        int holders = Math.toIntExact(copies.entrySet().stream()
                .filter(copy -> homes.contains(copy.getKey()) && copy.getValue().equals(merged))
                .count());
        return new GetAnswer(
                merged, fastest, homeCopies, copies.size() - homeCopies, holders, isUnanimous(), earliest, latest);
    }

    GetFailure failure() {
        return new GetFailure(options.r(), List.copyOf(copies.keySet()), isNotCovered());
    }

    /** Home replicas whose copy is behind the others, or damaged. Stand-ins are left alone (riak_core#1845). */
    List<NodeId> stale() {
        Set<NodeId> stale = new LinkedHashSet<>(damaged);
        copies.forEach((node, versions) -> {
            if (homes.contains(node) && !versions.equals(merged)) {
                stale.add(node);
            }
        });
        return merged.isEmpty() ? List.of() : List.copyOf(stale);
    }

    private boolean isNotCovered() {
        return counted() >= options.r() && !covers();
    }

    /** A strict read asks no stand-ins, so it does not know what they keep. */
    private boolean isUnanimous() {
        return options.everyReplica()
                && !options.strict()
                && copies.size() == nodes
                && askedAgain.isEmpty()
                && copies.entrySet().stream().allMatch(copy -> isAsItShouldBe(copy.getKey(), copy.getValue()));
    }

    /** A home replica holds everything, and others hold nothing, least of all a hint. */
    private boolean isAsItShouldBe(NodeId node, Versions versions) {
        return versions.equals(homes.contains(node) ? merged : Versions.none());
    }

    private int counted() {
        return options.strict() ? homeCopies : copies.size();
    }

    private boolean covers() {
        return options.atLeast().isEmpty() || merged.clock().covers(options.atLeast());
    }
}
