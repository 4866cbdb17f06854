package io.dynamocart.store.node;

import io.dynamocart.store.antientropy.Side;
import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.ExchangeResponder;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.Optional;

/** Asks both sides of an exchange: this node itself, and a peer. */
final class ExchangeSides {

    private final NodeId self;
    private final Peers peers;
    private final Calls calls;
    private final ExchangeResponder responder;

    ExchangeSides(NodeId self, Peers peers, Calls calls, ExchangeResponder responder) {
        this.self = self;
        this.peers = peers;
        this.calls = calls;
        this.responder = responder;
    }

    NodeId self() {
        return self;
    }

    boolean isTrusted(NodeId peer) {
        return peers.isTrusted(peer);
    }

    /** Replies with nothing if there is no answer, or none that can be used. */
    void ask(Moment now, NodeId peer, Side side, TokenRange partition, Question question, Reply<Optional<Answer>> reply) {
        if (side == Side.OWN) {
            responder.answer(now, partition, question, reply);
            return;
        }
        calls.callWithoutHurry(
                now,
                peer,
                number -> new Message.Compare(number, partition, question),
                (then, outcome) -> reply.accept(
                        then,
                        outcome instanceof Answered(Message.CompareReply compared)
                                        && isAbout(partition, question, compared.answer())
                                ? Optional.of(compared.answer())
                                : Optional.empty()));
    }

    /**
     * Reads a side's versions as clients would: with the hints that it keeps, which are acknowledged writes on their
     * way home. To merge them early does no harm; and whether the copies themselves differ was decided before.
     */
    void fetch(Moment now, NodeId peer, Side side, Key key, Reply<FetchResult> reply) {
        peers.fetch(now, nodeOf(peer, side), key, reply);
    }

    void merge(Moment now, NodeId peer, Side side, Key key, Versions versions, Reply<Boolean> reply) {
        peers.store(now, nodeOf(peer, side), key, versions, reply);
    }

    private NodeId nodeOf(NodeId peer, Side side) {
        return side == Side.OWN ? self : peer;
    }

    /** A peer that tells of keys elsewhere must not have them merged here. */
    private static boolean isAbout(TokenRange partition, Question question, Answer answer) {
        if (question instanceof Question.Page(TreeNode leaf, _) && answer instanceof Answer.Page(var entries, _)) {
            TokenRange range = leaf.rangeIn(partition);
            List<KeyDigest> all = entries;
            return all.stream().allMatch(entry -> range.contains(Token.of(entry.key())));
        }
        return true;
    }
}
