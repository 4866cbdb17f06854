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

    Upkeep(NodeCore node, PutCoordinator puts) {
        RepairSettings settings = node.settings.repair();
        this.reapServer = new ReapServer(node.activeRing::isHome, node.copies, node.watch, node.timers, node.listener);
        this.reaper = new Reaper(
                node.self,
                settings.reaping(),
                node.activeRing::ring,
                node.membership::holders,
                node.peers,
                node.calls,
                reapServer,
                node.timers);
        Expirer expirer = new Expirer(
                node.settings, node.activeRing::ring, node.peers, puts, node.eras, node.timers, node.listener);
        DamageRepair damageRepair = new DamageRepair(
                node.settings.read().r(), node.activeRing, node.peers, node.copies.replica(), node.timers);
        this.scrubbing = new Scrubbing(
                settings,
                node.activeRing::ring,
                node.copies.trees(),
                node.copies.replica(),
                List.of(expirer, reaper),
                damageRepair::onDamaged,
                node.admission,
                node.timers,
                node.listener);
        this.antiEntropy = new AntiEntropy(
                settings,
                node.activeRing::ring,
                new ExchangeSides(node.self, node.peers, node.calls, node.responder),
                node.admission,
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

    /** The last exchanges that this node led since its start. */
    List<LastExchange> exchanges() {
        return antiEntropy.reports();
    }
}
