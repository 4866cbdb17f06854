package io.dynamocart.store.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for a tree, whatever is written in whatever order (docs/invariants.md D16). */
class MerkleTreeTests {

    private static final int RUNS = 200;
    private static final Key KEY = Key.of("cart-1");

    @Test
    void anEmptyTreeIsNeutralEverywhere() {
        assertThat(digests(new MerkleTree(TokenRange.all()))).containsOnly(Digest.NONE);
    }

    @Test
    void afterAnyWritesItIsWhatARebuildMakesOfTheContents() {
        Property.holds(RUNS, random -> {
            MerkleTree tree = new MerkleTree(TokenRange.all());
            NavigableMap<Key, Versions> contents = new TreeMap<>();
            writeAtRandom(random, tree, contents);

            assertThat(digests(tree)).isEqualTo(digests(treeOf(contents)));
        });
    }

    @Test
    void theOrderOfUpdatesLeavesNoTrace() {
        Property.holds(RUNS, random -> {
            NavigableMap<Key, Versions> contents = new SomeVersions(random).contents(random.nextInt(50));
            List<Key> shuffled = new ArrayList<>(contents.keySet());
            shuffled.sort(
                    Comparator.comparingLong(key -> random.fork(key.toString()).nextLong()));
            MerkleTree tree = new MerkleTree(TokenRange.all());
            shuffled.forEach(key ->
                    tree.update(key, Digest.NONE, Digest.of(key, contents.getOrDefault(key, Versions.none()))));

            assertThat(digests(tree)).isEqualTo(digests(treeOf(contents)));
        });
    }

    @Test
    void rootsAreEqualIfAndOnlyIfContentsAre() {
        Property.holds(RUNS, random -> {
            SomeVersions source = new SomeVersions(random);
            NavigableMap<Key, Versions> left = source.contents(1 + random.nextInt(20));
            NavigableMap<Key, Versions> right = new TreeMap<>(left);
            Key changed = random.pick(List.copyOf(left.keySet()));
            switch (random.nextInt(4)) {
                case 0 -> right.remove(changed);
                case 1 -> right.compute(changed, (key, versions) -> source.write(orNone(versions)));
                case 2 -> right.compute(changed, (key, versions) -> SomeVersions.rotten(orNone(versions)));
                default -> right.computeIfPresent(changed, (key, versions) -> reread(versions));
            }

            assertThat(treeOf(left).root().equals(treeOf(right).root())).isEqualTo(left.equals(right));
        });
    }

    @Test
    void valuesOfTwoKeysThatChangedPlacesShow() {
        NavigableMap<Key, Versions> left = new SomeVersions(new SeededRandom(1)).contents(2);
        NavigableMap<Key, Versions> right = new TreeMap<>(left);
        right.put(left.firstKey(), left.lastEntry().getValue());
        right.put(left.lastKey(), left.firstEntry().getValue());

        assertThat(treeOf(left).root()).isNotEqualTo(treeOf(right).root());
    }

    @Test
    void removingEverythingBringsTheNeutralElementBack() {
        Property.holds(RUNS, random -> {
            MerkleTree tree = new MerkleTree(TokenRange.all());
            NavigableMap<Key, Versions> contents = new TreeMap<>();
            writeAtRandom(random, tree, contents);
            contents.forEach((key, versions) -> tree.update(key, Digest.of(key, versions), Digest.NONE));

            assertThat(digests(tree)).containsOnly(Digest.NONE);
        });
    }

    @Test
    void everyInnerNodeIsTheSumOfThoseBelow() {
        MerkleTree tree = treeOf(new SomeVersions(new SeededRandom(1)).contents(300));

        for (int number = 0; number <= TreeNode.FANOUT; number++) {
            TreeNode node = new TreeNode(number);
            Digest sum = node.children().stream().map(tree::digest).reduce(Digest.NONE, Digest::plus);
            assertThat(tree.digest(node)).isEqualTo(sum);
        }
    }

    @Test
    void aChangeShowsOnThePathOfItsKeyOnly() {
        MerkleTree tree = new MerkleTree(TokenRange.all());
        Versions versions = new SomeVersions(new SeededRandom(1)).some();
        tree.update(KEY, Digest.NONE, Digest.of(KEY, versions));

        assertThat(digests(tree).stream().filter(digest -> !digest.equals(Digest.NONE)))
                .hasSize(3);
        assertThat(tree.digest(TreeNode.leafOf(TokenRange.all(), KEY)))
                .isEqualTo(tree.root())
                .isEqualTo(Digest.of(KEY, versions));
    }

    @Test
    void answersForTheNodesAskedForInTheirOrder() {
        MerkleTree tree = treeOf(new SomeVersions(new SeededRandom(1)).contents(100));
        List<TreeNode> nodes = List.of(new TreeNode(7), TreeNode.ROOT, TreeNode.leaf(3));

        assertThat(tree.answer(new Question.Nodes(nodes)).digests())
                .containsExactly(tree.digest(nodes.get(0)), tree.root(), tree.digest(nodes.get(2)));
    }

    private static void writeAtRandom(SeededRandom random, MerkleTree tree, NavigableMap<Key, Versions> contents) {
        SomeVersions source = new SomeVersions(random);
        for (long writes = random.between(0, 100); writes > 0; writes--) {
            Key key = Key.of("cart-" + random.nextInt(30));
            Versions before = orNone(contents.get(key));
            Versions after = random.chance(0.1) ? Versions.none() : source.write(before);
            contents.put(key, after);
            tree.update(key, Digest.of(key, before), Digest.of(key, after));
        }
    }

    private static MerkleTree treeOf(NavigableMap<Key, Versions> contents) {
        MerkleTree tree = new MerkleTree(TokenRange.all());
        contents.forEach((key, versions) -> tree.update(key, Digest.NONE, Digest.of(key, versions)));
        return tree;
    }

    private static Collection<Digest> digests(MerkleTree tree) {
        return IntStream.range(0, TreeNode.COUNT)
                .mapToObj(number -> tree.digest(new TreeNode(number)))
                .toList();
    }

    private static Versions reread(Versions versions) {
        return Versions.decode(versions.encode().clone());
    }

    private static Versions orNone(@Nullable Versions versions) {
        return versions == null ? Versions.none() : versions;
    }
}
