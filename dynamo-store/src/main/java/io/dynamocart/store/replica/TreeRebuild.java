package io.dynamocart.store.replica;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One rebuild of all Merkle trees from the records on disk, read in the order of their tokens while writes go on. Each
 * key gets into its tree once, in the state that commits changed last:
 *
 * <ul>
 *   <li>Of a key that was passed, a commit changes the tree.
 *   <li>Of a key that lies ahead, a commit is on disk before the page with it is asked for, and needs nothing done.
 *   <li>Of a key on the page that is just being read, nobody knows whether the page shows it before or after a commit
 *       that was told of meanwhile, or will be. So for those keys the commit that was told of last counts, not the
 *       page.
 * </ul>
 *
 * Not thread-safe.
 */
final class TreeRebuild {

    private static final Comparator<Key> BY_TOKEN =
            Comparator.comparing(Token::of).thenComparing(Comparator.naturalOrder());

    private final Ring ring;
    private final BiConsumer<Key, String> onDamage;
    private final Map<Partition, MerkleTree> trees = new TreeMap<>();
    private final Map<Key, Digest> changed = new TreeMap<>();
    private @Nullable Key position;
    private boolean asked;
    private boolean ended;
    /** The first partition, which may begin behind the last token, is passed last. */
    private int nextToPass = 1;

    TreeRebuild(Ring ring, BiConsumer<Key, String> onDamage) {
        this.ring = ring;
        this.onDamage = onDamage;
    }

    /** The last key that was read, null at the beginning. */
    @Nullable
    Key position() {
        return position;
    }

    /** The next page is being read from now on. */
    void onAsked() {
        asked = true;
        changed.clear();
    }

    void onCommitted(Key key, Partition partition, Digest before, Digest after) {
        if (!isAhead(key, position)) {
            // A partition that was passed has its tree in use already
            if (!isPassed(partition)) {
                tree(partition).update(key, before, after);
            }
        } else if (asked) {
            changed.put(key, after);
        }
    }

    /** The page is there. */
    void onPage(ScanOutcome.Page page, Replica replica) {
        Map<Key, Digest> found = new TreeMap<>();
        page.items().forEach(item -> found.put(item.key(), digest(item)));
        replica.eachUnsettled((key, versions) -> changed.put(key, Digest.of(key, versions)));
        Key end = page.items().isEmpty() ? position : page.items().getLast().key();
        changed.forEach((key, digest) -> {
            if (isAhead(key, position) && (page.last() || !isAhead(key, end))) {
                found.put(key, digest);
            }
        });
        found.forEach((key, digest) -> tree(ring.partitionOf(key)).update(key, Digest.NONE, digest));
        position = end;
        ended = page.last();
        asked = false;
    }

    /** The partitions that have been read to their end since this was asked last. */
    List<Partition> passed() {
        List<Partition> passed = new ArrayList<>();
        int partitions = ring.preferenceLists().size();
        while (nextToPass < partitions && (ended || isBeyond(position, nextToPass))) {
            passed.add(new Partition(nextToPass++));
        }
        if (ended) {
            passed.add(new Partition(0));
        }
        return passed;
    }

    /** Gives the tree of a partition away; none if no record was found in it. */
    Optional<MerkleTree> take(Partition partition) {
        return Optional.ofNullable(trees.remove(partition));
    }

    private Digest digest(Item item) {
        return switch (item.outcome()) {
            case ReadOutcome.Found found -> Digest.of(item.key(), found.record().versions());
            case ReadOutcome.Damaged(String detail) -> {
                onDamage.accept(item.key(), detail);
                yield Digest.NONE;
            }
            case ReadOutcome.Failed _ -> Digest.NONE;
        };
    }

    private MerkleTree tree(Partition partition) {
        return trees.computeIfAbsent(partition, unknown -> new MerkleTree(ring.rangeOf(unknown)));
    }

    private boolean isPassed(Partition partition) {
        return partition.index() > 0 && partition.index() < nextToPass;
    }

    /** Whether whoever has come to {@code key} has been through the partition. */
    private boolean isBeyond(@Nullable Key key, int partition) {
        return key != null
                && Token.of(key)
                                .compareTo(
                                        ring.rangeOf(new Partition(partition)).end())
                        > 0;
    }

    /** Whether the rebuild comes to {@code key} after {@code other}. */
    private static boolean isAhead(Key key, @Nullable Key other) {
        return other == null || BY_TOKEN.compare(key, other) > 0;
    }
}
