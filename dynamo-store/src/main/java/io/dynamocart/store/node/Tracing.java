package io.dynamocart.store.node;

import io.dynamocart.store.CallListener;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.trace.TraceParent;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The trace of what another node asks of this one. It goes on to the nodes that this one asks in turn; their calls are
 * told to nobody, since they tell of themselves.
 */
record Tracing(TraceParent trace) implements CallListener {

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    @Override
    public void onEnd(String node, Duration took, Ending ending) {}

    /**
     * The event that is told of a request once it is answered: "replica put" of a {@link Message.ReplicaPut}, and no
     * key.
     */
    NodeEvent answered(Message.Request asked, long nanos, Message answer) {
        String kind = NEXT_WORD.matcher(asked.getClass().getSimpleName()).replaceAll(" ");
        return new NodeEvent.TracedAnswered(trace, kind.toLowerCase(Locale.ROOT), nanos, outcome(answer));
    }

    private static Outcome outcome(Message answer) {
        return switch (answer) {
            case Message.Refused _ -> Outcome.FAILED;
            case Message.OutcomeUnknown _ -> Outcome.UNKNOWN;
            default -> Outcome.SUCCEEDED;
        };
    }
}
