package io.dynamocart.store.gossip;

import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells which of the others this node can expect to answer, from its own experience only (paper §4.8.3). A peer is
 * suspected when a request to it stays unanswered, and trusted again as soon as it answers one that was in a hurry, be
 * it a probe, other than by saying that it takes no part yet. A suspicion changes the order in which nodes are asked;
 * it never changes the ring. Not thread-safe.
 */
public final class FailureDetector {

    private final Settings settings;
    private final Map<NodeId, Peer> peers = new TreeMap<>();

    /**
     * The settings for how patient the node is.
     *
     * @param firstGuess how long an answer is assumed to take before any was seen
     * @param lateAfter silence that makes a peer suspect
     * @param retryAfter time between two probes of a suspected peer
     */
    public record Settings(Duration firstGuess, Duration lateAfter, Duration retryAfter) {

        public Settings {
            if (!firstGuess.isPositive() || !lateAfter.isPositive() || !retryAfter.isPositive()) {
                throw new IllegalArgumentException("failure detector durations must be above zero");
            }
        }
    }

    private static final class Peer {
        private final UsualLatency latency;
        private boolean linked;
        private boolean suspected;

        Peer(long firstGuess) {
            latency = new UsualLatency(firstGuess);
        }
    }

    public FailureDetector(Settings settings) {
        this.settings = settings;
    }

    public void onLinkUp(NodeId peer) {
        Peer known = peer(peer);
        known.linked = true;
        known.suspected = false;
    }

    public void onLinkDown(NodeId peer) {
        peer(peer).linked = false;
    }

    /** A request to the peer was answered after this many nanoseconds. */
    public void onAnswer(NodeId peer, long elapsed) {
        Peer known = peer(peer);
        known.latency.observe(elapsed);
        known.suspected = false;
    }

    /**
     * A request to the peer has been unanswered for {@link Settings#lateAfter}.
     *
     * @return whether this is news
     */
    public boolean onSilence(NodeId peer) {
        Peer known = peer(peer);
        boolean news = !known.suspected;
        known.suspected = true;
        return news;
    }

    /** Whether messages to the peer have a way to go. */
    public boolean isLinked(NodeId peer) {
        return peer(peer).linked;
    }

    /** Whether the peer may be expected to answer. */
    public boolean isTrusted(NodeId peer) {
        Peer known = peer(peer);
        return known.linked && !known.suspected;
    }

    /** Peers that could be reached and do not answer, ascending. */
    public List<NodeId> suspects() {
        return peers.entrySet().stream()
                .filter(entry -> entry.getValue().linked && entry.getValue().suspected)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Nanoseconds within which 95 of 100 answers of the peer come. */
    public long usually(NodeId peer) {
        return Math.min(peer(peer).latency.percentile95(), lateAfter());
    }

    /** The nanoseconds of silence that make any peer suspect. */
    public long lateAfter() {
        return settings.lateAfter().toNanos();
    }

    private Peer peer(NodeId id) {
        return peers.computeIfAbsent(id, _ -> new Peer(settings.firstGuess().toNanos()));
    }
}
