package io.dynamocart.store.merkle;

import io.dynamocart.store.version.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question that one node asks another, and itself, about a partition that both have, to find where they differ. */
public sealed interface Question {

    /** Whether this can be an answer to this question; a peer may send anything. */
    boolean accepts(Answer answer);

    /** The digests of these nodes of the tree, at most {@value TreeNode#COUNT}. Answered from memory. */
    record Nodes(List<TreeNode> nodes) implements Question {

        public Nodes {
            requireCount(nodes, TreeNode.COUNT);
            nodes = List.copyOf(nodes);
        }

        @Override
        public boolean accepts(Answer answer) {
            return answer instanceof Answer.Digests digests && digests.digests().size() == nodes.size();
        }
    }

    /**
     * A page of the keys of a leaf. Answered from disk, as is {@link Keys}. That the keys are the leaf's is for those
     * to check who know the partition.
     *
     * @param after begins with the first key after this one; null begins with the first
     */
    record Page(TreeNode leaf, @Nullable Key after) implements Question {

        public Page {
            if (!leaf.isLeaf()) {
                throw new IllegalArgumentException("node %d has no keys of its own".formatted(leaf.number()));
            }
        }

        @Override
        public boolean accepts(Answer answer) {
            return answer instanceof Answer.Page page
                    && page.entries().stream().map(KeyDigest::key).allMatch(this::covers);
        }

        private boolean covers(Key key) {
            return after == null || key.compareTo(after) > 0;
        }
    }

    /** The digests of what is held under these keys, at most {@value #MAX_KEYS}. */
    record Keys(List<Key> keys) implements Question {

        public static final int MAX_KEYS = 1024;

        public Keys {
            requireCount(keys, MAX_KEYS);
            keys = List.copyOf(keys);
        }

        @Override
        public boolean accepts(Answer answer) {
            return answer instanceof Answer.Digests digests && digests.digests().size() == keys.size();
        }
    }

    private static void requireCount(List<?> list, int most) {
        if (list.isEmpty() || list.size() > most) {
            throw new IllegalArgumentException("a question asks for 1 to %d, not %d".formatted(most, list.size()));
        }
    }
}
