package io.dynamocart.store.node;

import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.port.Moment;

/**
 * Tells {@link AdmissionController} how this node's clients fare: it hears the events of the node, and passes them on.
 * Not thread-safe.
 */
final class Admission implements NodeEvent.Listener {

    private final AdmissionController controller;
    private final NodeEvent.Listener next;
    private final Timers.Timer round;
    private double told = 1;

    Admission(AdmissionController controller, Timers timers, NodeEvent.Listener next) {
        this.controller = controller;
        this.next = next;
        this.round = timers.timer(this::onRound);
    }

    void start(Moment now) {
        round.set(now.nanos() + AdmissionController.ROUND.toNanos());
    }

    @Override
    public void on(NodeEvent event) {
        switch (event) {
            case NodeEvent.GetEnded get -> controller.onRequest(get.nanos());
            case NodeEvent.PutEnded put -> controller.onRequest(put.nanos());
            default -> {}
        }
        next.on(event);
    }

    private void onRound(Moment now) {
        round.set(now.nanos() + AdmissionController.ROUND.toNanos());
        double share = controller.endRound();
        if (share != told) {
            told = share;
            next.on(new NodeEvent.BackgroundAdmitted(share));
        }
    }
}
