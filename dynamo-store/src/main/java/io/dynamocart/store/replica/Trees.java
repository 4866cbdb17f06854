package io.dynamocart.store.replica;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The Merkle trees of this node: one of each partition that it has records of, whoever is home replica of it (paper
 * §4.7). Each commit changes them; and a rebuild from all records, which begins anew whenever it has ended, makes them
 * again from what is really on disk, since a tree remembers what the disk has lost or let rot (docs/invariants.md C7).
 * A tree can be compared once its partition was rebuilt since the start.
 *
 * <p>A rebuild goes page by page, each when {@link #advance} is called. Not thread-safe.
 */
public final class Trees implements CommitListener {

    private final Records records;
    private final BiConsumer<Key, String> onDamage;
    private final Map<Partition, MerkleTree> trees = new TreeMap<>();
    private final BitSet complete = new BitSet();
    private @Nullable Ring ring;
    private @Nullable TreeRebuild rebuild;

    /**
     * How far a rebuild has come.
     *
     * @param ended whether all records have been read, and the next rebuild will begin
     * @param corrected trees that were found wrong and are right from now on
     * @param page the records that were read last
     */
    public record Progress(boolean ended, int corrected, List<Item> page) {

        public Progress {
            page = List.copyOf(page);
        }

        /** Whether a page was read. If not, the disk could not read it, or the rebuild was begun anew meanwhile. */
        public boolean hasPage() {
            return ended || !page.isEmpty();
        }
    }

    /** @param onDamage told of every damaged record that a rebuild comes upon */
    public Trees(Records records, BiConsumer<Key, String> onDamage) {
        this.records = records;
        this.onDamage = onDamage;
    }

    /**
     * Divides the trees by the partitions of this ring from now on.
     *
     * @return whether all trees begin anew, since the partitions differ from those of the ring before
     */
    public boolean use(Ring now) {
        if (ring != null && ring.isDividedLike(now)) {
            return false;
        }
        ring = now;
        rebuild = null;
        trees.clear();
        complete.clear();
        return true;
    }

    /** The tree of exactly these tokens; none while it is not complete, or if the ring has no such partition. */
    public Optional<MerkleTree> tree(TokenRange range) {
        return ring == null
                ? Optional.empty()
                : ring.partitionOf(range)
                        .filter(partition -> complete.get(partition.index()))
                        .map(this::tree);
    }

    /**
     * Sums up what is on disk of a key and of its neighbours, the leaf of the tree it lies in; empty while the tree is
     * not complete. Two nodes with the same sum hold the same of each of these keys, but for a chance of one in
     * 2<sup>128</sup>, and for what a disk has lost since the tree was rebuilt.
     */
    public Optional<Digest> leaf(Key key) {
        if (ring == null) {
            return Optional.empty();
        }
        Token token = Token.of(key);
        Partition partition = ring.partitionAt(token);
        if (!complete.get(partition.index())) {
            return Optional.empty();
        }
        MerkleTree tree = trees.get(partition);
        return Optional.of(tree == null ? Digest.NONE : tree.digest(TreeNode.leafOf(ring.rangeOf(partition), token)));
    }

    @Override
    public void onCommitted(Key key, Versions before, Versions after) {
        if (ring == null) {
            return;
        }
        Partition partition = ring.partitionOf(key);
        Digest old = Digest.of(key, before);
        Digest young = Digest.of(key, after);
        if (complete.get(partition.index())) {
            tree(partition).update(key, old, young);
        }
        if (rebuild != null) {
            rebuild.onCommitted(key, partition, old, young);
        }
    }

    /**
     * Reads the next page of records into the rebuild. Only after {@link #use}, and when the page before was replied to
     * or given up by {@link #restartRebuild}.
     *
     * @param replica tells which writes are under way
     */
    public void advance(Moment now, Replica replica, Reply<Progress> reply) {
        Ring divided = ring;
        if (divided == null) {
            throw new IllegalStateException("no ring to build trees by");
        }
        TreeRebuild current = rebuild == null ? new TreeRebuild(divided, onDamage) : rebuild;
        rebuild = current;
        current.onAsked();
        records.scan(TokenRange.all(), current.position(), (then, outcome) -> {
            boolean read = rebuild == current && outcome instanceof ScanOutcome.Page;
            reply.accept(
                    then,
                    read ? onPage(current, (ScanOutcome.Page) outcome, replica) : new Progress(false, 0, List.of()));
        });
    }

    /** Gives up the page under way: the rebuild begins anew, since nobody knows how much of that page is in it. */
    public void restartRebuild() {
        rebuild = null;
    }

    private Progress onPage(TreeRebuild current, ScanOutcome.Page page, Replica replica) {
        current.onPage(page, replica);
        int corrected = 0;
        for (Partition passed : current.passed()) {
            corrected += replace(passed, current.take(passed)) ? 1 : 0;
        }
        if (page.last()) {
            rebuild = null;
        }
        return new Progress(page.last(), corrected, page.items());
    }

    /**
     * Whether the tree in use was wrong. Most partitions of a large cluster are empty here: for those there is none.
     */
    private boolean replace(Partition partition, Optional<MerkleTree> rebuilt) {
        Digest before = rootOf(Optional.ofNullable(trees.remove(partition)));
        rebuilt.filter(tree -> !tree.root().equals(Digest.NONE)).ifPresent(tree -> trees.put(partition, tree));
        boolean wrong = complete.get(partition.index()) && !before.equals(rootOf(rebuilt));
        complete.set(partition.index());
        return wrong;
    }

    private static Digest rootOf(Optional<MerkleTree> tree) {
        return tree.map(MerkleTree::root).orElse(Digest.NONE);
    }

    private MerkleTree tree(Partition partition) {
        Ring divided = ring;
        if (divided == null) {
            throw new IllegalStateException("no ring");
        }
        return trees.computeIfAbsent(partition, unknown -> new MerkleTree(divided.rangeOf(unknown)));
    }
}
