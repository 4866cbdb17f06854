package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A key whose versions together are too long for a message: nobody waits for what cannot come, and nobody is blamed. */
class LongMessagesTests {

    private static final Versions MANY =
            Versions.of(new Version(dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("many")));

    private final NodeScript a = NodeScript.amongThree().finds(KEY, MANY);

    @Test
    void whoAsksForThemIsToldThatTheyDoNotCome() {
        a.isTooLong(ReplicaGetReply.class).receive("b", new ReplicaGet(7, KEY)).settle();

        assertThat(a.sent("b", Refused.class))
                .extracting(Refused::number, Refused::why)
                .containsExactly(7L, Refusal.TOO_MANY_VERSIONS);
    }

    @Test
    void whoIsToldSoAsksTheNextAtOnce() {
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.settle();
        ReplicaGet asked = a.sent("b", ReplicaGet.class);
        a.receive("b", new Refused(asked.number(), Refusal.TOO_MANY_VERSIONS, "too long"));
        ReplicaGet next = a.sent("c", ReplicaGet.class);
        a.receive("c", new ReplicaGetReply(next.number(), Versions.none(), Instant.EPOCH));

        assertThat(result(read).versions()).isEqualTo(MANY);
    }

    @Test
    void aReplicaThatCannotBeSentThemIsNotTakenForSilent() {
        a.isTooLong(ReplicaPut.class);
        CompletableFuture<GetResult> read = a.get(a.settings.read());
        a.settle();
        ReplicaGet asked = a.sent("b", ReplicaGet.class);
        a.receive("b", new ReplicaGetReply(asked.number(), Versions.none(), Instant.EPOCH));
        a.at(500);

        assertThat(result(read).versions()).isEqualTo(MANY);
        assertThat(a.node.reports().isTrusted(NodeScript.nodes("b").getFirst())).isTrue();
    }
}
