package io.dynamocart.store.transport;

import io.dynamocart.store.ring.NodeId;
import java.util.stream.Stream;

/** Thrown where a node cannot listen at its address: it is taken, or none of this machine. */
public final class CannotListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    CannotListenException(NodeId node, String address, Exception cause) {
        this("node %s cannot listen on %s: %s".formatted(node, address, cause.getMessage()), remedy(cause), cause);
    }

    private CannotListenException(String problem, String remedy, Exception cause) {
        super(problem + ". " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** What is wrong, in a sentence without a full stop. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    private static String remedy(Exception cause) {
        boolean isTaken = Stream.iterate((Throwable) cause, each -> each != null, Throwable::getCause)
                .anyMatch(each -> String.valueOf(each.getMessage()).contains("in use"));
        return isTaken
                ? "Stop what listens there, most likely this node itself, or free the port by setting dynamo.store.address to another one"
                : "Set dynamo.store.bind-address to an address of this machine, or dynamo.store.address, if the other nodes reach it there";
    }
}
