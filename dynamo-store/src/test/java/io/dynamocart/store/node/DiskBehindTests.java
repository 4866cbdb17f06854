package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.problem;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Node a whose disk has been asked to read more than it can. */
class DiskBehindTests {

    private final NodeScript a = NodeScript.amongThree().forgetWhatIsInMemory();

    @Test
    void aQuestionSaysHowLongItWillBeWaitedFor() {
        CompletableFuture<?> _ = a.get(a.settings.read());
        assertThat(a.sent("b", ReplicaGet.class).within()).isEqualTo(Duration.ofSeconds(1));

        a.at(10);
        assertThat(a.sent("c", ReplicaGet.class).within()).isEqualTo(Duration.ofMillis(990));
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotRead() {
        fallBehind();
        a.receive("b", new ReplicaGet(7, KEY, null, Duration.ofMillis(100)));
        a.at(101).settle();

        Refused refused = a.sent("b", Refused.class);
        assertThat(refused.number()).isEqualTo(7);
        assertThat(refused.why()).isEqualTo(Refusal.DISK_FAILED);
    }

    @Test
    void whatIsWaitedForIsReadBeforeWhatHasWaitedForLong() {
        fallBehind();
        a.receive("b", new ReplicaGet(7, KEY, null, Duration.ofMillis(100)));
        a.at(99).settle();

        assertThat(a.sent("b", ReplicaGetReply.class).number()).isEqualTo(7);
    }

    @Test
    void clientsAreServedFromOtherNodesWhileTheseAreQuick() {
        fallBehind();
        a.at(201);
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.receive("b", nothing(a.sent("b", ReplicaGet.class)));
        a.receive("c", nothing(a.sent("c", ReplicaGet.class)));

        assertThat(result(read).homeReplicas()).isEqualTo(2);
    }

    @Test
    void clientsAreRefusedAtOnceWhileTheOthersAreSlowToo() {
        fallBehind();
        CompletableFuture<?> _ = a.get(a.settings.read());
        a.at(401);
        CompletableFuture<GetResult> read = a.get(a.settings.read());

        assertThat(problem(read, StoreException.Overloaded.class)).hasMessageContaining("try again");
        assertThat(a.events).contains(new NodeEvent.GetRefused());
    }

    @Test
    void andServedAgainOnceTheDiskHasCaughtUp() {
        fallBehind();
        a.at(401).settle();
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.settle();

        assertThat(read).isNotCompletedExceptionally();
    }

    /** Other nodes ask for more than the disk reads at once, and it stands still. */
    private void fallBehind() {
        for (int i = 0; i < 40; i++) {
            a.receive("c", new Message.HintGet(100 + i, Key.of("other-" + i), Duration.ofSeconds(5)));
        }
    }

    private static ReplicaGetReply nothing(ReplicaGet asked) {
        return new ReplicaGetReply(asked.number(), Versions.none(), Instant.EPOCH);
    }
}
