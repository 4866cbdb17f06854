package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.fastest;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.HintGet;
import io.dynamocart.store.message.Message.HintPut;
import io.dynamocart.store.message.Message.OutcomeUnknown;
import io.dynamocart.store.message.Message.Ping;
import io.dynamocart.store.message.Message.Pong;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.message.Message.Request;
import io.dynamocart.store.message.Message.Traced;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.node.NodeEvent.TracedAnswered;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A trace goes with what is asked for a client, from node to node, and each that is asked tells of it. */
class TracedRequestsTests {

    private static final long MS = 1_000_000;
    private static final TraceParent TRACE = new TraceParent(1, 2, 3);
    private static final Versions MILK =
            Versions.of(new Version(dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    private final NodeScript a = NodeScript.amongThree();

    @Test
    void theReplicasThatAReadAsksAreToldOfItsTrace() {
        CompletableFuture<?> _ =
                a.get(a.settings.read().withListener(new Tracing(TRACE)).withEveryReplica());

        asked("b", ReplicaGet.class);
        asked("c", ReplicaGet.class);
    }

    @Test
    void andThoseThatAWriteGoesTo() {
        CompletableFuture<?> _ = a.put(Context.none(KEY), a.settings.write().withListener(new Tracing(TRACE)));
        a.settle();

        asked("b", ReplicaPut.class);
        asked("c", ReplicaPut.class);
    }

    @Test
    void andWhoeverCoordinatesItAndThoseWhomThatOneAsks() {
        CompletableFuture<?> _ = a.put(fastest("c"), a.settings.write().withListener(new Tracing(TRACE)));
        CoordinatePut put = asked("c", CoordinatePut.class);

        a.receive("b", new Traced(TRACE, put)).settle();
        asked("b", ReplicaPut.class);
        asked("c", ReplicaPut.class);
    }

    @Test
    void whatIsRepairedAfterAReadIsNoPartOfIt() {
        CompletableFuture<?> _ =
                a.get(a.settings.read().withListener(new Tracing(TRACE)).withEveryReplica());
        a.settle();
        a.receive("b", new ReplicaGetReply(asked("b", ReplicaGet.class).number(), MILK, Instant.EPOCH));
        a.receive("c", new ReplicaGetReply(asked("c", ReplicaGet.class).number(), Versions.none(), Instant.EPOCH));
        a.at(100);

        a.sent("c", ReplicaPut.class);
    }

    @Test
    void withoutATraceNobodyIsToldOfOne() {
        CompletableFuture<?> _ = a.get(a.settings.read());
        a.sent("b", ReplicaGet.class);
        CompletableFuture<?> _ = a.put(Context.none(KEY), a.settings.write());
        a.settle();
        a.sent("b", ReplicaPut.class);

        a.receive("b", new ReplicaGet(1, KEY)).sent("b", ReplicaGetReply.class);
        assertThat(a.events).doesNotHaveAnyElementsOfTypes(TracedAnswered.class);
    }

    @Test
    void aNodeThatIsAskedTellsHowLongItTookToAnswer() {
        a.at(100).receive("b", new Traced(TRACE, new ReplicaPut(1, KEY, MILK)));
        a.at(107);
        assertThat(a.events).doesNotHaveAnyElementsOfTypes(TracedAnswered.class);

        a.settle().sent("b", ReplicaPutReply.class);
        assertThat(a.events).contains(new TracedAnswered(TRACE, "replica put", 7 * MS, Outcome.SUCCEEDED));
    }

    @Test
    void alsoOfWhatItRefuses() {
        a.finds(KEY, MILK).forgetWhatIsInMemory().rotWhatIsOnDisk();
        a.receive("b", new Traced(TRACE, new ReplicaGet(1, KEY))).settle();

        assertThat(a.sent("b", Refused.class).why()).isEqualTo(Refusal.DAMAGED);
        assertThat(a.events).contains(new TracedAnswered(TRACE, "replica get", 0, Outcome.FAILED));
    }

    @Test
    void alsoWhereTheAnswerIsTooLongToBeGiven() {
        a.isTooLong(ReplicaGetReply.class).receive("b", new Traced(TRACE, new ReplicaGet(1, KEY)));
        a.settle();

        assertThat(a.sent("b", Refused.class).why()).isEqualTo(Refusal.TOO_MANY_VERSIONS);
        assertThat(a.events).contains(new TracedAnswered(TRACE, "replica get", 0, Outcome.FAILED));
    }

    @Test
    void aCoordinatorTellsWhatCameOfTheWrite() {
        Duration timeout = Duration.ofMillis(500);
        CoordinatePut put = new CoordinatePut(1, KEY, Context.none(KEY), Value.of("milk"), 3, 2, true, timeout);
        a.receive("b", new Traced(TRACE, put)).settle();
        asked("b", ReplicaPut.class);
        a.at(600).sent("b", OutcomeUnknown.class);

        assertThat(a.events).contains(new TracedAnswered(TRACE, "coordinate put", 500 * MS, Outcome.UNKNOWN));
    }

    @Test
    void whatIsKeptForOthersIsToldByItsName() {
        a.receive("b", new Traced(TRACE, new HintPut(1, new NodeId("c"), KEY, MILK)));
        a.receive("b", new Traced(TRACE, new HintGet(2, KEY, null))).settle();

        assertThat(a.events)
                .contains(new TracedAnswered(TRACE, "hint put", 0, Outcome.SUCCEEDED))
                .contains(new TracedAnswered(TRACE, "hint get", 0, Outcome.SUCCEEDED));
    }

    @Test
    void aPeerMayPutAnythingIntoATrace() {
        a.receive("b", new Traced(TRACE, new Ping(7)));

        assertThat(a.sent("b", Pong.class).number()).isEqualTo(7);
    }

    /** What a node was asked last, within the trace. */
    private <T extends Request> T asked(String node, Class<T> kind) {
        Traced traced = a.sent(node, Traced.class);
        Message request = traced.request();
        assertThat(traced.trace()).isEqualTo(TRACE);
        assertThat(request).isInstanceOf(kind);
        return kind.cast(request);
    }
}
