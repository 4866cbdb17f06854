package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import java.util.List;

/**
 * Keeps this node's copies as they should be: reads all of them again and again, for what has rotted, may go by itself
 * or is a tombstone that nobody needs any more, and compares them with those of the other home replicas (paper §4.7).
 * Not thread-safe.
 */
final class Upkeep {

    private final Scrubbing scrubbing;
    private final AntiEntropy antiEntropy;
    private final ReapServer reapServer;
    private final Reaper reaper;

    Upkeep(Essentials node, PutCoordinator puts) {
        RepairSettings settings = node.settings.repair();
        this.reapServer = new ReapServer(node.standing::isHome, node.copies, node.watch, node.timers, node.listener);
        this.reaper = new Reaper(
                node.self,
                settings.reaping(),
                node.standing::ring,
                node.membership::holders,
                node.peers,
                node.calls,
                reapServer,
                node.timers);
        Expirer expirer = new Expirer(
                node.settings, node.standing::ring, node.peers, puts, node.underWay, node.timers, node.listener);
        Mending mending =
                new Mending(node.settings.read().r(), node.standing, node.peers, node.copies.replica(), node.timers);
        this.scrubbing = new Scrubbing(
                settings,
                node.standing::ring,
                node.copies.trees(),
                node.copies.replica(),
                List.of(expirer, reaper),
                mending::onDamaged,
                node.controller,
                node.timers,
                node.listener);
        this.antiEntropy = new AntiEntropy(
                settings,
                node.standing::ring,
                new ExchangeSides(node.self, node.peers, node.calls, node.comparisons),
                node.controller,
                node.timers,
                node.random.fork("anti-entropy"),
                node.listener);
    }

    void start(Moment now) {
        scrubbing.start(now);
        antiEntropy.start(now);
        reapServer.start(now);
        reaper.start(now);
    }

    /** Answers for this node when tombstones are to be removed. */
    ReapServer reapServer() {
        return reapServer;
    }

    /** The last comparisons that this node led since its start. */
    List<ComparisonReport> comparisons() {
        return antiEntropy.reports();
    }
}
