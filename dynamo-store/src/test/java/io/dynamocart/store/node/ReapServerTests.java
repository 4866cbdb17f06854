package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.HintPut;
import io.dynamocart.store.message.Message.Reap;
import io.dynamocart.store.message.Message.Reap.Stage;
import io.dynamocart.store.message.Message.ReapReply;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.reaping.Watch;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.storage.MemoryStorage;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Node a, home replica of the key as b and c are, is asked by b whether a tombstone may go. */
class ReapServerTests {

    private static final Version MILK = new Version(dotOf("c"), Clock.empty(), Instant.EPOCH, Value.of("milk"));
    private static final Versions OLD = Versions.of(MILK);
    private static final Versions DELETED = Versions.of(new Version(dotOf("b"), MILK.clock(), Instant.EPOCH, null));

    private static final Moment NOW = new Moment(0, Instant.EPOCH);

    private final NodeScript a = NodeScript.amongThree();
    private long number = 100;

    @Test
    void whatHoldsExactlyTheTombstoneAgreesConfirmsAndRemovesIt() {
        holds(DELETED);

        assertThat(agrees(Stage.AGREE)).isTrue();
        assertThat(agrees(Stage.CONFIRM)).isTrue();
        assertThat(agrees(Stage.DROP)).isTrue();
        assertThat(held()).isEqualTo(Versions.none());
        assertThat(a.events).contains(new NodeEvent.TombstoneReaped(KEY));
    }

    @Test
    void aHomeReplicaThatHoldsSomethingElseDoesNotAgree() {
        assertThat(agrees(Stage.AGREE)).as("holding nothing").isFalse();

        holds(OLD);
        assertThat(agrees(Stage.AGREE)).as("holding an older version").isFalse();
    }

    @Test
    void norDoesItRemoveAnythingElse() {
        holds(OLD);

        assertThat(agrees(Stage.DROP)).isFalse();
        assertThat(held()).isEqualTo(OLD);
    }

    @Test
    void aNodeThatKeepsTheKeyForAnotherDoesNotAgree() {
        holds(DELETED);
        a.linkDown("c").receive("b", new HintPut(1, new NodeId("c"), KEY, OLD)).settle();
        a.sent("b", ReplicaPutReply.class);

        assertThat(agrees(Stage.AGREE)).isFalse();
    }

    @Test
    void norDoesOneThatDoesNotKnowYetWhatItKeepsForOthers() {
        LocalCopies unopened = LocalCopies.of(
                a.settings, new MemoryStorage(action -> action.accept(NOW)), new SeededRandom(1), a.events::add);
        ReapServer server =
                new ReapServer(_ -> false, unopened, new Watch(Duration.ofSeconds(1)), new Timers(), a.events::add);
        List<Key> agreed = new ArrayList<>();
        KeyDigest deleted = new KeyDigest(KEY, Digest.of(KEY, DELETED));

        server.answer(NOW, Stage.AGREE, List.of(deleted), (_, keys) -> agreed.addAll(keys));
        assertThat(agreed).isEmpty();

        unopened.hints().open(NOW, (_, _) -> {});
        server.answer(NOW, Stage.AGREE, List.of(deleted), (_, keys) -> agreed.addAll(keys));
        assertThat(agreed).containsExactly(KEY);
    }

    @Test
    void nothingIsConfirmedThatWasNotAgreed() {
        holds(DELETED);

        assertThat(agrees(Stage.CONFIRM)).isFalse();
    }

    @Test
    void nothingIsConfirmedOnceVersionsOfTheKeyWereSent() {
        holds(DELETED);
        assertThat(agrees(Stage.AGREE)).isTrue();

        // A late hint comes, and is brought home: when it is gone here, it may still be under way
        a.receive("b", new HintPut(1, new NodeId("c"), KEY, OLD)).settle();
        a.sent("b", ReplicaPutReply.class);
        a.at(1_100).settle();
        ReplicaPut brought = a.sent("c", ReplicaPut.class);
        a.receive("c", new ReplicaPutReply(brought.number())).settle();

        assertThat(agrees(Stage.CONFIRM)).isFalse();
        assertThat(agrees(Stage.AGREE)).as("anew, from the beginning").isTrue();
    }

    @Test
    void lateDuplicatesOfWhatWasDeletedChangeNothingMeanwhile() {
        holds(DELETED);
        assertThat(agrees(Stage.AGREE)).isTrue();

        holds(OLD);
        holds(OLD);

        assertThat(held()).isEqualTo(DELETED);
        assertThat(agrees(Stage.CONFIRM)).isTrue();
    }

    @Test
    void aNewWriteEndsIt() {
        holds(DELETED);
        assertThat(agrees(Stage.AGREE)).isTrue();
        Version bread = new Version(dotOf("a"), Clock.empty(), Instant.EPOCH, Value.of("bread"));

        holds(Versions.of(bread));

        assertThat(agrees(Stage.CONFIRM)).isFalse();
        assertThat(agrees(Stage.DROP)).isFalse();
        assertThat(held().live()).containsExactly(bread);
    }

    private void holds(Versions versions) {
        a.receive("b", new ReplicaPut(++number, KEY, versions)).settle();
        a.sent("b", ReplicaPutReply.class);
    }

    private Versions held() {
        a.receive("b", new ReplicaGet(++number, KEY)).settle();
        return a.sent("b", ReplicaGetReply.class).versions();
    }

    private boolean agrees(Stage stage) {
        KeyDigest deleted = new KeyDigest(KEY, Digest.of(KEY, DELETED));
        a.receive("b", new Reap(++number, stage, List.of(deleted))).settle();
        return a.sent("b", ReapReply.class).agreed().equals(List.of(KEY));
    }
}
