package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.version.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the two sides differ, with one question to both at a time: first from the roots down to the keys; then,
 * in a second look at the keys that differed, which of them both sides still say the same of as before.
 */
final class Survey {

    private final Limits limits;
    private final int shift;
    private final Deque<TreeNode> leaves = new ArrayDeque<>();
    private final List<KeyComparison> suspects = new ArrayList<>();
    private final List<Key> confirmed = new ArrayList<>();
    private int nodes;
    private int pages;
    private int keys;
    private boolean more;

    /** @param salt decides which of the leaves and keys that differ come first, so that none always comes last */
    Survey(Limits limits, long salt) {
        this.limits = limits;
        this.shift = (int) salt;
    }

    Question first() {
        return new Question.Nodes(List.of(TreeNode.ROOT));
    }

    /** The question to ask next after these answers, which the question accepts; null once both looks are done. */
    @Nullable
    Question next(Question question, Answer own, Answer theirs) {
        return switch (question) {
            case Question.Nodes(List<TreeNode> nodes) ->
                afterNodes(nodes, (Answer.Digests) own, (Answer.Digests) theirs);
            case Question.Page(TreeNode leaf, Key after) -> afterPage(leaf, (Answer.Page) own, (Answer.Page) theirs);
            case Question.Keys keys -> {
                confirm(((Answer.Digests) own).digests(), ((Answer.Digests) theirs).digests());
                yield null;
            }
        };
    }

    /** How many keys differed at the first look. */
    int suspected() {
        return suspects.size();
    }

    /** The keys that differed at both looks, and in the same way. */
    List<Key> confirmed() {
        return confirmed;
    }

    int nodes() {
        return nodes;
    }

    int keys() {
        return keys;
    }

    /** Whether a limit kept this survey from looking at keys that may differ. */
    boolean more() {
        return more;
    }

    private @Nullable Question afterNodes(List<TreeNode> asked, Answer.Digests own, Answer.Digests theirs) {
        nodes += asked.size();
        List<TreeNode> differing = IntStream.range(0, asked.size())
                .filter(i -> !own.digests().get(i).equals(theirs.digests().get(i)))
                .mapToObj(asked::get)
                .toList();
        List<TreeNode> below =
                differing.stream().flatMap(node -> node.children().stream()).toList();
        if (!below.isEmpty()) {
            return new Question.Nodes(below);
        }
        leaves.addAll(rotated(differing));
        return nextLeaf();
    }

    private @Nullable Question afterPage(TreeNode leaf, Answer.Page own, Answer.Page theirs) {
        pages++;
        Key end = KeyComparison.end(own, theirs);
        Collection<KeyComparison> compared = KeyComparison.of(own, theirs, end);
        keys += compared.size();
        suspect(rotated(compared.stream().filter(KeyComparison::differs).toList()));
        boolean enough = pages >= limits.pages() || suspects.size() >= limits.keys();
        if (enough) {
            more |= end != null || !leaves.isEmpty();
            return secondLook();
        }
        return end == null ? nextLeaf() : new Question.Page(leaf, end);
    }

    private void confirm(List<Digest> own, List<Digest> theirs) {
        for (int i = 0; i < suspects.size(); i++) {
            KeyComparison before = suspects.get(i);
            if (before.equals(new KeyComparison(before.key(), own.get(i), theirs.get(i)))) {
                confirmed.add(before.key());
            }
        }
    }

    private @Nullable Question nextLeaf() {
        return leaves.isEmpty() ? secondLook() : new Question.Page(leaves.remove(), null);
    }

    private @Nullable Question secondLook() {
        return suspects.isEmpty()
                ? null
                : new Question.Keys(suspects.stream().map(KeyComparison::key).toList());
    }

    private void suspect(List<KeyComparison> differing) {
        int room = limits.keys() - suspects.size();
        suspects.addAll(differing.subList(0, Math.min(room, differing.size())));
        more |= differing.size() > room;
    }

    private <T> List<T> rotated(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.rotate(copy, shift);
        return copy;
    }
}
