package io.dynamocart.store.node;

import io.dynamocart.store.antientropy.Exchange;
import io.dynamocart.store.antientropy.ExchangeReport;
import io.dynamocart.store.antientropy.Rota;
import io.dynamocart.store.antientropy.Side;
import io.dynamocart.store.antientropy.Step;
import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares this node's partitions with those of its peers, one after the other, and repairs what differs (paper §4.7):
 * does what {@link Exchange} says. One exchange at a time, so that clients' requests go before; and the next as
 * soon as {@link AdmissionController} allows only while the last one repaired something and left more. Not thread-safe.
 */
final class AntiEntropy {

    private final RepairSettings settings;
    private final Supplier<@Nullable Ring> ring;
    private final ExchangeSides sides;
    private final AdmissionController admission;
    private final NodeEvent.Listener listener;
    private final RandomSource random;
    private final Rota rota;
    private final Timers.Timer timer;
    private @Nullable Active active;
    private @Nullable Active unfinished;
    private final Map<Rota.Turn, LastExchange> latest = new TreeMap<>();
    private @Nullable Ring reported;

    AntiEntropy(
            RepairSettings settings,
            Supplier<@Nullable Ring> ring,
            ExchangeSides sides,
            AdmissionController admission,
            Timers timers,
            RandomSource random,
            NodeEvent.Listener listener) {
        this.settings = settings;
        this.ring = ring;
        this.sides = sides;
        this.admission = admission;
        this.listener = listener;
        this.random = random;
        this.rota = new Rota(sides.self(), random.nextLong());
        this.timer = timers.timer(this::onDue);
    }

    void start(Moment now) {
        // Nodes that are started together do not go in step
        double share = random.nextDouble();
        timer.set(now.nanos() + (long) (settings.exchangeEvery().toNanos() * share));
    }

    /** The last exchange of each partition with each other home replica, by partition; none of before the start. */
    List<LastExchange> reports() {
        return List.copyOf(latest.values());
    }

    private void onDue(Moment now) {
        timer.setIn(now, settings.exchangeEvery());
        Active current = active;
        Active before = unfinished;
        unfinished = null;
        if (current != null) {
            current.proceed(now, exchange -> exchange.onTick(now.nanos()));
        } else if (before != null) {
            begin(now, before.turn, before.range);
        } else {
            begin(now);
        }
    }

    private void begin(Moment now) {
        Ring known = ring.get();
        Optional<Rota.Turn> turn = known == null ? Optional.empty() : rota.next(known, sides::isTrusted);
        if (known != null && turn.isPresent()) {
            forgetAllBut(known);
            begin(now, turn.get(), known.rangeOf(turn.get().partition()));
        }
    }

    /** Forgets the last exchanges of partitions that this node is home replica of no more: they say nothing. */
    private void forgetAllBut(Ring known) {
        if (!known.equals(reported)) {
            reported = known;
            latest.keySet().removeIf(turn -> !rota.isOn(known, turn));
        }
    }

    private void begin(Moment now, Rota.Turn turn, TokenRange range) {
        Active begun =
                new Active(turn, range, now.nanos(), new Exchange(settings.exchange(), now.nanos(), random.nextLong()));
        active = begun;
        begun.proceed(now, Exchange::start);
    }

    private void end(Moment now, Active ended, ExchangeReport report) {
        active = null;
        latest.put(
                ended.turn,
                new LastExchange(
                        ended.turn.partition(),
                        ended.peer,
                        now.wall(),
                        report.complete(),
                        report.repaired(),
                        report.failed()));
        listener.on(new NodeEvent.ExchangeEnded(ended.peer, report.complete(), report.repaired(), report.failed()));
        if (report.complete() && report.more() && report.repaired() > 0) {
            unfinished = ended;
            timer.set(now.nanos() + admission.restAfter(now.nanos() - ended.begunAt));
        } else {
            timer.setIn(now, settings.exchangeEvery());
        }
    }

    /** One exchange under way. What comes too late for the exchange finds it done, and changes nothing. */
    private final class Active {

        private final Rota.Turn turn;
        private final NodeId peer;
        private final TokenRange range;
        private final long begunAt;
        private final Exchange exchange;
        private final SerialQueue<Step> steps = new SerialQueue<>(this::perform);

        Active(Rota.Turn turn, TokenRange range, long begunAt, Exchange exchange) {
            this.turn = turn;
            this.peer = turn.peer();
            this.range = range;
            this.begunAt = begunAt;
            this.exchange = exchange;
        }

        void proceed(Moment now, Function<Exchange, List<Step>> event) {
            if (active == this) {
                steps.add(now, event.apply(exchange));
            }
            if (active == this) {
                timer.set(exchange.wakeAt());
            }
        }

        private void perform(Moment now, Step step) {
            switch (step) {
                case Step.Ask(Side side, Question question) ->
                    sides.ask(
                            now,
                            peer,
                            side,
                            range,
                            question,
                            (then, answer) -> proceed(
                                    then,
                                    each -> answer.map(given -> each.onAnswer(then.nanos(), side, given))
                                            .orElseGet(each::onLost)));
                case Step.Fetch(Side side, Key key) ->
                    sides.fetch(now, peer, side, key, (then, fetched) -> onFetched(then, side, key, fetched));
                case Step.Merge(Side side, Key key, Versions versions) ->
                    sides.merge(
                            now,
                            peer,
                            side,
                            key,
                            versions,
                            (then, stored) ->
                                    proceed(then, each -> stored ? each.onMerged(side, key) : each.onFailure(key)));
                case Step.Diverged(Key key, Versions own, Versions theirs) ->
                    listener.on(new NodeEvent.VersionsDiverged(key, peer, own, theirs));
                case Step.Finish(ExchangeReport report) -> end(now, this, report);
            }
        }

        private void onFetched(Moment now, Side side, Key key, FetchResult fetched) {
            proceed(now, each -> switch (fetched) {
                case FetchResult.Found(Copy.Held(Versions versions), var _) -> each.onVersions(side, key, versions);
                case FetchResult.Found(Copy.Damaged _, var _) -> each.onVersions(side, key, Versions.none());
                case FetchResult.Found(Copy.Unreadable _, var _), FetchResult.Same _, FetchResult.Lost _ ->
                    each.onFailure(key);
            });
        }
    }
}
