package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first look: from the roots down to the keys that differ, one question to both sides at a time. */
final class Survey {

    private final Limits limits;
    private final long salt;
    private final List<TreeNode> leaves = new ArrayList<>();
    private final List<Comparison> suspects = new ArrayList<>();
    private int nodes;
    private int pages;
    private int keys;
    private boolean more;

    /** @param salt decides which of the differing leaves is looked into first, so that none is always last */
    Survey(Limits limits, long salt) {
        this.limits = limits;
        this.salt = salt;
    }

    Question first() {
        return new Question.Nodes(List.of(TreeNode.ROOT));
    }

    /** What to ask next after these answers, which the question accepts; null once the look is done. */
    @Nullable
    Question next(Question question, Answer own, Answer theirs) {
        if (question instanceof Question.Page page) {
            return afterPage(page.leaf(), (Answer.Page) own, (Answer.Page) theirs);
        }
        Question.Nodes asked = (Question.Nodes) question;
        return afterNodes(asked.nodes(), (Answer.Digests) own, (Answer.Digests) theirs);
    }

    /** The keys that differed. */
    List<Comparison> suspects() {
        return suspects;
    }

    int nodes() {
        return nodes;
    }

    int keys() {
        return keys;
    }

    /** Whether it stopped at a limit, with differences before it. */
    boolean more() {
        return more;
    }

    private @Nullable Question afterNodes(List<TreeNode> asked, Answer.Digests own, Answer.Digests theirs) {
        nodes += asked.size();
        List<TreeNode> below = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Digest mine = own.digests().get(i);
            if (!mine.equals(theirs.digests().get(i))) {
                TreeNode node = asked.get(i);
                below.addAll(node.children());
                if (node.isLeaf()) {
                    leaves.add(node);
                }
            }
        }
        if (!below.isEmpty()) {
            return new Question.Nodes(below);
        }
        Collections.rotate(leaves, (int) Long.remainderUnsigned(salt, TreeNode.LEAVES));
        return nextLeaf();
    }

    private @Nullable Question afterPage(TreeNode leaf, Answer.Page own, Answer.Page theirs) {
        pages++;
        Key end = Comparison.end(own, theirs);
        for (Comparison comparison : Comparison.of(own, theirs, end)) {
            keys++;
            if (comparison.differs()) {
                suspect(comparison);
            }
        }
        boolean enough = pages >= limits.pages() || suspects.size() >= limits.keys();
        if (enough) {
            more |= end != null || !leaves.isEmpty();
            return null;
        }
        return end == null ? nextLeaf() : new Question.Page(leaf, end);
    }

    private @Nullable Question nextLeaf() {
        return leaves.isEmpty() ? null : new Question.Page(leaves.removeLast(), null);
    }

    private void suspect(Comparison comparison) {
        if (suspects.size() < limits.keys()) {
            suspects.add(comparison);
        } else {
            more = true;
        }
    }
}
