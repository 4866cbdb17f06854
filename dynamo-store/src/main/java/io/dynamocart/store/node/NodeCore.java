package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.reaping.Watch;
import io.dynamocart.store.replica.ExchangeResponder;
import io.dynamocart.store.ring.NodeId;
import java.util.function.Consumer;

/**
 * The core that all parts of a node share: what it holds, what it knows of its cluster, and how it asks its peers. The
 * larger parts of a node are made of it; each smaller one is given just what it needs. Not thread-safe.
 */
final class NodeCore {

    final NodeSettings settings;
    final NodeId self;
    /** This node, in its present incarnation. */
    final Member member;

    final Transport transport;
    final Storage storage;
    final RandomSource random;
    final Timers timers = new Timers();

    final AdmissionController admission;
    final LatencyObserver latencyObserver;
    final NodeEvent.Listener listener;

    final LocalCopies copies;
    final ExchangeResponder responder;

    final RequestEras eras = new RequestEras();
    final Membership membership;
    final ActiveRing activeRing;

    final FailureDetector detector;
    final Calls calls;
    final Watch watch;
    final Peers peers;

    /** @param onMembershipChanged told whenever the ring or the progress of a plan may have changed */
    NodeCore(
            NodeSettings settings,
            SavedState saved,
            Transport transport,
            Storage disk,
            RandomSource random,
            NodeEvent.Listener observer,
            Consumer<Moment> onMembershipChanged) {
        this.settings = settings;
        this.self = settings.self().id();
        this.member = saved.incarnate(settings.self(), random);
        this.transport = transport;
        this.random = random;
        this.admission = new AdmissionController(settings.repair().foregroundLimit());
        this.latencyObserver = new LatencyObserver(admission, timers, observer);
        this.listener = latencyObserver;
        this.storage = new WatchedDisk(disk, listener);
        this.copies = LocalCopies.of(settings, storage, random, listener);
        this.responder = new ExchangeResponder(copies.replica(), storage, copies.trees());
        this.membership = new Membership(
                settings,
                member,
                saved.history(),
                eras,
                transport,
                storage,
                timers,
                random.fork("gossip"),
                listener,
                onMembershipChanged);
        this.activeRing = membership.activeRing();
        this.detector = new FailureDetector(settings.detector());
        long firstNumber = random.fork("requests").nextLong() >>> 2;
        this.calls = new Calls(transport, detector, timers, listener, firstNumber);
        this.watch = new Watch(settings.repair().reaping().grace());
        this.peers = new Peers(self, copies, calls, detector, activeRing::isHome, watch::end);
    }
}
