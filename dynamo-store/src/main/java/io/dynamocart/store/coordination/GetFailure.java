package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;
import java.util.List;

/**
 * Why a read failed.
 *
 * @param needed how many answers it needed
 * @param answered who answered
 * @param notCovered whether there were enough, and they did not hold all that the reader had seen before
 */
public record GetFailure(int needed, List<NodeId> answered, boolean notCovered) {

    public GetFailure {
        answered = List.copyOf(answered);
    }
}
