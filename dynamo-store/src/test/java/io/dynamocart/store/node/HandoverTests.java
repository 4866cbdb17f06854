package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.incarnation;
import static io.dynamocart.store.node.NodeScript.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.PlanId;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.CoordinatePutReply;
import io.dynamocart.store.message.Message.Gossip;
import io.dynamocart.store.message.Message.JoiningPut;
import io.dynamocart.store.message.Message.ListRange;
import io.dynamocart.store.message.Message.RangeListing;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.Release;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Node a, home replica of the key, gives its place to d. Whoever still counts it, and whoever counts d already, must not
 * miss each other: so it says that it has stopped only when that is true (D13).
 */
class HandoverTests {

    private static final List<Member> MEMBERS = List.of(member("a"), member("b"), member("c"));
    private static final MembershipHistory BORN = new MembershipHistory(new Founding(16, 3, MEMBERS));

    private final Plan plan = plan();
    private final Partition partition = plan.to().partitionOf(KEY);
    private final NodeScript a = NodeScript.withHistory(NodeScript.committed(BORN, plan));
    private long now;

    HandoverTests() {
        a.linkUp("b").linkUp("c").linkUp("d");
    }

    @Test
    void answersAndCountsAsLongAsNobodyAsksItToStop() {
        a.receive("b", new ReplicaPut(1, KEY, Versions.none())).settle();

        assertThat(a.sent("b", ReplicaPutReply.class).number()).isEqualTo(1);
    }

    @Test
    void onceAskedItTakesNothingAsAHomeReplicaAndSaysSoToAll() {
        a.receive("d", new Release(plan.id(), List.of(partition))).settle();

        assertThat(released()).isTrue();
        assertThat(a.node.history().ring().orElseThrow().preferenceList(KEY).home())
                .isEqualTo(NodeScript.nodes("b", "c"));
        a.receive("b", new ReplicaPut(1, KEY, Versions.none()));
        a.receive("b", new ReplicaGet(2, KEY));
        a.receive("b", coordinatePut(3));
        for (int number = 1; number <= 3; number++) {
            assertThat(a.sent("b", Refused.class))
                    .extracting(Refused::number, Refused::why)
                    .containsExactly((long) number, Refusal.NOT_HOME);
        }
        assertThat(a.gossipedWith).as("tells who counts it still").contains("b");
    }

    @Test
    void itHasNotStoppedBeforeItsOwnPutsHaveEnded() {
        a.receive("b", coordinatePut(1)).settle();
        a.receive("d", new Release(plan.id(), List.of(partition))).settle();
        assertThat(released()).as("this put may still count it").isFalse();

        ReplicaPut replicated = a.sent("c", ReplicaPut.class);
        a.receive("c", new ReplicaPutReply(replicated.number())).settle();
        assertThat(a.sent("d", JoiningPut.class).key()).isEqualTo(KEY);
        a.sent("b", ReplicaPut.class);
        assertThat(a.sent("b", CoordinatePutReply.class).homes())
                .contains(member("a").id());
        assertThat(released()).isTrue();
    }

    @Test
    void norBeforeWhatItWasGivenIsAcknowledged() {
        a.receive("b", new ReplicaPut(1, KEY, versions()));
        a.receive("d", new Release(plan.id(), List.of(partition)));
        assertThat(released()).isFalse();

        a.settle();
        assertThat(a.sent("b", ReplicaPutReply.class).number()).isEqualTo(1);
        assertThat(released()).isTrue();
    }

    /** Else nothing would be released any more, and no later plan stored: each waits for the end of older requests. */
    @Test
    void anAnswerThatCannotBeSentIsNotWaitedForEither() {
        a.receive("b", new ReplicaPut(1, KEY, versions()));
        a.receive("d", new Release(plan.id(), List.of(partition)));
        a.failToSendOnce();

        assertThatThrownBy(a::settle).hasMessage("nothing can be sent");
        a.settle();
        assertThat(released()).isTrue();
    }

    /** It was joining, for all that the sender knew, who gives up a hint for it now. */
    @Test
    void norBeforeWhatItWasGivenAsOneThatIsJoiningIs() {
        a.forgetWhatIsInMemory().receive("b", new JoiningPut(1, KEY, versions()));
        a.receive("d", new Release(plan.id(), List.of(partition)));
        a.settleNext().settleNext();
        assertThat(released()).as("it has only been read and written").isFalse();

        a.settle();
        assertThat(a.sent("b", ReplicaPutReply.class).number()).isEqualTo(1);
        assertThat(released()).isTrue();
    }

    /** The put began after the first question, so what was said to that must not answer the second. */
    @Test
    void norForAPartitionOfWhichPutsAreOpenWhenAnEarlierOneIsReleased() {
        Key other = keyOfAnotherPartition();
        a.receive("b", coordinatePut(1, KEY)).settle();
        a.receive("d", new Release(plan.id(), List.of(partition)));
        a.receive("b", coordinatePut(2, other)).settle();
        a.receive("d", new Release(plan.id(), List.of(plan.to().partitionOf(other))));

        acknowledgeNext();
        assertThat(released()).isTrue();
        assertThat(released(plan.to().partitionOf(other))).isFalse();

        acknowledgeNext();
        assertThat(released(plan.to().partitionOf(other))).isTrue();
    }

