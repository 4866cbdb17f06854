package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has rotted on a node's disk is written anew from what the others hold, as soon as scrubbing finds it. */
class DamageRepairTests {

    private static final Versions MILK =
            Versions.none().write(dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk"), Truncation.off());
    private static final Versions BREAD =
            Versions.none().write(dotOf("c"), Clock.empty(), Instant.EPOCH, Value.of("bread"), Truncation.off());

    private NodeScript a = NodeScript.amongThree();
    private long now;

    @BeforeEach
    void aRecordRots() {
        a.receive("b", new ReplicaPut(1, KEY, MILK)).settle().sent("b", ReplicaPutReply.class);
        a.rotWhatIsOnDisk();
    }

    @Test
    void whatTheOthersHoldIsWrittenInItsPlace() {
        a.receive("b", holding(asked("b"), MILK));
        assertThat(own()).isNull();
        a.receive("c", holding(asked("c"), BREAD));

        assertThat(own()).isEqualTo(MILK.merge(BREAD));
    }

    @Test
    void whereTheOthersHoldNothingNothingIsLeft() {
        a.receive("b", holding(asked("b"), Versions.none()));
        a.receive("c", holding(asked("c"), Versions.none()));

        assertThat(own()).isEqualTo(Versions.none());
    }

    @Test
    void whereOneOfThemIsDamagedAsWellTheOtherDoesNotDecide() {
        a.receive("b", new Refused(asked("b").number(), Refusal.DAMAGED, "a bit has flipped"));
        a.receive("c", holding(asked("c"), Versions.none()));

        assertThat(own()).isNull();
    }

    @Test
    void whereOneOfThemIsSilentTheyAreAskedAgainWhenItIsFoundAgain() {
        ReplicaGet first = asked("b");
        a.receive("b", holding(first, MILK));

        ReplicaGet second = asked("b");
        a.receive("b", holding(second, MILK));
        a.receive("c", holding(asked("c"), MILK));
        assertThat(second.number()).isNotEqualTo(first.number());

        assertThat(own()).isEqualTo(MILK);
    }

    /** A read would need this copy too, so without it nobody knows. */
    @Test
    void soFewOthersThatNoReadWouldDoWithThemDoNotDecide() {
        a = NodeScript.withHistory(new MembershipHistory(
                        new Founding(16, 3, List.of(NodeScript.member("a"), NodeScript.member("b")))))
                .linkUp("b");
        aRecordRots();

        a.receive("b", holding(asked("b"), Versions.none()));

        assertThat(own()).isNull();
    }

    /** Time passes until the node asks. */
    private ReplicaGet asked(String node) {
        while (now < 10_000) {
            while (!a.hasSentNothingTo(node)) {
                // Whoever is silent is probed as well
                if (a.sent(node, Message.class) instanceof ReplicaGet get) {
                    return get;
                }
            }
            now += 100;
            a.at(now).settle().at(now);
        }
        throw new AssertionError("it does not ask " + node);
    }

    private static ReplicaGetReply holding(ReplicaGet asked, Versions versions) {
        return new ReplicaGetReply(asked.number(), versions, Instant.EPOCH);
    }

    /** What the node itself has on disk, null where that is damaged. */
    private @Nullable Versions own() {
        a.settle();
        CompletableFuture<List<ReplicaCopy>> answer = a.replicas();
        a.settle().at(now += 1_000);
        ReplicaCopy own = result(answer).stream()
                .filter(copy -> copy.node().equals("a"))
                .findFirst()
                .orElseThrow();
        return own.versions();
    }
}
