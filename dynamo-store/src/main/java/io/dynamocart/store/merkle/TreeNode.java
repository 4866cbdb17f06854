package io.dynamocart.store.merkle;

import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A place in a {@link MerkleTree}. All trees have the same shape: a root, {@value #FANOUT} branches, and
 * {@value #FANOUT} leaves on each branch. They are numbered level by level, the root is 0.
 */
public record TreeNode(int number) {

    public static final int FANOUT = 32;
    public static final int LEAVES = FANOUT * FANOUT;
    public static final int COUNT = 1 + FANOUT + LEAVES;
    public static final TreeNode ROOT = new TreeNode(0);

    private static final int FIRST_LEAF = COUNT - LEAVES;

    public TreeNode {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("tree node %d is not 0 to %d".formatted(number, COUNT - 1));
        }
    }

    /**
     * The leaf of a key in the tree of a partition: which of {@value #LEAVES} equal slices of the partition it lies in.
     * Keys are spread by MD5, so slices hold about as many; and on disk a slice is one run of neighbours.
     */
    public static TreeNode leafOf(TokenRange partition, Key key) {
        return leafOf(partition, Token.of(key));
    }

    /** The leaf of the keys with this token. */
    public static TreeNode leafOf(TokenRange partition, Token token) {
        return leaf(partition.sliceOf(token, LEAVES));
    }

    /** The {@code index}-th leaf, from 0. */
    public static TreeNode leaf(int index) {
        return new TreeNode(FIRST_LEAF + index);
    }

    /** The tokens of a leaf's keys. */
    public TokenRange rangeIn(TokenRange partition) {
        if (!isLeaf()) {
            throw new IllegalStateException("node %d is no leaf".formatted(number));
        }
        return partition.slice(number - FIRST_LEAF, LEAVES);
    }

    public boolean isLeaf() {
        return number >= FIRST_LEAF;
    }

    /** The nodes right below this one, ascending; none below a leaf. */
    public List<TreeNode> children() {
        return isLeaf()
                ? List.of()
                : IntStream.rangeClosed(1, FANOUT)
                        .mapToObj(child -> new TreeNode(number * FANOUT + child))
                        .toList();
    }
}
