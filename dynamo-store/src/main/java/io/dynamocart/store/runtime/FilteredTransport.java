package io.dynamocart.store.runtime;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;

/** Sends by a network what a filter lets through. */
record FilteredTransport(Transport network, LinkFilter filter) implements Transport {

    @Override
    public void link(String address) {
        network.link(address);
    }

    @Override
    public void unlink(String address) {
        network.unlink(address);
    }

    @Override
    public boolean send(NodeId to, Message message) {
        return !filter.carries(to) || network.send(to, message);
    }
}
