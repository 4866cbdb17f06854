package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.dotOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.replica.CommitListener;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.replica.Trees;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.MemoryStorage;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LocalCopiesTests {

    private static final Moment NOW = new Moment(0, Instant.EPOCH);
    private static final NodeId C = new NodeId("c");
    private static final Key KEY = Key.of("cart-1");
    private static final Versions MILK =
            Versions.of(new Version(dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    private final List<NodeEvent> events = new ArrayList<>();

    @Test
    void aHintThatIsKeptIsToldWhoeverAskedForIt() {
        LocalCopies copies = keepingAtMost(2);
        copies.keep(NOW, C, KEY, MILK, (_, _) -> {});
        copies.keepNew(NOW, C, Key.of("cart-2"), Clock.empty(), Value.of("bread"), Long.MAX_VALUE, (_, _) -> {});

        assertThat(events).containsExactly(new NodeEvent.HintKept(C), new NodeEvent.HintKept(C));
    }

    @Test
    void oneTooManyIsToldAsRefused() {
        LocalCopies copies = keepingAtMost(0);
        copies.keep(NOW, C, KEY, MILK, (_, _) -> {});
        copies.keepNew(NOW, C, KEY, Clock.empty(), null, Long.MAX_VALUE, (_, _) -> {});

        assertThat(events).containsExactly(new NodeEvent.HintRefused(C), new NodeEvent.HintRefused(C));
    }

    @Test
    void aCoordinatorOfThreeCountsWhatItKeepsItself() {
        NodeScript a = NodeScript.amongThree().linkDown("c");
        CompletableFuture<PutResult> put = a.put(NodeScript.fastest("a"), a.settings.write());
        a.settle();
        a.receive(
                "b",
                new Message.ReplicaPutReply(
                        a.sent("b", Message.ReplicaPut.class).number()));
        a.at(1_100).settle();

        assertThat(put).isCompleted();
        assertThat(a.events).contains(new NodeEvent.HintKept(C));
    }

    /** Or a read of all would be unanimous, and what was forgotten for that would come back with the hint. */
    @Test
    void whatItKeepsCannotBeToldWhileSomethingOfTheKeyWaitsForAFullDisk() {
        NodeScript a = NodeScript.amongThree();
        a.receive("b", new Message.HintPut(1, C, KEY, MILK)).fillsUp();
        a.receive("b", new Message.ReplicaGet(2, KEY));
        assertThat(a.sent("b", Message.Refused.class).why()).isEqualTo(Message.Refusal.DISK_FAILED);

        a.hasRoomAgain().settle().sent("b", Message.ReplicaPutReply.class);
        a.receive("b", new Message.ReplicaGet(3, KEY));
        assertThat(a.sent("b", Message.ReplicaGetReply.class).versions()).isEqualTo(MILK);
    }

    @Test
    void whatItKeptBeforeIsToldThoughTheDiskIsFull() {
        NodeScript a = NodeScript.amongThree();
        a.receive("b", new Message.HintPut(1, C, KEY, MILK)).settle().sent("b", Message.ReplicaPutReply.class);
        a.fillsUp().receive("b", new Message.ReplicaGet(2, KEY));

        assertThat(a.sent("b", Message.ReplicaGetReply.class).versions()).isEqualTo(MILK);
    }

    private LocalCopies keepingAtMost(int hints) {
        MemoryStorage storage = new MemoryStorage(action -> action.accept(NOW));
        Trees trees = new Trees(storage, (_, _) -> {});
        Hints kept = new Hints(storage, LocalCopiesTests::replica, hints);
        kept.open(NOW, (_, _) -> {});
        return new LocalCopies(replica(storage), trees, kept, events::add);
    }

    private static Replica replica(Records records) {
        ReplicaLimits limits = new ReplicaLimits(10, Truncation.off());
        return new Replica(new NodeId("a"), 1, records, () -> 7, limits, (_, _) -> {}, CommitListener.none());
    }
}
