package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.message.Message.HintPut;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaGetSame;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Replicas that hold what the coordinator holds say so, and the coordinator's own copy stands for theirs. */
class SharedCopiesTests {

    private static final Versions MILK = versions("b", "milk");
    private static final Versions BREAD = versions("c", "bread");

    private final NodeScript a = NodeScript.amongThree();

    @Test
    void aReadEndsWithTheOwnCopyAndWordThatAnotherHoldsTheSame() {
        holds(MILK);
        a.forgetWhatIsInMemory();
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        ReplicaGet asked = a.sent("b", ReplicaGet.class);
        assertThat(asked.unless()).isNotNull();
        a.receive("b", same(asked));
        assertThat(read).isNotDone();
        a.settle();

        assertThat(result(read).versions()).isEqualTo(MILK);
        assertThat(result(read).homeReplicas()).isEqualTo(2);
        a.at(2_000).sentNothing();
    }

    @Test
    void oneThatHoldsSomethingElseSendsItAndIsRepaired() {
        holds(MILK);
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.settle();
        a.receive("b", reply(a.sent("b", ReplicaGet.class), BREAD));
        a.at(2_000);

        assertThat(result(read).versions()).isEqualTo(MILK.merge(BREAD));
        assertThat(a.sent("b", ReplicaPut.class).versions()).isEqualTo(MILK.merge(BREAD));
    }

    @Test
    void itIsAskedAgainWhereTheOwnCopyHasChangedSince() {
        holds(MILK);
        a.forgetWhatIsInMemory();
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        ReplicaGet asked = a.sent("b", ReplicaGet.class);
        holds(BREAD);
        a.receive("b", same(asked));
        ReplicaGet again = a.sent("b", ReplicaGet.class);
        assertThat(again.unless()).isNull();
        a.receive("b", reply(again, MILK.merge(BREAD)));

        assertThat(result(read).versions()).isEqualTo(MILK.merge(BREAD));
    }

    @Test
    void soItIsWhereTheOwnDiskHasLostWhatIsKnownByItsSum() {
        holds(MILK);
        a.loseWhatIsOnDisk();
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.settle().receive("b", same(a.sent("b", ReplicaGet.class)));
        a.receive("b", reply(a.sent("b", ReplicaGet.class), MILK));

        assertThat(result(read).versions()).isEqualTo(MILK);
    }

    @Test
    void soItIsWhereTheOwnDiskTakesLongerThanAnyoneShould() {
        holds(MILK);
        a.forgetWhatIsInMemory();
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.receive("b", same(a.sent("b", ReplicaGet.class)));
        a.at(1_199).sentNothing();
        a.at(1_201);
        a.receive("b", reply(a.sent("b", ReplicaGet.class), MILK));
        ReplicaGet third = a.sent("c", ReplicaGet.class);
        assertThat(third.unless()).isNull();
        a.receive("c", reply(third, MILK));

        assertThat(result(read).versions()).isEqualTo(MILK);
    }

    @Test
    void thatTheOwnDiskIsSlowMakesNobodyElseSlow() {
        holds(MILK);
        a.forgetWhatIsInMemory();
        CompletableFuture<GetResult> _ = a.get(a.settings.read());
        a.receive("b", same(a.sent("b", ReplicaGet.class)));
        a.at(1_190);

        a.sentNothingTo("c");
    }

    @Test
    void nobodyIsAskedForTheSameOfNothing() {
        a.at(1_000).settle();
        CompletableFuture<GetResult> _ = a.get(a.settings.read());

        assertThat(a.sent("b", ReplicaGet.class).unless()).isNull();
    }

    @Test
    void aReadThatWantsToKnowOfEachReplicaTakesNobodysWord() {
        holds(MILK);
        CompletableFuture<GetResult> _ = a.get(a.settings.read().withEveryReplica());

        assertThat(a.sent("b", ReplicaGet.class).unless()).isNull();
    }

    @Test
    void aReplicaSaysThatItHoldsTheSameOnlyIfItDoes() {
        Digest milk = sumOf(MILK);
        a.receive("b", new ReplicaGet(71, KEY, milk, null));
        assertThat(a.sent("b", ReplicaGetSame.class).number()).isEqualTo(71);

        holds(BREAD);
        a.receive("b", new ReplicaGet(72, KEY, milk, null)).settle();
        assertThat(a.sent("b", ReplicaGetReply.class).versions()).isEqualTo(MILK.merge(BREAD));
    }

    @Test
    void norWhileItKeepsAHintForTheKey() {
        Digest milk = sumOf(MILK);
        a.receive("b", new HintPut(80, new NodeId("c"), KEY, BREAD)).settle();
        a.sent("b", ReplicaPutReply.class);
        a.receive("b", new ReplicaGet(81, KEY, milk, null)).settle();

        assertThat(a.sent("b", ReplicaGetReply.class).versions()).isEqualTo(MILK.merge(BREAD));
    }

    @Test
    void aNodeThatHasNotCountedItsRecordsYetTakesNoSums() {
        CompletableFuture<GetResult> _ = a.get(a.settings.read());

        assertThat(a.sent("b", ReplicaGet.class).unless()).isNull();
    }

    /** What node a tells that it has, when it asks others. */
    private Digest sumOf(Versions versions) {
        holds(versions);
        CompletableFuture<GetResult> _ = a.get(a.settings.read());
        return Objects.requireNonNull(a.sent("b", ReplicaGet.class).unless());
    }

    private void holds(Versions versions) {
        a.at(1_000).settle();
        a.receive("b", new ReplicaPut(1, KEY, versions)).settle();
        a.sent("b", ReplicaPutReply.class);
    }

    private static ReplicaGetSame same(ReplicaGet asked) {
        return new ReplicaGetSame(asked.number(), Instant.EPOCH);
    }

    private static ReplicaGetReply reply(ReplicaGet asked, Versions versions) {
        return new ReplicaGetReply(asked.number(), versions, Instant.EPOCH);
    }

    private static Versions versions(String node, String value) {
        return Versions.of(new Version(dotOf(node), Clock.empty(), Instant.EPOCH, Value.of(value)));
    }
}
