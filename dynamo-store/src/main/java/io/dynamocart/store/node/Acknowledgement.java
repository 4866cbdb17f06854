package io.dynamocart.store.node;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.node.Calls.Outcome.Answered;

/** What a node said of versions that it was sent. */
enum Acknowledgement {
    ON_DISK,

    /** In memory, on their way to its disk. */
    IN_BUFFER,

    /** Nothing, or that it could not take them. */
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
