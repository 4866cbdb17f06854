package io.dynamocart.store.replica;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers what nodes ask each other about a partition, of what this node itself has on disk: hints are no part of it,
 * since they are on their way to where they belong. Not thread-safe.
 */
public final class ExchangeResponder {

    private final Replica replica;
    private final Records records;
    private final Trees trees;

    public ExchangeResponder(Replica replica, Records records, Trees trees) {
        this.replica = replica;
        this.records = records;
        this.trees = trees;
    }

    /** Replies with nothing where the tree is not complete yet, or the disk does not answer. */
    public void answer(Moment now, TokenRange partition, Question question, Reply<Optional<Answer>> reply) {
        switch (question) {
            case Question.Nodes nodes -> reply.accept(now, trees.tree(partition).map(tree -> tree.answer(nodes)));
            case Question.Page(TreeNode leaf, Key after) -> new Page(leaf.rangeIn(partition), after, reply).read(null);
            case Question.Keys(List<Key> keys) -> new Keys(keys, reply).read(now);
        }
    }

    /** A page being gathered. A leaf lies on disk by token, and is told of by key; so all of it is read. */
    private final class Page {

        private final TokenRange leaf;
        private final @Nullable Key after;
        private final Reply<Optional<Answer>> reply;
        private final NavigableMap<Key, Digest> first = new TreeMap<>();
        private boolean cut;

        Page(TokenRange leaf, @Nullable Key after, Reply<Optional<Answer>> reply) {
            this.leaf = leaf;
            this.after = after;
            this.reply = reply;
        }

        void read(@Nullable Key position) {
            records.scan(leaf, position, (now, outcome) -> {
                switch (outcome) {
                    case ScanOutcome.Failed _ -> reply.accept(now, Optional.empty());
                    case ScanOutcome.Page page -> {
                        page.items().forEach(this::add);
                        if (page.last()) {
                            reply.accept(now, Optional.of(answer()));
                        } else {
                            read(page.items().getLast().key());
                        }
                    }
                }
            });
        }

        private void add(Item item) {
            boolean wanted = after == null || item.key().compareTo(after) > 0;
            if (wanted && item.outcome() instanceof ReadOutcome.Found found) {
                Digest digest = Digest.of(item.key(), found.record().versions());
                if (!digest.equals(Digest.NONE)) {
                    first.put(item.key(), digest);
                }
            }
            if (first.size() > Answer.Page.MAX_ENTRIES) {
                first.pollLastEntry();
                cut = true;
            }
        }

        private Answer answer() {
            List<KeyDigest> entries = first.entrySet().stream()
                    .map(entry -> new KeyDigest(entry.getKey(), entry.getValue()))
                    .toList();
            return new Answer.Page(entries, !cut);
        }
    }

    /** Keys being looked at, all at once. */
    private final class Keys {

        private final List<Key> keys;
        private final Reply<Optional<Answer>> reply;
        private final NavigableMap<Key, Digest> digests = new TreeMap<>();
        private boolean unreadable;
        private int left;

        Keys(List<Key> keys, Reply<Optional<Answer>> reply) {
            this.keys = keys;
            this.reply = reply;
            this.left = keys.size();
        }

        void read(Moment now) {
            keys.forEach(key -> replica.inspect(now, key, (then, copy) -> onCopy(then, key, copy)));
        }

        private void onCopy(Moment now, Key key, Copy copy) {
            switch (copy) {
                case Copy.Held(Versions versions) -> digests.put(key, Digest.of(key, versions));
                case Copy.Damaged _ -> digests.put(key, Digest.NONE);
                case Copy.Unreadable _ -> unreadable = true;
            }
            if (--left == 0) {
                reply.accept(now, unreadable ? Optional.empty() : Optional.of(answer()));
            }
        }

        private Answer answer() {
            return new Answer.Digests(keys.stream()
                    .map(key -> digests.getOrDefault(key, Digest.NONE))
                    .toList());
        }
    }
}
