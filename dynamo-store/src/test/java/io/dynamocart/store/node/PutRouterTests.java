package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.fastest;
import static io.dynamocart.store.node.NodeScript.problem;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.CoordinatePutReply;
import io.dynamocart.store.message.Message.OutcomeUnknown;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.InvalidContextException;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Node a takes puts to a coordinator: itself or, where the context says that it answers faster, c. */
class PutRouterTests {

    private static final WriteOptions ONCE = WriteOptions.of(3, 2, Duration.ofSeconds(1));
    private static final WriteOptions REPEATABLE = ONCE.withRepeatable(true);
    private static final Context NOTHING_SEEN = Context.none(NodeScript.KEY);

    private final NodeScript a = NodeScript.amongThree();

    @Test
    void theNodeThatAnsweredTheLastReadFastestCoordinates() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        CoordinatePut asked = a.sent("c", CoordinatePut.class);
        assertThat(asked.homes()).isEqualTo(3);
        assertThat(asked.acknowledgements()).isEqualTo(2);
        assertThat(asked.timeout()).as("its answer usually takes 10 ms").isEqualTo(Duration.ofMillis(990));

        a.receive("c", acknowledged(asked, "c"));
        assertThat(result(put).dot()).isEqualTo(dotOf("c"));
        assertThat(result(put).homeReplicas()).isEqualTo(2);
    }

    @Test
    void withoutThatThisNodeCoordinatesAndLetsTheVersionOutOnlyWhenItIsDurable() {
        CompletableFuture<PutResult> put = a.put(NOTHING_SEEN, ONCE);
        a.sentNothing();
        a.settle();

        ReplicaPut toOne = a.sent("b", ReplicaPut.class);
        a.receive("b", new ReplicaPutReply(toOne.number()));
        assertThat(result(put).dot().actor().node()).isEqualTo("a");
        assertThat(result(put).dot())
                .isEqualTo(toOne.versions().list().getFirst().dot());
    }

    @Test
    void itsClientHasThenSeenWhatItHadSeenBeforeAndThePut() {
        Dot before = dotOf("b");
        Context context = new Context(NodeScript.KEY, Clock.of(before), Clock.empty(), "c");
        CompletableFuture<PutResult> put = a.put(context, ONCE);
        a.receive("c", acknowledged(a.sent("c", CoordinatePut.class), "c"));

        assertThat(result(put).context().clock()).isEqualTo(Clock.of(before, dotOf("c")));
    }

    @Test
    void aCoordinatorThatRefusesIsFollowedByTheNext() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        a.receive("c", refused(a.sent("c", CoordinatePut.class), Refusal.DISK_FAILED));
        a.settle();

        ReplicaPut replicated = a.sent("b", ReplicaPut.class);
        a.receive("b", new ReplicaPutReply(replicated.number()));
        assertThat(result(put).dot().actor().node()).isEqualTo("a");
    }

    @Test
    void aCoordinatorThatCannotBeReachedIsNotTriedFirst() {
        CompletableFuture<PutResult> _ = a.linkDown("c").put(fastest("c"), ONCE);
        a.settle();

        a.sent("b", ReplicaPut.class);
        a.sentNothing();
    }

    @Test
    void anUnansweredPutIsNotRepeated() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        a.sent("c", CoordinatePut.class);

        a.at(999).settle().sentNothing();
        assertThat(put).isNotDone();
        a.at(1000);
        assertThat(problem(put, StoreException.OutcomeUnknown.class).acknowledged())
                .isEmpty();
    }

    @Test
    void unlessTheApplicationRecognisesRepetitions() {
        CompletableFuture<PutResult> _ = a.put(fastest("c"), REPEATABLE);
        a.sent("c", CoordinatePut.class);
        a.at(199).settle().sentNothing();

        a.at(200).settle();
        a.sent("b", ReplicaPut.class);
    }

    @Test
    void soItIsWhereThisNodeCoordinatesAndItsDiskStandsStill() {
        CompletableFuture<PutResult> put = a.put(NOTHING_SEEN, REPEATABLE);
        a.at(199).sentNothing();
        a.at(200);
        a.receive("b", acknowledged(a.sent("b", CoordinatePut.class), "c"));

        assertThat(result(put).dot()).isEqualTo(dotOf("c"));
    }

    /** A disk that is only late may still be in time, and is the last that is left. */
    @Test
    void whoeverWasGivenUpIsWaitedForWhereNobodyElseCanBeAsked() {
        CompletableFuture<PutResult> put = a.put(NOTHING_SEEN, REPEATABLE.withW(1));
        a.linkDown("b");
        a.linkDown("c");
        a.at(200);
        assertThat(put).isNotDone();

        a.at(250).settle();
        assertThat(result(put).homeReplicas()).isEqualTo(1);
    }

    @Test
    void notWhereTheVersionIsOnThatDiskAndOthersAreWaitedFor() {
        CompletableFuture<PutResult> _ = a.put(NOTHING_SEEN, REPEATABLE);
        a.settle();
        a.sent("b", ReplicaPut.class);
        a.sent("c", ReplicaPut.class);

        a.at(999).sentNothing();
    }

    @Test
    void norWhereThePutMustNotBeRepeated() {
        CompletableFuture<PutResult> _ = a.put(NOTHING_SEEN, ONCE);

        a.at(999).sentNothing();
    }

    @Test
    void aNodeWhoseOwnDiskStandsStillCoordinatesNothingWhileAnotherCan() {
        CompletableFuture<PutResult> _ = a.put(NOTHING_SEEN, ONCE);
        a.at(199);
        CompletableFuture<PutResult> _ = a.put(fastest("a"), ONCE);
        a.at(200).sentNothing();

        CompletableFuture<PutResult> _ = a.put(fastest("a"), ONCE);
        a.sent("b", CoordinatePut.class);
        a.settle();
        a.sent("b", ReplicaPut.class);
        a.sent("b", ReplicaPut.class);
        CompletableFuture<PutResult> _ = a.put(fastest("a"), ONCE);
        a.sentNothingTo("b");
    }

    @Test
    void itDoesWhereNoOtherIsBelievedHealthy() {
        CompletableFuture<PutResult> _ = a.put(NOTHING_SEEN, ONCE.withW(1));
        a.at(200).linkDown("b").linkDown("c");
        CompletableFuture<PutResult> put = a.put(NOTHING_SEEN, ONCE.withW(1));
        a.settle();

        assertThat(result(put).dot().actor().node()).isEqualTo("a");
    }

    @Test
    void butNoMoreOftenThanTheBudgetForRetriesAllows() {
        List<CompletableFuture<PutResult>> puts = IntStream.range(0, 1_200)
                .mapToObj(i -> Key.of("cart-" + i))
                .map(this::repeatableFirstAskedOfC)
                .toList();
        a.at(200).settle().at(1_000);

        assertThat(puts).filteredOn(PutRouterTests::isKnownOfNobody).hasSize(200);
    }

    private CompletableFuture<PutResult> repeatableFirstAskedOfC(Key key) {
        CompletableFuture<PutResult> answer = new CompletableFuture<>();
        Context context = new Context(key, Clock.empty(), Clock.empty(), "c");
        a.node.put(a.moment(), key, context, Value.of("milk"), REPEATABLE, answer);
        return answer;
    }

    private static boolean isKnownOfNobody(CompletableFuture<PutResult> put) {
        return put.isCompletedExceptionally()
                && put.exceptionNow() instanceof StoreException.OutcomeUnknown unknown
                && unknown.acknowledged().isEmpty();
    }

    @Test
    void aPutWhoseCoordinatorIsLostIsUnknownAtOnce() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        a.linkDown("c");

        problem(put, StoreException.OutcomeUnknown.class);
    }

    @Test
    void aRepeatableOneGoesToTheNext() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), REPEATABLE);
        a.sent("c", CoordinatePut.class);
        a.linkDown("c").settle();

        assertThat(put).isNotDone();
        a.sent("b", ReplicaPut.class);
    }

    @Test
    void aCoordinatorThatWasGivenUpMayStillBringSuccess() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), REPEATABLE);
        CoordinatePut asked = a.sent("c", CoordinatePut.class);
        a.at(200);
        a.receive("c", acknowledged(asked, "c"));

        assertThat(result(put).dot()).isEqualTo(dotOf("c"));
    }

    @Test
    void butNoFailure() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), REPEATABLE);
        CoordinatePut asked = a.sent("c", CoordinatePut.class);
        a.at(200).settle();
        ReplicaPut replicated = a.sent("b", ReplicaPut.class);
        a.receive("c", new OutcomeUnknown(asked.number(), 2, List.of()));
        assertThat(put).isNotDone();

        a.receive("b", new ReplicaPutReply(replicated.number()));
        assertThat(result(put).dot().actor().node()).isEqualTo("a");
    }

    @Test
    void aCoordinatorsUnknownIsTheAnswer() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        CoordinatePut asked = a.sent("c", CoordinatePut.class);
        a.receive("c", new OutcomeUnknown(asked.number(), 2, List.of(new NodeId("c"))));

        StoreException.OutcomeUnknown problem = problem(put, StoreException.OutcomeUnknown.class);
        assertThat(problem.needed()).isEqualTo(2);
        assertThat(problem.acknowledged()).containsExactly("c");
    }

    @Test
    void soItIsWhenThisNodeCoordinatesAndTimeIsUp() {
        CompletableFuture<PutResult> put = a.put(NOTHING_SEEN, ONCE);
        a.settle().at(998);
        assertThat(put).isNotDone();

        a.at(1000);
        assertThat(problem(put, StoreException.OutcomeUnknown.class).acknowledged())
                .containsExactly("a");
    }

    @Test
    void alsoWhenItDoesSoAfterAnotherThatRefused() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        a.at(150).receive("c", refused(a.sent("c", CoordinatePut.class), Refusal.NOT_READY));
        a.settle().at(1000);

        assertThat(problem(put, StoreException.OutcomeUnknown.class).acknowledged())
                .containsExactly("a");
    }

    @Test
    void whereEveryCoordinatorRefusedNothingWasStored() {
        a.linkDown("b");
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE.withW(3));
        a.receive("c", refused(a.sent("c", CoordinatePut.class), Refusal.TOO_FEW_REPLICAS));
        a.settle().sentNothing();

        assertThat(problem(put, StoreException.TooFewReplicas.class).needed()).isEqualTo(3);
    }

    @Test
    void whereOneBeforeWasSilentItIsNotCertain() {
        a.linkDown("b");
        CompletableFuture<PutResult> put = a.put(fastest("c"), REPEATABLE.withW(3));
        a.at(200);
        assertThat(put).as("it may still do it").isNotDone();

        a.at(1000);
        problem(put, StoreException.OutcomeUnknown.class);
    }

    @Test
    void tooManyVersionsAreTheClientsToMergeWhoeverCoordinates() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        a.receive("c", refused(a.sent("c", CoordinatePut.class), Refusal.TOO_MANY_VERSIONS));

        problem(put, StoreException.TooManyVersions.class);
        a.sentNothing();
    }

    @Test
    void unlessOneBeforeWasSilentWhichMayHaveBroughtTheLastOfThem() {
        CompletableFuture<PutResult> put = a.put(NOTHING_SEEN, REPEATABLE);
        a.at(200);
        a.receive("b", refused(a.sent("b", CoordinatePut.class), Refusal.TOO_MANY_VERSIONS));
        assertThat(put).as("the first may still have done it").isNotDone();

        a.at(1000);
        problem(put, StoreException.OutcomeUnknown.class);
    }

    @Test
    void onlyReplicasThatTakePartCoordinateAndTheNextHasTheTimeThatIsLeft() {
        WriteOptions ofTwo = WriteOptions.of(2, 1, Duration.ofSeconds(1));
        CompletableFuture<PutResult> put = a.put(fastest("a"), ofTwo);
        CoordinatePut first = a.sent("b", CoordinatePut.class);
        a.at(150).receive("b", refused(first, Refusal.NOT_READY));

        CoordinatePut second = a.sent("c", CoordinatePut.class);
        assertThat(second.timeout()).isEqualTo(Duration.ofMillis(840));
        a.receive("c", refused(second, Refusal.NOT_READY));
        a.settle();
        assertThat(result(put).homeReplicas()).isZero();
        assertThat(result(put).standIns())
                .as("this node, for want of a better one")
                .isEqualTo(1);
    }

    @Test
    void aContextThatNamesWhatIsNoNodeNamesNobody() {
        CompletableFuture<PutResult> put = a.put(fastest("no such node!"), ONCE);
        a.settle();
        a.receive("b", new ReplicaPutReply(a.sent("b", ReplicaPut.class).number()));

        assertThat(result(put).dot().actor().node()).isEqualTo("a");
    }

    @Test
    void aCoordinatorThatAnswersSomethingElseLeavesItUnknown() {
        CompletableFuture<PutResult> put = a.put(fastest("c"), ONCE);
        a.receive("c", new ReplicaPutReply(a.sent("c", CoordinatePut.class).number()));

        problem(put, StoreException.OutcomeUnknown.class);
    }

    @Test
    void aContextOfAnotherKeyIsRefused() {
        CompletableFuture<PutResult> put = a.put(Context.none(Key.of("another")), ONCE);

        assertThat(put).isCompletedExceptionally();
        assertThat(put.exceptionNow()).isInstanceOf(InvalidContextException.class);
    }

    private static CoordinatePutReply acknowledged(CoordinatePut put, String coordinator) {
        List<NodeId> homes = List.of(new NodeId(coordinator), new NodeId("b"));
        return new CoordinatePutReply(put.number(), dotOf(coordinator), homes, List.of());
    }

    private static Refused refused(CoordinatePut put, Refusal why) {
        return new Refused(put.number(), why, "a test says so");
    }
}
