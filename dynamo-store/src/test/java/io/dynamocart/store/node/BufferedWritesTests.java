package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.BufferedPut;
import io.dynamocart.store.message.Message.BufferedPutReply;
import io.dynamocart.store.message.Message.ListRange;
import io.dynamocart.store.message.Message.RangeListing;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a node says of writes that are on their way to its disk (docs/decisions/0020). */
class BufferedWritesTests {

    private static final Versions MILK = milk();
    private static final Versions BREAD =
            Versions.of(new Version(dotOf("c"), Clock.empty(), Instant.EPOCH, Value.of("bread")));

    private final NodeScript a = NodeScript.bufferingAmongThree();

    @Test
    void aHomeReplicaAcknowledgesAheadOfItsDiskWhereThatIsEnough() {
        a.receive("b", new BufferedPut(1, KEY, MILK)).sent("b", BufferedPutReply.class);

        a.receive("c", new ReplicaGet(2, KEY));
        assertThat(a.sent("c", ReplicaGetReply.class).versions()).isEqualTo(MILK);
    }

    @Test
    void whereItIsNotItWaitsForTheDiskThoughItHasItInMemory() {
        a.receive("b", new BufferedPut(1, KEY, MILK)).sent("b", BufferedPutReply.class);
        a.receive("b", new ReplicaPut(2, KEY, MILK)).sentNothing();

        a.settle().sent("b", ReplicaPutReply.class);
    }

    @Test
    void aNodeWithoutABufferHasItOnDiskWhateverIsEnough() {
        NodeScript unbuffered = NodeScript.amongThree();
        unbuffered.receive("b", new BufferedPut(1, KEY, MILK)).sentNothing();

        unbuffered.settle().sent("b", ReplicaPutReply.class);
    }

    /** D13: who takes its place copies what is listed, and asks for no more. */
    @Test
    void whatItListsHoldsAllThatItAcknowledged() {
        a.receive("b", new BufferedPut(1, KEY, MILK)).sent("b", BufferedPutReply.class);
        a.receive("c", new ListRange(2, TokenRange.all(), null));
        assertThat(a.scans()).isEmpty();

        a.settle();
        assertThat(a.sent("c", RangeListing.class).entries())
                .extracting(KeyDigest::key)
                .containsExactly(KEY);
    }

    @Test
    void whoAsksForAListIsRefusedWhileWhatWasAcknowledgedWaitsForAFullDisk() {
        a.receive("b", new BufferedPut(1, KEY, MILK)).sent("b", BufferedPutReply.class);
        a.fillsUp();
        a.receive("c", new ListRange(2, TokenRange.all(), null));
        assertThat(a.sent("c", Message.Refused.class).why()).isEqualTo(Message.Refusal.DISK_FAILED);

        a.settle();
        a.receive("c", new ListRange(3, TokenRange.all(), null)).settle();
        assertThat(a.sent("c", RangeListing.class).entries()).hasSize(1);
    }

    /** Decision 16: whoever has what it had before would be told that nothing has changed. */
    @Test
    void whileItIsAheadOfItsDiskItDoesNotSayThatItHoldsTheSameAsBefore() {
        a.at(1_000).settle();
        a.receive("b", new ReplicaPut(1, KEY, MILK)).settle().sent("b", ReplicaPutReply.class);
        CompletableFuture<GetResult> _ = a.get(a.settings.read());
        Digest before = a.sent("b", ReplicaGet.class).unless();
        assertThat(before).isNotNull();

        a.receive("b", new BufferedPut(2, KEY, BREAD)).sent("b", BufferedPutReply.class);
        a.receive("b", new ReplicaGet(3, KEY, before, null));
        assertThat(a.sent("b", ReplicaGetReply.class).versions()).isEqualTo(MILK.merge(BREAD));
    }

    @Test
    void oneOtherHomeReplicaIsAskedToHaveItOnDiskTheOthersAreNot() {
        CompletableFuture<PutResult> put = a.put(NodeScript.fastest("a"), WriteOptions.of(3, 2, Duration.ofSeconds(1)));

        a.sent("b", ReplicaPut.class);
        BufferedPut toOther = a.sent("c", BufferedPut.class);
        a.receive("c", new BufferedPutReply(toOther.number()));
        assertThat(NodeScript.result(put).homeReplicas()).isEqualTo(2);
        assertThat(a.events).contains(new NodeEvent.AnsweredFromMemory());
    }

    @Test
    void aWriteThatADiskHasIsNotReportedAsInMemory() {
        CompletableFuture<PutResult> put = a.put(NodeScript.fastest("a"), WriteOptions.of(3, 2, Duration.ofSeconds(1)));

        Message.ReplicaPut toOne = a.sent("b", ReplicaPut.class);
        a.receive("b", new ReplicaPutReply(toOne.number()));
        assertThat(NodeScript.result(put).homeReplicas()).isEqualTo(2);
        assertThat(a.events).doesNotContain(new NodeEvent.AnsweredFromMemory());
    }

    private static Versions milk() {
        NodeScript other = NodeScript.amongThree();
        CompletableFuture<PutResult> put =
                other.put(NodeScript.fastest("a"), WriteOptions.of(3, 1, Duration.ofSeconds(1)));
        other.settle();
        assertThat(put).isDone();
        return other.sent("b", ReplicaPut.class).versions();
    }
}
