package io.dynamocart.store.simulation;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a run held, so that a run in which nothing happened cannot pass for one in which nothing went wrong. */
public final class Tally implements Observer {

    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    @Override
    public void onEvent(NodeId node, NodeEvent event) {
        switch (event) {
            case NodeEvent.GetEnded(long nanos, NodeEvent.Outcome outcome, int versions) -> {
                count("reads " + outcome.name().toLowerCase(java.util.Locale.ROOT));
                if (versions > 1) {
                    count("reads that saw conflicts");
                }
            }
            case NodeEvent.PutEnded(long nanos, NodeEvent.Outcome outcome) ->
                count("writes " + outcome.name().toLowerCase(java.util.Locale.ROOT));
            case NodeEvent.ReadRepaired repaired -> count("read repairs");
            case NodeEvent.AnsweredFromMemory _ -> count("puts answered from memory");
            case NodeEvent.ExchangeEnded ended -> {
                count(ended.complete() ? "comparisons" : "comparisons broken off");
                count("keys repaired by comparison", ended.repaired());
            }
            case NodeEvent.HintKept kept -> count("hints kept");
            case NodeEvent.HintDelivered delivered -> count("hints delivered");
            case NodeEvent.PartitionTaken taken -> count("partitions taken over");
            case NodeEvent.LeftoverDelivered delivered -> count("leftovers delivered");
            case NodeEvent.ValueExpired expired -> count("values expired");
            case NodeEvent.TombstoneReaped reaped -> count("tombstones reaped");
            case NodeEvent.TreesCorrected corrected -> count("trees corrected");
            case NodeEvent.BackgroundAdmitted admitted -> count("admissions");
            case NodeEvent.VersionsDiverged diverged -> count("versions diverged");
            case NodeEvent.ReadFailed failed -> count("reads failed by a disk");
            case NodeEvent.RecordDamaged damaged -> count("damaged records found");
            case NodeEvent.PeerSuspected suspected -> count("suspicions");
            default -> {}
        }
    }

    /** Adds so many of it at once. */
    void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    public long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    public void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((what, count) -> text.append("  %,12d %s%n".formatted(count, what)));
        return text.toString();
    }
}
