package io.dynamocart.store.node;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.node.Calls.Outcome.Answered;

/** A node's answer to versions that it was sent: whether it has them. */
enum Acknowledgement {
    ON_DISK,

    /** The node has the versions in memory, on their way to its disk. */
    IN_BUFFER,

    /** The node did not answer, or could not take the versions. */
    NONE;

    static Acknowledgement of(Outcome outcome) {
        return switch (outcome) {
            case Answered(Message.ReplicaPutReply _) -> ON_DISK;
            case Answered(Message.BufferedPutReply _) -> IN_BUFFER;
            default -> NONE;
        };
    }

    boolean given() {
        return this != NONE;
    }
}
