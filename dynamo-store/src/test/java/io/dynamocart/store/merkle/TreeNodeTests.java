package io.dynamocart.store.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Seat;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The shape of all trees, and how keys spread over it. */
class TreeNodeTests {

    @Test
    void everyNodeButTheRootIsBelowExactlyOneOther() {
        List<TreeNode> below = new ArrayList<>();
        for (int number = 0; number < TreeNode.COUNT; number++) {
            below.addAll(new TreeNode(number).children());
        }

        assertThat(below)
                .containsExactlyElementsOf(IntStream.range(1, TreeNode.COUNT)
                        .mapToObj(TreeNode::new)
                        .toList());
    }

    @Test
    void leavesAreTheNodesWithNothingBelow() {
        assertThat(leaves())
                .allMatch(TreeNode::isLeaf)
                .allMatch(leaf -> leaf.children().isEmpty());
        assertThat(TreeNode.ROOT.children()).noneMatch(TreeNode::isLeaf);
    }

    @Test
    void thereIsNothingBesideTheTree() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TreeNode(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TreeNode(TreeNode.COUNT));
    }

    @Test
    void theLeafOfAKeyStaysTheSameFromReleaseToRelease() {
        assertThat(TreeNode.leafOf(TokenRange.all(), Key.of("cart-1"))).isEqualTo(TreeNode.leaf(672));
    }

    @Test
    void countedKeysSpreadEvenly() {
        assertThat(keysPerLeaf(
                        TokenRange.all(),
                        IntStream.range(0, 100_000)
                                .mapToObj(i -> Key.of("cart-" + i))
                                .toList()))
                .allMatch(isAround(98));
    }

    @Test
    void keysOfOnePartitionSpreadEvenly() {
        NodeId node = new NodeId("a");
        Ring ring = Layout.ofOwners(4, 1, List.of(new Seat(node, "zone", 1)), Collections.nCopies(4, node))
                .ring();
        TokenRange partition = ring.rangeOf(new Partition(2));
        List<Key> keys = IntStream.range(0, 250_000)
                .mapToObj(i -> Key.of("cart-" + i))
                .filter(key -> ring.partitionOf(key).equals(new Partition(2)))
                .toList();

        assertThat(keysPerLeaf(partition, keys)).allMatch(isAround(61));
        assertThat(keys)
                .allMatch(key ->
                        TreeNode.leafOf(partition, key).rangeIn(partition).contains(Token.of(key)));
    }

    private static Predicate<Integer> isAround(int mean) {
        return size -> size > mean / 3 && size < mean * 2;
    }

    private static List<Integer> keysPerLeaf(TokenRange partition, List<Key> keys) {
        int[] sizes = new int[TreeNode.COUNT];
        keys.forEach(key -> sizes[TreeNode.leafOf(partition, key).number()]++);
        return leaves().stream().map(leaf -> sizes[leaf.number()]).toList();
    }

    private static List<TreeNode> leaves() {
        return IntStream.range(0, TreeNode.LEAVES).mapToObj(TreeNode::leaf).toList();
    }
}
