package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.incarnation;
import static io.dynamocart.store.node.NodeScript.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.Gossip;
import io.dynamocart.store.message.Message.JoiningPut;
import io.dynamocart.store.message.Message.ListRange;
import io.dynamocart.store.message.Message.RangeListing;
import io.dynamocart.store.message.Message.Release;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Node a takes the place of d on a ring of 64 partitions: four at a time, since each word of a release or a takeover is
 * written down by every node (docs/decisions/0014).
 */
class TransfersTests {

    private static final int AT_ONCE = 4;
    private static final List<Member> MEMBERS = List.of(member("b"), member("c"), member("d"));

    private final MembershipHistory born = new MembershipHistory(new Founding(64, 3, MEMBERS));
    private final Plan plan = born.plan(incarnation("b"), List.of(new Change.Replace(incarnation("d"), member("a"))));
    private final MembershipHistory committed = NodeScript.committed(born, plan);
    private final NodeScript a = NodeScript.withHistory(committed);
    private long now;

    TransfersTests() {
        a.linkUp("b").linkUp("c").linkUp("d").settle();
        // When it looks for the next time, the links are there
        pass(1_000);
    }

    @Test
    void asksForTheReleaseOfSeveralPartitionsWhenAllOfThemAreHere() {
        List<ListRange> listed = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            listed.add(nextListing());
            answer(listed.getLast());
        }
        pass(100);

        Release release = a.sent("d", Release.class);
        assertThat(release.partitions().stream().map(plan.to()::rangeOf))
                .containsExactlyElementsOf(listed.stream().map(ListRange::range).toList())
                .hasSize(AT_ONCE);
    }

    @Test
    void takesThemOverTogetherWhenTheRestOfAllIsHere() {
        List<Partition> asked = copyUntilAsked();
        released(asked);
        List<ListRange> rest = asked.stream().map(_ -> nextListingAtOnce()).toList();
        assertThat(rest.stream().map(ListRange::range))
                .containsExactlyElementsOf(
                        asked.stream().map(plan.to()::rangeOf).toList());

        rest.subList(1, AT_ONCE).forEach(listing -> answer(listing));
        assertThat(takenOver()).as("one of them is missing").isZero();
        answer(rest.getFirst());
        assertThat(takenOver()).isEqualTo(AT_ONCE);
    }

    @Test
    void goesOnWithOthersAfterThat() {
        List<Partition> first = copyUntilAsked();
        released(first);
        first.stream().map(_ -> nextListingAtOnce()).toList().forEach(listing -> answer(listing));

        assertThat(copyUntilAsked()).hasSize(AT_ONCE).doesNotContainAnyElementsOf(first);
    }

    @Test
    void restsAfterEachPartitionAsLongAsItTook() {
        ListRange first = nextListingAtOnce();
        pass(40);
        answer(first);
        pass(39);
        a.sentNothingTo("d");

        pass(2);
        assertThat(a.sent("d", ListRange.class).range()).isNotEqualTo(first.range());
    }

    /** From the release to the takeover a home replica is missing (docs/decisions/0014). */
    @Test
    void restsNoMoreOnceItsPlaceIsReleased() {
        List<Partition> asked = copyUntilAsked();
        KeyDigest key = atBoth(1);
        released(asked);
        ListRange first = asked.stream().map(_ -> nextListingAtOnce()).toList().getFirst();
        pass(40);
        a.receive("d", new RangeListing(first.number(), List.of(key), false)).settle();
        pass(0);

        assertThat(a.sent("d", ListRange.class))
                .extracting(ListRange::range, ListRange::after)
                .containsExactly(first.range(), key.key());
    }

    /** The one that was given the place has most of it already. */
    @Test
    void norWhenItIsStartedAnewBehindTheRelease() {
        List<Partition> asked = copyUntilAsked();
        NodeScript again = NodeScript.withHistory(committed.release(plan.id(), incarnation("d"), asked));
        again.linkUp("b").linkUp("c").linkUp("d").settle();
        again.at(1_000).settle().at(1_000);
        List<ListRange> together =
                asked.stream().map(_ -> again.sent("d", ListRange.class)).toList();

        assertThat(together.stream().map(ListRange::range))
                .containsExactlyElementsOf(
                        asked.stream().map(plan.to()::rangeOf).toList());
    }

    /** Else it would be long before it has looked through all of them once more, with one home replica less. */
    @Test
    void aPartitionOfManyKeysComesAlone() {
        ListRange first = nextListing();
        answer(first, IntStream.range(0, 500).mapToObj(this::atBoth).toArray(KeyDigest[]::new));
        pass(100);

        assertThat(a.sent("d", Release.class).partitions()).hasSize(1);
    }

    /** As from the second of two nodes: nothing has to be waited for, from the first key to the last. */
    @Test
    void aListingOfWhatIsHereAlreadyIsPassedOnASmallStack() {
        ListRange first = nextListing();
        KeyDigest[] here = IntStream.range(0, RangeListing.MAX_ENTRIES)
                .mapToObj(this::atBoth)
                .toArray(KeyDigest[]::new);
        SmallStack.run(() -> answer(first, here));
        pass(100);

        assertThat(a.sent("d", Release.class).partitions()).hasSize(1);
    }

    @Test
    void oneThatCannotBeCopiedIsTriedAgain() {
        ListRange first = nextListing();
        a.linkDown("d").linkUp("d");
        pass(1_100);

        assertThat(a.sent("d", ListRange.class).range()).isEqualTo(first.range());
    }

    private List<Partition> copyUntilAsked() {
        for (int i = 0; i < AT_ONCE; i++) {
            answer(nextListing());
        }
        pass(100);
        return a.sent("d", Release.class).partitions();
    }

    private ListRange nextListing() {
        pass(100);
        return nextListingAtOnce();
    }

    private ListRange nextListingAtOnce() {
        pass(0);
        return a.sent("d", ListRange.class);
    }

    private void answer(ListRange asked, KeyDigest... entries) {
        a.receive("d", new RangeListing(asked.number(), List.of(entries), true)).settle();
    }

    /** A key that was written since the plan was committed, so that this node has it as well. */
    private KeyDigest atBoth(int i) {
        Key key = Key.of("cart-" + i);
        Versions versions = Versions.none()
                .write(NodeScript.dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk"), Truncation.off());
        a.receive("d", new JoiningPut(i, key, versions)).settle();
        a.sent("d", ReplicaPutReply.class);
        return new KeyDigest(key, Digest.of(key, versions));
    }

    private void released(List<Partition> partitions) {
        MembershipHistory history = committed.release(plan.id(), incarnation("d"), partitions);
        a.receive("d", new Gossip(member("d"), false, history)).settle();
    }

    private void pass(long millis) {
        now += millis;
        a.at(now).settle().at(now);
    }

    private int takenOver() {
        pass(0);
        return 64
                - a.node.history().progress().map(Progress::left).orElseThrow().size();
    }
}
