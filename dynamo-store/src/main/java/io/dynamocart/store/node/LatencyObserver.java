package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.port.Moment;

/**
 * Observes the latency of this node's clients for the {@link AdmissionController}: it hears the events of the node, and
 * passes them on. Not thread-safe.
 */
final class LatencyObserver implements NodeEvent.Listener {

    private final AdmissionController admission;
    private final NodeEvent.Listener next;
    private final Timers.Timer round;
    private double told = 1;

    LatencyObserver(AdmissionController admission, Timers timers, NodeEvent.Listener next) {
        this.admission = admission;
        this.next = next;
        this.round = timers.every(AdmissionController.ROUND, this::onRound);
    }

    void start(Moment now) {
        round.setIn(now, AdmissionController.ROUND);
    }

    @Override
    public void on(NodeEvent event) {
        switch (event) {
            case NodeEvent.GetEnded get -> admission.onRequest(get.nanos());
            case NodeEvent.PutEnded put -> admission.onRequest(put.nanos());
            default -> {}
        }
        next.on(event);
    }

    private void onRound(Moment now) {
        double share = admission.endRound();
        if (share != told) {
            told = share;
            next.on(new NodeEvent.BackgroundAdmitted(share));
        }
    }
}