    @Test
    void whatSomebodyAskedUnderAnEarlierPlanChangesNothing() {
        a.receive("b", coordinatePut(1)).settle();
        a.receive("d", new Release(plan.id(), List.of(partition)));
        Partition another = plan.to().partitionOf(keyOfAnotherPartition());
        a.receive("d", new Release(new PlanId(plan.id().number() - 1, plan.id().author()), List.of(another)));

        a.receive("b", new ReplicaPut(2, KEY, Versions.none())).settle();
        assertThat(a.sent("b", ReplicaPut.class)).as("of the put that is open").isNotNull();
        assertThat(a.sent("b", Refused.class).why()).isEqualTo(Refusal.NOT_HOME);
    }

    private void acknowledgeNext() {
        a.receive("c", new ReplicaPutReply(a.sent("c", ReplicaPut.class).number()))
                .settle();
    }

    private Key keyOfAnotherPartition() {
        return IntStream.range(0, 100)
                .mapToObj(i -> Key.of("another-" + i))
                .filter(key -> !plan.to().partitionOf(key).equals(partition))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stopsForThatPartitionAlone() {
        a.receive("b", new Release(plan.id(), List.of(new Partition((partition.index() + 1) % 16))))
                .settle();

        a.receive("b", new ReplicaPut(1, KEY, Versions.none())).settle();
        assertThat(a.sent("b", ReplicaPutReply.class).number()).isEqualTo(1);
    }

    /** Where one replica answers a read, and all have acknowledged the write, the two others are not enough. */
    @Test
    void whatItHasItKeepsUntilTheNewHomeHasCopiedItAndThenBringsItToAll() {
        a.finds(KEY, versions());
        a.receive("d", new Release(plan.id(), List.of(partition)));
        confirmAllUntil(30_000, "b", "c");

        a.receive("d", new ListRange(1, plan.to().rangeOf(partition), null)).settle();
        assertThat(a.sent("d", RangeListing.class).entries())
                .extracting(KeyDigest::key)
                .containsExactly(KEY);
        assertThat(a.events).doesNotContain(new NodeEvent.LeftoverDelivered(KEY));

        MembershipHistory takenOver =
                a.node.history().takeOver(plan.id(), member("d").incarnation(), List.of(partition));
        a.receive("d", new Gossip(member("d"), false, takenOver));
        confirmAllUntil(60_000, "b", "c", "d");
        assertThat(a.events).contains(new NodeEvent.LeftoverDelivered(KEY));
    }

    /** Its last page would be empty, and who copies would take over without what only the former one had. */
    @Test
    void oneThatLostItsDiskListsNothingInTheNameOfWhatItWas() {
        List<Member> members = List.of(member("a").incarnated(7), member("b"), member("c"));
        MembershipHistory born = new MembershipHistory(new Founding(16, 3, members));
        NodeScript wiped = NodeScript.withHistory(born).linkUp("b").linkUp("c").linkUp("d");

        wiped.receive("d", new ListRange(1, plan.to().rangeOf(partition), null)).settle();

        assertThat(wiped.sent("d", Refused.class))
                .extracting(Refused::number, Refused::why)
                .containsExactly(1L, Refusal.NOT_READY);
    }

    @Test
    void whileItsClientsWaitItListsItsKeysNoFasterThanTheyCanSpare() {
        clientsWaitInVain();
        a.receive("e", new ListRange(1, plan.to().rangeOf(partition), null));
        a.at(3_110).settle();
        a.at(3_130).sentNothingTo("e");

        assertThat(a.at(3_500).sent("e", RangeListing.class).number()).isEqualTo(1);
    }

    /** The less time there is from now to the takeover, the better: one home replica less counts. */
    @Test
    void whenItHasStoppedItDoesNotKeepTheNewHomeWaiting() {
        clientsWaitInVain();
        a.receive("d", new Release(plan.id(), List.of(partition))).settle();
        a.receive("e", new ListRange(1, plan.to().rangeOf(partition), null));
        a.at(3_110).settle();

        assertThat(a.sent("e", RangeListing.class).number()).isEqualTo(1);
    }

    /** These have on disk whatever they are given. */
    private void confirmAllUntil(long millis, String... peers) {
        for (; now < millis; now++) {
            a.settle().at(now);
            for (String peer : peers) {
                while (!a.hasSentNothingTo(peer)) {
                    long number = a.sent(peer, ReplicaPut.class).number();
                    a.receive(peer, new ReplicaPutReply(number)).settle();
                }
            }
        }
    }

    /** So that background work has a share of time only. */
    private void clientsWaitInVain() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture<GetResult> _ = a.get(a.settings.read());
        }
        a.settle().at(3_100);
        assertThat(a.events).anyMatch(NodeEvent.BackgroundAdmitted.class::isInstance);
    }

    private boolean released() {
        return released(partition);
    }

    private boolean released(Partition one) {
        return a.node.history().progress().orElseThrow().released().stream()
                .anyMatch(move -> move.partition().equals(one));
    }

    private static Versions versions() {
        return Versions.none()
                .write(
                        NodeScript.dotOf("b"),
                        io.dynamocart.store.version.Clock.empty(),
                        java.time.Instant.EPOCH,
                        Value.of("milk"),
                        io.dynamocart.store.version.Truncation.off());
    }

    private static CoordinatePut coordinatePut(int number) {
        return coordinatePut(number, KEY);
    }

    private static CoordinatePut coordinatePut(int number, Key key) {
        return new CoordinatePut(number, key, Context.none(key), Value.of("milk"), 3, 2, false, Duration.ofSeconds(1));
    }

    private static Plan plan() {
        return BORN.plan(incarnation("b"), List.of(new Change.Replace(incarnation("a"), member("d"))));
    }
}
