package io.dynamocart.store.node;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.expiry.Vote;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what the application says may go by itself, of those keys whose first home replica this node is: asks all
 * home replicas, and writes one tombstone that replaces what they hold, as a client would. Never removes anything by
 * itself, and takes nothing that was written at the same time. Not thread-safe.
 */
final class Expirer implements Scrubbing.Found {

    private final NodeId self;
    private final Expiry expiry;
    private final WriteOptions options;
    private final Supplier<@Nullable Ring> ring;
    private final Peers peers;
    private final PutCoordinator puts;
    private final RequestEras eras;
    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final ThrottledKeys due;

    Expirer(
            NodeSettings settings,
            Supplier<@Nullable Ring> ring,
            Peers peers,
            PutCoordinator puts,
            RequestEras eras,
            Timers timers,
            NodeEvent.Listener listener) {
        this.self = settings.self().id();
        this.expiry = careful(settings.expiry(), listener);
        this.options = settings.write();
        this.ring = ring;
        this.peers = peers;
        this.puts = puts;
        this.eras = eras;
        this.timers = timers;
        this.listener = listener;
        this.due = new ThrottledKeys(timers, this::vote);
    }

    /** The application's code: what it throws must not end what this node does of itself, and the value stays. */
    private static Expiry careful(Expiry application, NodeEvent.Listener listener) {
        return (key, version) -> {
            try {
                return application.of(key, version);
            } catch (RuntimeException e) {
                listener.on(new NodeEvent.ExpiryFailed(key, e.toString()));
                return Optional.empty();
            }
        };
    }

    @Override
    public void onFound(Moment now, Key key, Versions versions) {
        Ring known = ring.get();
        if (known != null
                && !due.isFull()
                && Vote.isDue(expiry, key, versions, now.wall())
                && known.preferenceList(key).isFirstHome(self)) {
            due.add(now, key);
        }
    }

    private void vote(Moment now, Key key) {
        Ring known = ring.get();
        if (known != null) {
            new Active(key, known.preferenceList(key)).start(now);
        }
    }

    /** The vote on one key. */
    private final class Active {

        private final Key key;
        private final PreferenceList list;
        private final Vote vote;
        private final RequestEras.Era era = eras.begin();
        private final Timers.Timer timer;
        private boolean decided;

        Active(Key key, PreferenceList list) {
            this.key = key;
            this.list = list;
            this.vote = new Vote(key, list.home(), options.n(), expiry);
            this.timer = timers.timer(this::decide);
        }

        void start(Moment now) {
            timer.setIn(now, options.timeout());
            list.home().forEach(home -> peers.fetch(now, home, key, (then, fetched) -> onFetched(then, home, fetched)));
        }

        private void onFetched(Moment now, NodeId home, FetchResult fetched) {
            if (fetched instanceof FetchResult.Found(Copy.Held held, Instant clock)) {
                vote.onCopy(home, held.versions(), clock);
            } else {
                vote.onLost(home);
            }
            decideIfComplete(now);
        }

        private void decideIfComplete(Moment now) {
            if (vote.isComplete()) {
                decide(now);
            }
        }

        private void decide(Moment now) {
            timer.cancel();
            if (!decided) {
                decided = true;
                vote.expired().ifPresentOrElse(versions -> delete(now, versions), era::end);
            }
        }

        private void delete(Moment now, Versions versions) {
            Put delete = new Put(key, Context.of(key, versions, null), null, options);
            puts.coordinate(now, 0, delete, list, (then, response) -> {
                era.end();
                if (response instanceof Message.CoordinatePutReply done) {
                    listener.on(new NodeEvent.ValueExpired(key, done.dot()));
                }
            });
        }
    }
}
