package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that a request has asked and not yet heard from. One that takes too long is no longer counted on, so that
 * another is asked in its place, but may still answer.
 */
final class Inquiries {

    private static final class Inquiry {
        private final Candidate candidate;
        private final long askedAt;
        /** Whether it was told that the node is slow: from then on it is waited for until it is late. */
        private boolean told;

        private boolean excused;
        private boolean counted = true;
        private boolean irreplaceable;

        Inquiry(Candidate candidate, long askedAt) {
            this.candidate = candidate;
            this.askedAt = askedAt;
        }

        long patienceEnds() {
            return after(told ? candidate.lateAfter() : candidate.hedgeAfter());
        }

        long lateAt() {
            return after(candidate.lateAfter());
        }

        private long after(long patience) {
            return excused ? Long.MAX_VALUE : askedAt + patience;
        }
    }

    private final Map<NodeId, Inquiry> open = new LinkedHashMap<>();

    void open(Candidate candidate, long now) {
        open.put(candidate.node(), new Inquiry(candidate, now));
    }

    /** Takes note that the node was heard from; false if it was not waited for. */
    boolean close(NodeId node) {
        return open.remove(node) != null;
    }

    /** Waits for a node without impatience: it is not this node that takes long from now on. */
    void excuse(NodeId node) {
        Inquiry inquiry = open.get(node);
        if (inquiry != null) {
            inquiry.excused = true;
        }
    }

    /** The node is asked again; false if it was not waited for. */
    boolean renew(NodeId node, long now) {
        Inquiry inquiry = open.get(node);
        if (inquiry != null) {
            open(inquiry.candidate, now);
        }
        return inquiry != null;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** How many of the nodes asked are expected to answer soon. */
    int counted() {
        return (int) open.values().stream().filter(inquiry -> inquiry.counted).count();
    }

    /** No longer counts on a slow node. */
    void stopCounting(Candidate slow) {
        Inquiry inquiry = open.get(slow.node());
        if (inquiry != null) {
            inquiry.counted = false;
        }
    }

    /** No longer counts on a late node, though nobody may be asked in its place. */
    void bearWith(Candidate late) {
        Inquiry inquiry = open.get(late.node());
        if (inquiry != null) {
            inquiry.counted = false;
            inquiry.irreplaceable = true;
        }
    }

    /** How many of the nodes asked nobody may be asked in the place of. */
    int irreplaceable() {
        return (int)
                open.values().stream().filter(inquiry -> inquiry.irreplaceable).count();
    }

    /** The nodes counted on that are slower than they usually are, each told once. */
    List<Candidate> takeSlow(long now) {
        List<Candidate> slow = new ArrayList<>(1);
        for (Inquiry inquiry : open.values()) {
            if (inquiry.counted && !inquiry.told && now >= inquiry.patienceEnds()) {
                inquiry.told = true;
                slow.add(inquiry.candidate);
            }
        }
        return slow;
    }

    /** The nodes counted on that have taken longer than anyone should. */
    List<Candidate> late(long now) {
        return open.values().stream()
                .filter(inquiry -> inquiry.counted && now >= inquiry.lateAt())
                .map(inquiry -> inquiry.candidate)
                .toList();
    }

    /** When the next of the nodes asked becomes slow or late. */
    long nextPatience() {
        long next = Long.MAX_VALUE;
        for (Inquiry inquiry : open.values()) {
            if (inquiry.counted) {
                next = Math.min(next, inquiry.patienceEnds());
            }
        }
        return next;
    }
}
