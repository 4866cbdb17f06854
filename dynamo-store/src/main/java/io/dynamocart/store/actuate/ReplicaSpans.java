package io.dynamocart.store.actuate;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.Locale;

/**
 * Makes a span of each traced request that another node has asked of this one, below that of the client's request
 * there.
 */
public final class ReplicaSpans implements NodeEvent.Listener {

    private final Tracer tracer;
    private final NodeId self;

    public ReplicaSpans(Tracer tracer, NodeId self) {
        this.tracer = tracer;
        this.self = self;
    }

    @Override
    public void on(NodeEvent event) {
        if (event instanceof NodeEvent.TracedAnswered answered) {
            Span.Builder span = tracer.spanBuilder()
                    .setParent(TraceParents.contextOf(answered.trace(), tracer))
                    .name(answered.asked())
                    .kind(Span.Kind.SERVER)
                    .tag("dynamo.node", self.name())
                    .tag("dynamo.outcome", answered.outcome().name().toLowerCase(Locale.ROOT));
            PastSpan.end(span, answered.nanos());
        }
    }
}
