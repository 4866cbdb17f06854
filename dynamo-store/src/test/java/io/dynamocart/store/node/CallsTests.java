package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.node.Calls.Outcome.Lost;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.runtime.Await;
import io.dynamocart.store.version.Key;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests to peers: whose response is whose, and what silence and lost links mean. Times in milliseconds. */
class CallsTests {

    private static final long MS = 1_000_000;
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final List<String> sent = new ArrayList<>();
    private boolean tooLong;
    private final List<String> heard = new ArrayList<>();
    private final List<NodeEvent> events = new ArrayList<>();
    private final Timers timers = new Timers();
    private final FailureDetector detector = new FailureDetector(
            new FailureDetector.Settings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1)));
    private final Calls calls = new Calls(new Wire(), detector, timers, events::add, 100);

    CallsTests() {
        detector.onLinkUp(B);
        detector.onLinkUp(C);
    }

    @Test
    void everyRequestHasANumberOfItsOwn() {
        call(0, B);
        call(0, C);

        assertThat(sent).containsExactly("101 to b", "102 to c");
    }

    @Test
    void aResponseGoesToWhoeverAskedOnce() {
        call(0, B);
        respond(5, B, 101);
        respond(6, B, 101);

        assertThat(heard).containsExactly("101 answered");
    }

    @Test
    void aResponseThatNobodyWaitsForIsIgnored() {
        call(0, B);
        respond(5, B, 100);
        respond(5, C, 101);

        assertThat(heard).isEmpty();
    }

    @Test
    void withoutALinkNothingIsSentAndTheCallerKnowsThatAtOnce() {
        detector.onLinkDown(B);
        call(0, B);

        assertThat(sent).isEmpty();
        assertThat(heard).containsExactly("lost, never sent");
    }

    @Test
    void aRequestThatIsTooLongIsLostAtOnceAndItsPeerIsNotSuspected() {
        tooLong = true;
        call(0, B);
        assertThat(heard).containsExactly("lost, never sent");

        respond(5, B, 101);
        timers.run(at(200));
        calls.onLinkDown(at(300), B);
        assertThat(heard).hasSize(1);
        assertThat(events).isEmpty();
        assertThat(detector.isTrusted(B)).isTrue();
    }

    @Test
    void whenALinkGoesDownItsRequestsAreLostThoughTheyMayHaveBeenCarriedOut() {
        call(0, B);
        call(0, C);
        calls.onLinkDown(at(5), B);
        respond(6, B, 101);
        respond(6, C, 102);

        assertThat(heard).containsExactly("lost, perhaps carried out", "102 answered");
    }

    @Test
    void theTimeOfAnAnswerIsWhatThePeerUsuallyTakes() {
        for (long i = 0; i < 1_000; i++) {
            call(10 * i, B);
            respond(10 * i + 3, B, 101 + i);
        }

        assertThat(detector.usually(B)).isBetween(2 * MS, 4 * MS);
    }

    @Test
    void thatAPeerTakesNoPartYetIsNoQuickAnswer() {
        for (long i = 0; i < 1_000; i++) {
            call(20 * i, B);
            respond(20 * i + 10, B, 101 + 2 * i);
            call(20 * i + 10, B);
            calls.onResponse(
                    at(20 * i + 10), B, new Message.Refused(102 + 2 * i, Message.Refusal.NOT_READY, "starting"));
        }

        assertThat(heard).hasSize(2_000);
        assertThat(detector.usually(B)).isBetween(9 * MS, 12 * MS);
    }

    @Test
    void aPeerThatIsSilentIsSuspectedAndThatIsToldOnce() {
        call(0, B);
        call(50, B);
        timers.run(at(199));
        assertThat(detector.isTrusted(B)).isTrue();

        timers.run(at(200));
        timers.run(at(250));
        assertThat(detector.isTrusted(B)).isFalse();
        assertThat(events).containsExactly(new NodeEvent.PeerSuspected(B));
    }

    @Test
    void aPeerThatAnsweredIsNotSuspected() {
        call(0, B);
        respond(150, B, 101);
        timers.run(at(200));

        assertThat(detector.isTrusted(B)).isTrue();
        assertThat(events).containsExactly(new NodeEvent.PeerAnswered(B, 150 * MS));
    }

    @Test
    void aLateAnswerIsStillAnAnswerAndEndsTheSuspicion() {
        call(0, B);
        timers.run(at(200));
        respond(29_000, B, 101);

        assertThat(heard).containsExactly("101 answered");
        assertThat(detector.isTrusted(B)).isTrue();
    }

    @Test
    void anAnswerAfterHalfAMinuteIsNotWaitedForAnyMore() {
        call(0, B);
        timers.run(at(200));
        timers.run(at(30_000));
        respond(30_001, B, 101);

        assertThat(heard).isEmpty();
    }

    @Test
    void wantsToBeWokenForTheNextThatMayBecomeLate() {
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
        call(10, B);
        call(40, C);
        assertThat(timers.next()).isEqualTo(210 * MS);

        timers.run(at(210));
        assertThat(timers.next()).isEqualTo(240 * MS);
        timers.run(at(240));
        assertThat(timers.next()).as("to forget the first").isEqualTo(30_010 * MS);
    }

    @Test
    void aLongAnswerToARequestWithoutHurrySaysNothingOfThePeer() {
        callWithoutHurry(0, B);
        timers.run(at(200));
        respond(20_000, B, 101);

        assertThat(heard).containsExactly("101 answered");
        assertThat(events).isEmpty();
        assertThat(detector.usually(B)).isLessThan(1_000 * MS);
    }

    @Test
    void aRequestWithoutHurryIsForgottenInTheEnd() {
        callWithoutHurry(0, B);
        assertThat(timers.next()).isEqualTo(30_000 * MS);

        timers.run(at(30_000));
        respond(30_001, B, 101);

        assertThat(heard).isEmpty();
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
    }

    /** One that was answered is remembered for as long as another, for the order of time; who asked is not. */
    @Test
    void whoeverWasToldIsForgottenAtOnce() {
        WeakReference<List<Outcome>> asked = new WeakReference<>(askUnhurried());
        assertThat(asked.refersTo(null)).isFalse();
        respond(5, B, 101);

        Await.until("whoever asked is forgotten", () -> {
            System.gc();
            return asked.refersTo(null);
        });
    }

    private List<Outcome> askUnhurried() {
        List<Outcome> told = new ArrayList<>();
        calls.callWithoutHurry(
                at(0), B, number -> new ReplicaGet(number, Key.of("k")), (_, outcome) -> told.add(outcome));
        return told;
    }

    private void call(long millis, NodeId peer) {
        calls.call(at(millis), peer, number -> new ReplicaGet(number, Key.of("k")), this::hear);
    }

    private void callWithoutHurry(long millis, NodeId peer) {
        calls.callWithoutHurry(at(millis), peer, number -> new ReplicaGet(number, Key.of("k")), this::hear);
    }

    private void hear(Moment now, Outcome outcome) {
        heard.add(
                switch (outcome) {
                    case Answered(Message.Response response) -> response.number() + " answered";
                    case Lost(boolean unsent) -> "lost, " + (unsent ? "never sent" : "perhaps carried out");
                });
    }

    private void respond(long millis, NodeId from, long number) {
        calls.onResponse(at(millis), from, new ReplicaPutReply(number));
    }

    private static Moment at(long millis) {
        return new Moment(millis * MS, Instant.EPOCH);
    }

    private final class Wire implements Transport {
        @Override
        public void link(String address) {}

        @Override
        public void unlink(String address) {}

        @Override
        public boolean send(NodeId to, Message message) {
            sent.add(((Message.Request) message).number() + " to " + to);
            return !tooLong;
        }
    }
}
