package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replies that one request waits for. Once it is over they lead nowhere: {@link Calls} wait much longer for a peer
 * that is silent, and must not keep what was read or written in memory for as long. Not thread-safe.
 */
final class OpenReplies {

    private final List<Open<?>> open = new ArrayList<>(4);

    private static final class Open<T> implements Reply<T> {
        private @Nullable Reply<T> reply;

        Open(Reply<T> reply) {
            this.reply = reply;
        }

        @Override
        public void accept(Moment now, T outcome) {
            Reply<T> present = reply;
            if (present != null) {
                present.accept(now, outcome);
            }
        }
    }

    /** A reply that passes the outcome on to {@code reply} until the {@link #end}, and to nobody after it. */
    <T> Reply<T> untilEnd(Reply<T> reply) {
        Open<T> added = new Open<>(reply);
        open.add(added);
        return added;
    }

    /** Ends all replies: nobody waits for them any more. */
    void end() {
        open.forEach(each -> each.reply = null);
        open.clear();
    }
}
