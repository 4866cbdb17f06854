package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.incarnation;
import static io.dynamocart.store.node.NodeScript.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message.HintPut;
import io.dynamocart.store.message.Message.JoiningPut;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Node a keeps hints, and brings them to their nodes once a second, or as soon as one of them is gone. */
class HintedHandoffTests {

    private static final int AT_ONCE = 8;
    private static final List<Member> THREE = List.of(member("a"), member("b"), member("c"));
    private static final Versions MILK =
            Versions.of(new Version(NodeScript.dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    @Test
    void thoseThatTheirNodeDoesNotTakeAreBehindTheOthersTheNextTime() {
        NodeScript a = NodeScript.amongThree();
        List<Key> keys = keys(_ -> true).limit(AT_ONCE + 1).toList();
        keys.forEach(key -> keep(a, "c", key, MILK));
        a.at(1_000).settle();
        for (Key key : keys.subList(0, AT_ONCE)) {
            ReplicaPut put = a.sent("c", ReplicaPut.class);
            assertThat(put.key()).isEqualTo(key);
            a.receive("c", new Refused(put.number(), Refusal.DISK_FAILED, "on purpose"));
        }
        a.at(2_000).settle();

        assertThat(a.sent("c", ReplicaPut.class).key()).isEqualTo(keys.getLast());
    }

    @Test
    void thoseOfARemovedNodeThatWaitForAnotherAreBehindTheOthersTheNextTime() {
        MembershipHistory five = new MembershipHistory(
                new Founding(64, 3, List.of(member("a"), member("b"), member("c"), member("d"), member("e"))));
        MembershipHistory four = five.forceRemove(incarnation("a"), incarnation("e"));
        NodeScript a = NodeScript.withHistory(four).linkUp("b").linkUp("c");
        Ring ring = four.ring().orElseThrow();
        Predicate<Key> waits = key -> ring.preferenceList(key).isHome(new NodeId("d"));
        Predicate<Key> free = key -> ring.preferenceList(key).home().equals(NodeScript.nodes("a", "b", "c"));
        keys(waits).limit(AT_ONCE).forEach(key -> keep(a, "e", key, MILK));
        Key behind = keys(free).findFirst().orElseThrow();
        keep(a, "e", behind, MILK);
        a.at(1_000).settle().sentNothing();
        a.at(2_000).settle();

        assertThat(a.sent("b", ReplicaPut.class).key()).isEqualTo(behind);
    }

    @Test
    void aNodeThatIsAboutToBecomeHomeTakesThemAsOne() {
        MembershipHistory born = new MembershipHistory(new Founding(16, 3, THREE));
        MembershipHistory moving = NodeScript.committed(
                born, born.plan(incarnation("a"), List.of(new Change.Replace(incarnation("c"), member("d")))));
        NodeScript a = NodeScript.withHistory(moving).linkUp("b").linkUp("c").linkUp("d");
        keep(a, "d", NodeScript.KEY, MILK);
        a.at(1_000).settle();
        a.receive("d", new ReplicaPutReply(a.sent("d", JoiningPut.class).number()));

        assertThat(a.events).contains(new NodeEvent.HintDelivered(new NodeId("d")));
    }

    @Test
    void thoseOfWhichNothingIsOnDiskAreGivenUpOnASmallStack() {
        NodeScript a = NodeScript.amongThree();
        keys(_ -> true).limit(4_000).forEach(key -> keep(a, "c", key, Versions.none()));
        SmallStack.run(() -> a.at(1_000));

        assertThat(a.node.reports().hints()).isEmpty();
    }

    private static Stream<Key> keys(Predicate<Key> those) {
        return IntStream.range(0, 10_000).mapToObj(i -> Key.of("cart-" + i)).filter(those);
    }

    private static void keep(NodeScript a, String target, Key key, Versions versions) {
        a.receive("b", new HintPut(1, new NodeId(target), key, versions)).settle();
        a.sent("b", ReplicaPutReply.class);
    }
}
