package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.ring.Partitioning.EqualShares;
import io.dynamocart.store.ring.Partitioning.RandomTokens;
import io.dynamocart.store.ring.Partitioning.RandomTokensEqualPartitions;

/** The written form of a partitioning: the number of its strategy, then its parameters. */
final class PartitioningCodec {

    private PartitioningCodec() {}

    static void write(Partitioning partitioning, ByteWriter out) {
        out.writeByte(partitioning.strategy());
        switch (partitioning) {
            case RandomTokens(int tokens, long seed) -> out.writeVarint(tokens).writeLong(seed);
            case RandomTokensEqualPartitions(int partitions, int tokens, long seed) ->
                out.writeVarint(partitions).writeVarint(tokens).writeLong(seed);
            case EqualShares(int partitions) -> out.writeVarint(partitions);
        }
    }

    static Partitioning read(ByteReader in) {
        int strategy = in.readByte();
        try {
            return switch (strategy) {
                case 1 -> new RandomTokens(in.readInt(Partitioning.MAX_TOKENS_PER_NODE), in.readLong());
                case 2 ->
                    new RandomTokensEqualPartitions(
                            in.readInt(Partitioning.MAX_PARTITIONS),
                            in.readInt(Partitioning.MAX_TOKENS_PER_NODE),
                            in.readLong());
                case 3 -> new EqualShares(in.readInt(Partitioning.MAX_PARTITIONS));
                default -> throw new MalformedBytesException("strategy %d is not known here".formatted(strategy));
            };
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a partitioning", e);
        }
    }
}
