package io.dynamocart.store.node;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Storage;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Writes the number of this node's incarnation to its disk when it starts, and lets it take part only then: no two
 * nodes must ever be known by the same. Not thread-safe.
 */
final class IncarnationRecorder {

    private final boolean alreadyDurable;
    private final Member member;
    private final Storage storage;
    private final Duration retryAfter;
    private final Consumer<Moment> takePart;
    private final Timers.Timer retry;

    /** @param saved what was on disk at the start */
    IncarnationRecorder(NodeCore node, SavedState saved, Consumer<Moment> takePart) {
        this.alreadyDurable = saved.incarnation().isPresent();
        this.member = node.member;
        this.storage = node.storage;
        this.retryAfter = node.settings.gossipEvery();
        this.takePart = takePart;
        this.retry = node.timers.timer(this::start);
    }

    void start(Moment now) {
        if (alreadyDurable) {
            takePart.accept(now);
            return;
        }
        storage.writeNote(SavedState.INCARNATION_NOTE, SavedState.incarnationNote(member.number()), (then, outcome) -> {
            if (outcome instanceof Storage.WriteOutcome.Committed) {
                takePart.accept(then);
            } else {
                retry.setIn(then, retryAfter);
            }
        });
    }
}
