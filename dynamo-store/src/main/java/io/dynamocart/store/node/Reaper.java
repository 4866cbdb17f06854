package io.dynamocart.store.node;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Reap;
import io.dynamocart.store.node.Calls.Outcome;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.reaping.Reaping;
import io.dynamocart.store.reaping.Step;
import io.dynamocart.store.reaping.Tombstone;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proposes the removal of tombstones that scrubbing has come upon: of those keys whose first home replica this node is,
 * so that not all of them do. Does what {@link Reaping} says. Not thread-safe.
 */
final class Reaper implements Scrubbing.Found {

    /** How long a member may take to look up 500 keys. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NodeId self;
    private final ReapSettings settings;
    private final Supplier<@Nullable Ring> ring;
    private final Supplier<List<NodeId>> members;
    private final Peers peers;
    private final Calls calls;
    private final ReapServer server;
    private final Timers timers;
    private final Timers.Timer round;
    private final Map<Key, Tombstone> found = new LinkedHashMap<>();
    private final TreeSet<Key> underWay = new TreeSet<>();

    Reaper(
            NodeId self,
            ReapSettings settings,
            Supplier<@Nullable Ring> ring,
            Supplier<List<NodeId>> members,
            Peers peers,
            Calls calls,
            ReapServer server,
            Timers timers) {
        this.self = self;
        this.settings = settings;
        this.ring = ring;
        this.members = members;
        this.peers = peers;
        this.calls = calls;
        this.server = server;
        this.timers = timers;
        this.round = timers.every(settings.every(), this::onRound);
    }

    void start(Moment now) {
        round.setIn(now, settings.every());
    }

    @Override
    public void onFound(Moment now, Key key, Versions versions) {
        Ring known = ring.get();
        if (known == null || found.size() == Reap.MAX_KEYS || underWay.contains(key) || !isDue(now, versions)) {
            return;
        }
        PreferenceList list = known.preferenceList(key);
        if (list.isFirstHome(self)) {
            found.put(key, new Tombstone(new KeyDigest(key, Digest.of(key, versions)), list.home()));
        }
    }

    private boolean isDue(Moment now, Versions versions) {
        return !versions.isEmpty()
                && versions.live().isEmpty()
                && versions.list().stream()
                        .map(Version::writtenAt)
                        .allMatch(written -> !written.plus(settings.after()).isAfter(now.wall()));
    }

    private void onRound(Moment now) {
        List<NodeId> asked = members.get();
        // Whom nobody can ask will not agree
        if (!found.isEmpty() && asked.stream().allMatch(peers::isTrusted)) {
            List<Tombstone> batch = List.copyOf(found.values());
            new Active(new Reaping(asked, batch, settings.grace(), PATIENCE), batch).start(now);
        }
        found.clear();
    }

    /** One proposal under way. */
    private final class Active {

        private final Reaping reaping;
        private final List<Key> keys;
        private final Timers.Timer timer;

        Active(Reaping reaping, List<Tombstone> batch) {
            this.reaping = reaping;
            this.keys = batch.stream().map(each -> each.versions().key()).toList();
            this.timer = timers.timer(this::onDue);
        }

        void start(Moment now) {
            underWay.addAll(keys);
            proceed(now, each -> each.start(now.nanos()));
        }

        private void onDue(Moment now) {
            boolean same = members.get().equals(reaping.members());
            proceed(now, each -> same ? each.onTick(now.nanos()) : each.abandon());
        }

        private void proceed(Moment now, Function<Reaping, List<Step>> event) {
            try {
                event.apply(reaping).forEach(step -> perform(now, step));
            } finally {
                if (!reaping.isDone()) {
                    timer.set(reaping.wakeAt());
                }
            }
        }

        private void perform(Moment now, Step step) {
            switch (step) {
                case Step.Ask(NodeId member, Reap.Stage stage, List<KeyDigest> versions)
                when member.equals(self) ->
                    server.answer(now, stage, versions, (then, agreed) -> onAnswer(then, member, stage, agreed));
                case Step.Ask(NodeId member, Reap.Stage stage, List<KeyDigest> versions) ->
                    calls.callWithoutHurry(
                            now,
                            member,
                            number -> new Reap(number, stage, versions),
                            (then, outcome) -> onOutcome(then, member, stage, outcome));
                case Step.Finish finish -> {
                    timer.cancel();
                    keys.forEach(underWay::remove);
                }
            }
        }

        private void onAnswer(Moment now, NodeId member, Reap.Stage stage, List<Key> agreed) {
            proceed(now, each -> each.onAnswer(now.nanos(), member, stage, new TreeSet<>(agreed)));
        }

        private void onOutcome(Moment now, NodeId member, Reap.Stage stage, Outcome outcome) {
            if (outcome instanceof Answered(Message.ReapReply reply)) {
                onAnswer(now, member, stage, reply.agreed());
            } else {
                proceed(now, each -> each.onLost(now.nanos(), member, stage));
            }
        }
    }
}
