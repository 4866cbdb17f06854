package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One node's copy of a partition, in memory, with its tree. */
final class MemoryReplica {

    private final Map<TreeNode, NavigableMap<Key, Versions>> leaves = new HashMap<>();
    private final MerkleTree tree = new MerkleTree(TokenRange.all());
    private final int pageSize;

    MemoryReplica(int pageSize) {
        this.pageSize = pageSize;
    }

    Versions get(Key key) {
        return leaf(TreeNode.leafOf(TokenRange.all(), key)).getOrDefault(key, Versions.none());
    }

    /** Makes this what is there, whatever was there before. */
    void set(Key key, Versions versions) {
        tree.update(key, Digest.of(key, get(key)), Digest.of(key, versions));
        if (versions.isEmpty()) {
            leaf(TreeNode.leafOf(TokenRange.all(), key)).remove(key);
        } else {
            leaf(TreeNode.leafOf(TokenRange.all(), key)).put(key, versions);
        }
    }

    void merge(Key key, Versions versions) {
        set(key, get(key).merge(versions));
    }

    Digest root() {
        return tree.root();
    }

    Map<Key, Versions> contents() {
        Map<Key, Versions> contents = new TreeMap<>();
        leaves.values().forEach(contents::putAll);
        return contents;
    }

    Answer answer(Question question) {
        return switch (question) {
            case Question.Nodes nodes -> tree.answer(nodes);
            case Question.Page(TreeNode leaf, Key after) -> page(leaf, after);
            case Question.Keys(List<Key> keys) ->
                new Answer.Digests(keys.stream().map(this::digest).toList());
        };
    }

    private Answer.Page page(TreeNode leaf, @Nullable Key after) {
        NavigableMap<Key, Versions> rest =
                after == null ? leaf(leaf) : leaf(leaf).tailMap(after, false);
        List<KeyDigest> entries = rest.keySet().stream()
                .limit(pageSize + 1L)
                .map(key -> new KeyDigest(key, digest(key)))
                .toList();
        boolean last = entries.size() <= pageSize;
        return new Answer.Page(last ? entries : entries.subList(0, pageSize), last);
    }

    private NavigableMap<Key, Versions> leaf(TreeNode leaf) {
        return leaves.computeIfAbsent(leaf, _ -> new TreeMap<>());
    }

    private Digest digest(Key key) {
        return Digest.of(key, get(key));
    }
}
