package io.dynamocart.store.reaping;

import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.Reap.Stage;
import io.dynamocart.store.ring.NodeId;
import java.util.List;

/** A step that a {@link Reaping} wants done next. */
public sealed interface Step {

    /** Ask that member, and pass on for which of the keys it agrees, or that it did not answer. */
    record Ask(NodeId member, Stage stage, List<KeyDigest> versions) implements Step {}

    /** The reaping is over. What was not removed is found again later. */
    record Finish() implements Step {}
}
