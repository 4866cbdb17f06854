package io.dynamocart.store.replica;

import static io.dynamocart.store.replica.ScriptedDisk.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Seat;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees are what the disk holds, whatever is written while they are made (docs/invariants.md D16). */
class TreesTests {

    private static final NodeId SELF = new NodeId("a");
    private static final int PARTITIONS = 3;
    private static final Ring RING = ring(PARTITIONS);

    private final ScriptedDisk disk = new ScriptedDisk();
    private final Trees trees = new Trees(disk, (_, _) -> {});
    private final Replica replica = new Replica(
            SELF,
            1,
            disk,
            () -> this.random.nextLong(),
            new ReplicaLimits(1_000, Truncation.off()),
            (_, _) -> {},
            trees);
    private SeededRandom random = new SeededRandom(1);

    @Test
    void aPartitionIsComparedOnceItWasCounted() {
        assertThat(tree(0)).isEmpty();
        trees.use(RING);
        assertThat(tree(0)).isEmpty();

        List<Trees.Progress> progress = count(10);

        assertThat(progress).singleElement().matches(each -> each.ended() && each.corrected() == 0);
        assertThat(tree(0)).map(MerkleTree::root).contains(Digest.NONE);
    }

    /** A node of a large cluster holds nothing of most partitions, and a tree takes 17 KB. */
    @Test
    void nothingIsMadeForAPartitionOfWhichNothingIsHeld() {
        TreeRebuild rebuild = new TreeRebuild(RING, (_, _) -> {});
        rebuild.onAsked();
        rebuild.onPage(new ScanOutcome.Page(List.of(), true), replica);

        assertThat(rebuild.passed())
                .hasSize(PARTITIONS)
                .allSatisfy(partition -> assertThat(rebuild.take(partition)).isEmpty());
    }

    @Test
    void whatTheDiskLostIsFoundByTheNextCount() {
        write(0);
        write(1);
        trees.use(RING);
        count(10);
        disk.loses(key(0));
        assertThat(isTrue()).isFalse();

        assertThat(count(10)).singleElement().matches(each -> each.ended() && each.corrected() == 1);
        assertThat(isTrue()).isTrue();
    }

    @Test
    void nothingOfACountThatWasGivenUpIsInTheNext() {
        write(0);
        write(1);
        write(2);
        trees.use(RING);
        trees.advance(NOW, replica, (_, _) -> {});
        disk.lists(1).run();
        trees.advance(NOW, replica, (_, _) -> {});
        Runnable late = disk.lists(1);
        trees.restartRebuild();
        List<Trees.Progress> progress = new ArrayList<>();
        trees.advance(NOW, replica, (_, page) -> progress.add(page));

        late.run();
        disk.lists(10).run();

        assertThat(progress).singleElement().matches(Trees.Progress::ended);
        assertThat(isTrue()).isTrue();
    }

    @Test
    void anotherDivisionOfTheRingBeginsAnew() {
        write(0);
        trees.use(RING);
        count(10);

        trees.use(ring(2));

        assertThat(tree(0)).isEmpty();
    }

    @Test
    void nothingIsCountedTwiceOrForgottenWhateverIsWrittenMeanwhile() {
        Property.holds(500, seed -> {
            TreesTests tests = new TreesTests();
            tests.random = seed;
            tests.countsRightWhileWriting();
        });
    }

    /** The disk commits and lists at any time, and the node is told of each later. */
    private void countsRightWhileWriting() {
        Deque<Runnable> commits = new ArrayDeque<>();
        Deque<Runnable> pages = new ArrayDeque<>();
        boolean[] counting = new boolean[1];
        for (int i = 0; i < 5; i++) {
            write(i);
        }
        trees.use(RING);
        for (int i = 0; i < 150; i++) {
            switch (random.nextInt(5)) {
                case 0 -> ask(random.nextInt(8));
                case 1 -> syncOne(commits);
                case 2 -> runOne(commits);
                case 3 -> runOne(pages);
                default -> {
                    if (!counting[0]) {
                        counting[0] = true;
                        trees.advance(NOW, replica, (_, _) -> counting[0] = false);
                    } else if (pages.isEmpty()) {
                        pages.add(disk.lists(2));
                    }
                }
            }
        }
        while (disk.pendingWrites() > 0) {
            syncOne(commits);
        }
        commits.forEach(Runnable::run);
        if (counting[0] && pages.isEmpty()) {
            pages.add(disk.lists(2));
        }
        pages.forEach(Runnable::run);
        List<Trees.Progress> rest = count(2);

        assertThat(rest).allMatch(progress -> progress.corrected() == 0);
        assertThat(isTrue()).isTrue();
    }

    private void syncOne(Deque<Runnable> commits) {
        if (disk.pendingWrites() > 0) {
            commits.add(disk.syncs());
        }
    }

    private static void runOne(Deque<Runnable> replies) {
        if (!replies.isEmpty()) {
            replies.remove().run();
        }
    }

    private void write(int number) {
        ask(number);
        disk.commits();
    }

    private void ask(int number) {
        replica.coordinate(
                NOW, key(number), Clock.empty(), Value.of("v" + random.nextLong()), Long.MAX_VALUE, (_, _) -> {});
        while (disk.pendingReads() > 0) {
            disk.findsIt();
        }
    }

    /** Counts to the end of a count. */
    private List<Trees.Progress> count(int pageSize) {
        List<Trees.Progress> progress = new ArrayList<>();
        do {
            trees.advance(NOW, replica, (_, page) -> progress.add(page));
            disk.lists(pageSize).run();
        } while (!progress.getLast().ended());
        return progress;
    }

    private boolean isTrue() {
        return IntStream.range(0, PARTITIONS)
                .allMatch(i -> tree(i).map(MerkleTree::root).equals(Optional.of(sum(new Partition(i)))));
    }

    private Digest sum(Partition partition) {
        return disk.keys().stream()
                .filter(key -> RING.partitionOf(key).equals(partition))
                .map(key -> Digest.of(key, disk.stored(key).versions()))
                .reduce(Digest.NONE, Digest::plus);
    }

    private Optional<MerkleTree> tree(int partition) {
        return trees.tree(RING.rangeOf(new Partition(partition)));
    }

    private static Key key(int number) {
        return Key.of("key-" + number);
    }

    private static Ring ring(int partitions) {
        List<NodeId> owners = Collections.nCopies(partitions, SELF);
        return Layout.ofOwners(partitions, 1, List.of(new Seat(SELF, "zone", 1)), owners)
                .ring();
    }
}
