package io.dynamocart.store.simulation;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;

/** A network that brings every few copies of a key a second time, when a hundred other messages have gone by. */
final class Laggard implements Transport {

    private static final int EVERY = 5;
    private static final int LATER = 100;

    private record Late(long due, NodeId to, Message message) {}

    private final Transport network;
    private final Deque<Late> late = new ArrayDeque<>();
    private long sent;
    private long copies;

    Laggard(Transport network) {
        this.network = network;
    }

    @Override
    public void link(String address) {
        network.link(address);
    }

    @Override
    public void send(NodeId to, Message message) {
        sent++;
        network.send(to, message);
        if (message instanceof Message.ReplicaPut && ++copies % EVERY == 0) {
            late.add(new Late(sent + LATER, to, message));
        }
        while (!late.isEmpty() && late.getFirst().due <= sent) {
            Late next = late.remove();
            network.send(next.to, next.message);
        }
    }
}
