package io.dynamocart.store.runtime;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what an operator should know of a node to the log. */
public final class EventLog implements NodeEvent.Listener {

    private static final Logger log = LoggerFactory.getLogger("io.dynamocart.store.node");

    @Override
    public void on(NodeEvent event) {
        switch (event) {
            case NodeEvent.MembershipLearned learned ->
                log.info(
                        learned.isMember()
                                ? "Member of a cluster of {}"
                                : "No member of the cluster of {}: this node takes part once a plan adds it",
                        learned.history().members().stream().map(Member::id).toList());
            case NodeEvent.TooFewMembers tooFew -> log.warn("This node serves nobody: {}", tooFew.detail());
            case NodeEvent.Misconfigured misconfigured -> log.error("{}", misconfigured.detail());
            case NodeEvent.OtherThanOnRing other ->
                log.warn(
                        "The settings of this node say {}, on the ring it is {}: "
                                + "plan and commit \"alter {}\", or set them back",
                        inWords(other.settings()),
                        inWords(other.onRing()),
                        other.onRing().id());
            case NodeEvent.RecordDamaged damaged ->
                log.error(
                        "The record of key {} on this node's disk is damaged ({}); "
                                + "it is not used, and is replaced by what the other home replicas hold, or by the next write",
                        damaged.key(),
                        damaged.detail());
            // A place that stays unreadable is told of once
            case NodeEvent.ReadFailed failed
            when failed.times() == 1 ->
                log.error(
                        "Reading from this node's disk failed: {}; if that stays so, the disk counts as failed",
                        failed.detail());
            case NodeEvent.ReadFailed failed -> log.debug("Again, {} times: {}", failed.times(), failed.detail());
            case NodeEvent.DiskFailed failed ->
                log.error(
                        "The disk failed: {}. This node takes no writes until it is started anew: "
                                + "see to the disk, then restart",
                        failed.detail());
            case NodeEvent.DiskFull full -> log.warn("This node takes no writes: {}", full.detail());
            case NodeEvent.DiskHasRoom _ -> log.info("The disk has room again; this node takes writes");
            case NodeEvent.PeerSuspected suspected ->
                log.info("{} does not answer; others are asked first", suspected.peer());
            case NodeEvent.ReadRepaired repaired ->
                log.debug("Read repair of {} at {}", repaired.key(), repaired.replica());
            case NodeEvent.VersionsDiverged diverged ->
                log.error(
                        "This node and {} have different bytes of one version of key {}, which no write can bring about: "
                                + "{} here, {} there. Both keep one of the two",
                        diverged.peer(),
                        diverged.key(),
                        inWords(diverged.own()),
                        inWords(diverged.theirs()));
            case NodeEvent.TreesCorrected corrected ->
                log.error(
                        "{} partitions on this node's disk are not what was written; "
                                + "what is lost is repaired from the other replicas",
                        corrected.trees());
            case NodeEvent.ExchangeEnded ended
            when ended.repaired() > 0 || ended.failed() > 0 ->
                log.info(
                        "Comparison with {}: {} keys repaired, {} could not be",
                        ended.peer(),
                        ended.repaired(),
                        ended.failed());
            case NodeEvent.PlanRefused refused ->
                log.warn("A change of the membership is not possible: {}", refused.why());
            case NodeEvent.PartitionTaken taken -> log.debug("Home replica of {} from now on", taken.range());
            case NodeEvent.LeftoverDelivered _, NodeEvent.BackgroundAdmitted _ -> {}
            case NodeEvent.ExchangeEnded _ -> {}
            case NodeEvent.HintRefused refused ->
                log.warn("As many keys are kept for {} as may be (dynamo.store.max-hints)", refused.target());
            case NodeEvent.HintKept _, NodeEvent.HintDelivered _, NodeEvent.HintsCounted _ -> {}
            case NodeEvent.ExpiryFailed failed ->
                log.error(
                        "The application failed to say when {} may go, so it stays: {}",
                        failed.key().abbreviated(),
                        failed.detail());
            case NodeEvent.ValueExpired expired -> log.debug("{} has expired", expired.key());
            case NodeEvent.TombstoneReaped reaped -> log.debug("The tombstone of {} is removed", reaped.key());
            case NodeEvent.LinkChanged _, NodeEvent.GetEnded _, NodeEvent.PutEnded _ -> {}
            case NodeEvent.GetRefused _, NodeEvent.PeerAnswered _, NodeEvent.TracedAnswered _ -> {}
            case NodeEvent.AnsweredFromMemory _, NodeEvent.WriteVisible _ -> {}
        }
    }

    /** Without what is in them, which is nobody's business but the application's. */
    private static List<String> inWords(Versions versions) {
        return versions.list().stream()
                .map(version -> version.dot() + ": " + inWords(version.value()))
                .toList();
    }

    private static String inWords(@Nullable Value value) {
        return value == null ? "deleted" : "%d bytes #%08x".formatted(value.length(), value.hashCode());
    }

    private static String inWords(Member member) {
        return "%s in zone %s with weight %d".formatted(member.address(), member.zone(), member.weight());
    }
}
