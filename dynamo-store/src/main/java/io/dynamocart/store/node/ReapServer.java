package io.dynamocart.store.node;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.Reap.Stage;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.reaping.Watch;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Answers for this node when tombstones are to be removed: whether it holds exactly that as a home replica, or nothing
 * as any other node, no hint for anybody included; and removes it. Not thread-safe.
 */
final class ReapServer {

    private final Predicate<Key> isHome;
    private final LocalCopies copies;
    private final NodeEvent.Listener listener;
    private final Timers.Timer round;
    private final Watch watch;

    ReapServer(Predicate<Key> isHome, LocalCopies copies, Watch watch, Timers timers, NodeEvent.Listener listener) {
        this.isHome = isHome;
        this.copies = copies;
        this.watch = watch;
        this.listener = listener;
        this.round = timers.every(Watch.ROUND, this::onRound);
    }

    void start(Moment now) {
        round.setIn(now, Watch.ROUND);
        onRound(now);
    }

    /** Replies with the keys for which it agrees, or that it has removed. */
    void answer(Moment now, Stage stage, List<KeyDigest> versions, Reply<List<Key>> reply) {
        Answer answer = new Answer(versions.size(), reply);
        if (versions.isEmpty()) {
            reply.accept(now, List.of());
        }
        for (KeyDigest each : versions) {
            switch (stage) {
                case AGREE -> agree(now, each, answer);
                case CONFIRM -> confirm(now, each, answer);
                case DROP -> drop(now, each, answer);
            }
        }
    }

    private void agree(Moment now, KeyDigest versions, Answer answer) {
        // Before it looks: what is sent from now on counts
        watch.begin(now.nanos(), now.wall(), versions);
        look(now, versions, (then, asExpected) -> {
            if (!asExpected) {
                watch.end(versions.key());
            }
            answer.add(then, versions.key(), asExpected);
        });
    }

    private void confirm(Moment now, KeyDigest versions, Answer answer) {
        look(
                now,
                versions,
                (then, asExpected) -> answer.add(
                        then, versions.key(), asExpected && watch.isQuiet(then.nanos(), then.wall(), versions)));
    }

    private void drop(Moment now, KeyDigest versions, Answer answer) {
        Key key = versions.key();
        look(now, versions, (then, asExpected) -> {
            if (asExpected) {
                copies.replica().forget(then, key, versions.digest(), (later, written) -> {
                    if (written.isRemoved()) {
                        listener.on(new NodeEvent.TombstoneReaped(key));
                    }
                    answer.add(later, key, written.isRemoved());
                });
            } else {
                answer.add(then, key, false);
            }
        });
    }

    /** Replies whether this node has on disk just what it should have, and nothing of the key anywhere else. */
    private void look(Moment now, KeyDigest expected, Reply<Boolean> reply) {
        Key key = expected.key();
        if (copies.hints().hold(key)) {
            reply.accept(now, false);
            return;
        }
        Digest own = isHome.test(key) ? expected.digest() : Digest.NONE;
        copies.replica()
                .settled(
                        now,
                        key,
                        (then, held) -> reply.accept(
                                then,
                                !copies.hints().hold(key)
                                        && held.map(each -> Digest.of(key, each))
                                                .filter(own::equals)
                                                .isPresent()));
    }

    private void onRound(Moment now) {
        watch.onTick(now.nanos(), now.wall());
    }

    /** An answer about several keys, replied when all are known. */
    private static final class Answer {

        private final Reply<List<Key>> reply;
        private final List<Key> agreed = new ArrayList<>();
        private int left;

        Answer(int left, Reply<List<Key>> reply) {
            this.left = left;
            this.reply = reply;
        }

        void add(Moment now, Key key, boolean agrees) {
            if (agrees) {
                agreed.add(key);
            }
            if (--left == 0) {
                reply.accept(now, agreed);
            }
        }
    }
}
