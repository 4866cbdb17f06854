package io.dynamocart.store.ring;

/**
 * A strategy by which a ring is cut into partitions and handed out: one of the three of the paper's §6.2, with which a
 * cluster is born. A node of weight w counts as w nodes in each of them.
 */
public sealed interface Partitioning {

    int MAX_PARTITIONS = 1 << 16;
    int MAX_TOKENS_PER_NODE = 1 << 12;

    /** The strategy's number in the paper. */
    int strategy();

    /**
     * Strategy 1: every node has random tokens, and each token ends a partition. The partitions change whenever the
     * nodes do.
     *
     * @param tokens per node of weight 1 (T)
     * @param seed from which the tokens are drawn, with the node's name
     */
    record RandomTokens(int tokens, long seed) implements Partitioning {

        public RandomTokens {
            checkTokens(tokens);
        }

        @Override
        public int strategy() {
            return 1;
        }
    }

    /**
     * Strategy 2: the partitions are equal and stay; random tokens decide only which nodes hold them.
     *
     * @param partitions Q, many times the number of tokens
     * @param tokens per node of weight 1 (T)
     * @param seed from which the tokens are drawn, with the node's name
     */
    record RandomTokensEqualPartitions(int partitions, int tokens, long seed) implements Partitioning {

        public RandomTokensEqualPartitions {
            checkPartitions(partitions);
            checkTokens(tokens);
        }

        @Override
        public int strategy() {
            return 2;
        }
    }

    /**
     * Strategy 3: the partitions are equal and stay, each ends with a token, and every node owns its share of them.
     *
     * @param partitions Q, of which each of S equal nodes owns Q/S
     */
    record EqualShares(int partitions) implements Partitioning {

        public EqualShares {
            checkPartitions(partitions);
        }

        @Override
        public int strategy() {
            return 3;
        }
    }

    private static void checkPartitions(int partitions) {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException("%d partitions is not 1 to %d".formatted(partitions, MAX_PARTITIONS));
        }
    }

    private static void checkTokens(int tokens) {
        if (tokens < 1 || tokens > MAX_TOKENS_PER_NODE) {
            throw new IllegalArgumentException(
                    "%d tokens per node is not 1 to %d".formatted(tokens, MAX_TOKENS_PER_NODE));
        }
    }
}
