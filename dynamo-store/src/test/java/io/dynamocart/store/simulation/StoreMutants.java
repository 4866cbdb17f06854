package io.dynamocart.store.simulation;

import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.CompareReply;
import io.dynamocart.store.message.Message.RangeListing;
import io.dynamocart.store.message.Message.Reap;
import io.dynamocart.store.message.Message.ReapReply;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.Release;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaGetSame;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.node.ChangedSettings;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ways to break a node that the simulation must notice, each named for what is wrong with it, made anew for each run. */
final class StoreMutants {

    private final Map<String, Supplier<Mutation>> all = new LinkedHashMap<>();

    static Map<String, Supplier<Mutation>> all() {
        StoreMutants mutants = new StoreMutants();
        mutants.disks();
        mutants.births();
        mutants.replication();
        mutants.transfers();
        mutants.deletes();
        return mutants.all;
    }

    /** What some of the mutants meet on top of what is drawn, and a node that is not broken withstands. */
    static Map<String, Supplier<Mutation>> hardships() {
        return Map.of(
                "removes tombstones while messages are under way", () -> network(MutantNetworks.Laggard::new),
                "removes tombstones without asking anybody", () -> network(MutantNetworks.Forgetful::new),
                "takes every start for the first one", StoreMutants::muchDestruction);
    }

    private void disks() {
        disk("acknowledges writes before they are on disk", MutantDisks.EagerDisk::new);
        disk("drops every hundredth write and acknowledges it", MutantDisks.LeakyDisk::new);
        disk("takes a damaged record for no record", MutantDisks.ForgivingDisk::new);
        disk("leaves what others wrote out of its trees", MutantDisks.SelfishCount::new);
        disk("never finds what has rotted", MutantDisks.HasteOnly::new);
    }

    private void births() {
        all.put("draws the same births at every start", () -> Mutation.ofRandom(_ -> new SeededRandom(7)));
        all.put(
                "takes every start for the first one",
                () -> Mutation.ofRandom(SameStart::new).and(muchDestruction()));
    }

    private void replication() {
        saying("replicates the versions without their pasts", ReplicaPut.class, put -> with(put, pastless(put)));
        saying("replicates one of several siblings", ReplicaPut.class, put -> with(put, onlyOne(put)));
        answering(
                "says that it holds what the reader holds, whatever it holds",
                ReplicaGet.class,
                ReplicaGetReply.class,
                (asked, reply) -> asked.unless() == null ? reply : new ReplicaGetSame(reply.number(), reply.clock()));
        saying("never answers a comparison", CompareReply.class, _ -> null);
    }

    private void transfers() {
        saying("has new homes take over without anything", RangeListing.class, StoreMutants::empty);
        all.put("has new homes take over what it had when they began", () -> network(MutantNetworks.FirstListing::new));
        answering(
                "acknowledges for a home that it is no more",
                ReplicaPut.class,
                Refused.class,
                (_, refused) -> refused.why() == Refusal.NOT_HOME ? new ReplicaPutReply(refused.number()) : refused);
        saying("never asks an old home to stop", Release.class, _ -> null);
    }

    private void deletes() {
        answering(
                "removes tombstones without asking anybody",
                Reap.class,
                ReapReply.class,
                (asked, reply) -> new ReapReply(
                        reply.number(),
                        asked.versions().stream().map(KeyDigest::key).toList()),
                network(MutantNetworks.Forgetful::new).and(Mutation.ofSettings(StoreMutants::impatient)));
        all.put(
                "removes tombstones while messages are under way",
                () -> network(MutantNetworks.Laggard::new).and(Mutation.ofSettings(StoreMutants::impatient)));
        saying(
                "says that it is the day after",
                ReplicaGetReply.class,
                reply -> new ReplicaGetReply(
                        reply.number(), reply.versions(), reply.clock().plus(Duration.ofDays(1))));
    }

    private void disk(String name, UnaryOperator<Storage> fault) {
        all.put(name, () -> Mutation.ofStorage(fault));
    }

    /** @param forged what it says instead of a message of this kind, null for nothing */
    private <M extends Message> void saying(String name, Class<M> kind, Function<M, @Nullable Message> forged) {
        all.put(name, () -> network(network -> new MutantNetworks.Liar<>(network, kind, forged)));
    }

    private <Q extends Message.Request, A extends Message.Response> void answering(
            String name, Class<Q> request, Class<A> answer, BiFunction<Q, A, Message> forged) {
        answering(name, request, answer, forged, Mutation.none());
    }

    /** @param forged what it says instead of such an answer to such a request */
    private <Q extends Message.Request, A extends Message.Response> void answering(
            String name, Class<Q> request, Class<A> answer, BiFunction<Q, A, Message> forged, Mutation also) {
        all.put(
                name,
                () -> new MutantNetworks.Conversation<>(request, answer, forged)
                        .mutation()
                        .and(also));
    }

    private static Mutation network(UnaryOperator<Transport> fault) {
        return Mutation.ofTransport(fault);
    }

    private static Mutation muchDestruction() {
        return Mutation.amid(options -> options.withDestructionEvery(2));
    }

    private static NodeSettings impatient(NodeSettings settings) {
        ReapSettings hasty = new ReapSettings(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(20));
        return ChangedSettings.with(settings, ChangedSettings.with(settings.repair(), hasty));
    }

    private static Message empty(RangeListing listing) {
        return new RangeListing(listing.number(), List.of(), true);
    }

    private static Message with(ReplicaPut put, Versions versions) {
        return new ReplicaPut(put.number(), put.key(), versions);
    }

    private static Versions pastless(ReplicaPut put) {
        return Versions.of(put.versions().list().stream()
                .map(v -> new Version(v.dot(), Clock.empty(), v.writtenAt(), v.value()))
                .toArray(Version[]::new));
    }

    private static Versions onlyOne(ReplicaPut put) {
        return Versions.of(put.versions().list().getFirst());
    }

    private record SameStart(RandomSource random) implements RandomSource {
        @Override
        public long nextLong() {
            return 1;
        }

        @Override
        public int nextInt(int bound) {
            return random.nextInt(bound);
        }

        @Override
        public RandomSource fork(String label) {
            return random.fork(label);
        }
    }
}
