package io.dynamocart.store.transport;

import io.dynamocart.store.port.CannotStartException;
import io.dynamocart.store.ring.NodeId;
import java.util.stream.Stream;

/** Thrown where a node cannot listen at its address: it is taken, or none of this machine. */
public final class CannotListenException extends CannotStartException {

    private static final long serialVersionUID = 1L;

    CannotListenException(NodeId node, String address, Exception cause) {
        super("node %s cannot listen on %s: %s".formatted(node, address, cause.getMessage()), remedy(cause), cause);
    }

    private static String remedy(Exception cause) {
        boolean isTaken = Stream.iterate((Throwable) cause, each -> each != null, Throwable::getCause)
                .anyMatch(each -> String.valueOf(each.getMessage()).contains("in use"));
        return isTaken
                ? "stop what listens there, most likely this node itself, or free the port by setting dynamo.store.address to another one"
                : "set dynamo.store.bind-address to an address of this machine, or dynamo.store.address, if the other nodes reach it there";
    }
}
