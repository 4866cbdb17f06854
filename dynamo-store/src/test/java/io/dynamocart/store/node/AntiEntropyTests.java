package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Node a compares a partition with a peer that holds thousands of keys of which it has none itself. */
class AntiEntropyTests {

    private static final Versions MILK =
            Versions.of(new Version(NodeScript.dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    private final NodeScript a = NodeScript.amongThree();
    private final int most = a.settings.repair().exchange().keys();
    private @Nullable Peer peer;

    @Test
    void aPeerThatIsLostAmidTheRepairsIsLostForAllKeysOnASmallStack() {
        String asked = runUntilItFetches();
        SmallStack.run(() -> a.linkDown(asked));

        assertThat(a.events).contains(new NodeEvent.ExchangeEnded(new NodeId(asked), true, 0, most));
    }

    /** Returns whom it compares with. */
    private String runUntilItFetches() {
        String asked = "";
        for (long now = 0; asked.isEmpty() || a.hasSentNothingTo(asked); now += 10) {
            a.at(now).settle();
            for (NodeScript.Compared next = a.compared.poll(); next != null; next = a.compared.poll()) {
                asked = next.peer();
                a.receive(asked, answer(next.compare()));
            }
        }
        return asked;
    }

    private Message answer(Message.Compare compare) {
        Peer answering = peer == null ? new Peer(compare.partition()) : peer;
        peer = answering;
        return new Message.CompareReply(compare.number(), answering.answer(compare.question()));
    }

    /** What it holds of one partition: some keys in each leaf of its tree. */
    private static final class Peer {

        private final TokenRange partition;
        private final MerkleTree tree;
        private final List<KeyDigest> keys;

        Peer(TokenRange partition) {
            this.partition = partition;
            this.tree = new MerkleTree(partition);
            this.keys = IntStream.range(0, 100_000)
                    .mapToObj(i -> Key.of("cart-" + i))
                    .filter(key -> partition.contains(Token.of(key)))
                    .map(key -> new KeyDigest(key, Digest.of(key, MILK)))
                    .sorted((one, other) -> one.key().compareTo(other.key()))
                    .toList();
            keys.forEach(each -> tree.update(each.key(), Digest.NONE, each.digest()));
        }

        Answer answer(Question question) {
            return switch (question) {
                case Question.Nodes nodes -> tree.answer(nodes);
                case Question.Page(TreeNode leaf, Key after) -> {
                    assertThat(after).isNull();
                    TokenRange range = leaf.rangeIn(partition);
                    yield new Answer.Page(
                            keys.stream()
                                    .filter(each -> range.contains(Token.of(each.key())))
                                    .toList(),
                            true);
                }
                case Question.Keys(List<Key> asked) ->
                    new Answer.Digests(
                            asked.stream().map(key -> Digest.of(key, MILK)).toList());
            };
        }
    }
}
