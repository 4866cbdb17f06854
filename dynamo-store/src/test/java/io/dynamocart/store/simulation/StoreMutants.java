package io.dynamocart.store.simulation;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.RangeListing;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.Release;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome.Committed;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ways to break a node that the simulation must notice, each named for what is wrong with it. */
final class StoreMutants {

    private StoreMutants() {}

    static Map<String, Mutation> all() {
        Map<String, Mutation> mutants = new LinkedHashMap<>();
        mutants.put("acknowledges writes before they are on disk", Mutation.ofStorage(EagerDisk::new));
        mutants.put("drops every hundredth write and acknowledges it", Mutation.ofStorage(LeakyDisk::new));
        mutants.put("takes a damaged record for no record", Mutation.ofStorage(ForgivingDisk::new));
        mutants.put("draws the same births at every start", Mutation.ofRandom(random -> new SeededRandom(7)));
        mutants.put("takes every start for the first one", Mutation.ofRandom(SameStart::new));
        mutants.put("replicates the versions without their pasts", Mutation.ofTransport(Pastless::new));
        mutants.put("replicates one of several siblings", Mutation.ofTransport(OnlyChild::new));
        mutants.put("never answers a comparison", Mutation.ofTransport(Silent::new));
        mutants.put("has new homes take over without anything", saying(RangeListing.class, StoreMutants::empty));
        mutants.put("has new homes take over what it had when they began", Mutation.ofTransport(FirstListing::new));
        mutants.put("acknowledges for a home that it is no more", saying(Refused.class, StoreMutants::acknowledged));
        mutants.put("never asks an old home to stop", saying(Release.class, _ -> null));
        mutants.put("keeps its membership in memory only", Mutation.ofStorage(NoNotes::new));
        mutants.put("leaves what others wrote out of its trees", Mutation.ofStorage(SelfishCount::new));
        mutants.put("never finds what has rotted", Mutation.ofStorage(HasteOnly::new));
        Map<Long, List<Key>> asked = new TreeMap<>();
        mutants.put(
                "removes tombstones without asking anybody",
                Mutation.ofTransport(network -> new YesMan(network, asked))
                        .and(Mutation.ofSettings(StoreMutants::impatient)));
        mutants.put(
                "removes tombstones while messages are under way",
                Mutation.ofTransport(Laggard::new).and(Mutation.ofSettings(StoreMutants::impatient)));
        mutants.put("says that it is the day after", Mutation.ofTransport(Tomorrow::new));
        return mutants;
    }

    private static NodeSettings impatient(NodeSettings settings) {
        return settings.with(
                settings.repair().with(new ReapSettings(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(20))));
    }

    private static <M extends Message> Mutation saying(Class<M> kind, Function<M, @Nullable Message> forged) {
        return Mutation.ofTransport(network -> new Liar<>(network, kind, forged));
    }

    private static Message empty(RangeListing listing) {
        return new RangeListing(listing.number(), List.of(), true);
    }

    private static Message acknowledged(Refused refused) {
        return refused.why() == Refusal.NOT_HOME ? new ReplicaPutReply(refused.number()) : refused;
    }

    /** Says something else, or nothing, instead of one kind of message. */
    private record Liar<M extends Message>(Transport network, Class<M> kind, Function<M, @Nullable Message> forged)
            implements Transport {

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void send(NodeId to, Message message) {
            Message said = kind.isInstance(message) ? forged.apply(kind.cast(message)) : message;
            if (said != null) {
                network.send(to, said);
            }
        }
    }

    /** Lists what has not changed since it was first asked, and sends no writes to those who are about to be homes. */
    private static final class FirstListing implements Transport {
        private final Transport network;
        private final Map<Key, Digest> first = new TreeMap<>();

        FirstListing(Transport network) {
            this.network = network;
        }

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void send(NodeId to, Message message) {
            if (!(message instanceof Message.JoiningPut)) {
                network.send(to, message instanceof RangeListing listing ? old(listing) : message);
            }
        }

        private RangeListing old(RangeListing listing) {
            List<KeyDigest> entries = listing.entries().stream()
                    .filter(entry -> entry.digest().equals(first.computeIfAbsent(entry.key(), _ -> entry.digest())))
                    .toList();
            return new RangeListing(listing.number(), entries, listing.last());
        }
    }

    private static final class NoNotes extends PlainDisk {
        NoNotes(Storage disk) {
            super(disk);
        }

        @Override
        public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
            disk.writeNote("forgotten", note, reply);
        }
    }

    /** Passes everything on. */
    private static class PlainDisk implements Storage {
        final Storage disk;

        PlainDisk(Storage disk) {
            this.disk = disk;
        }

        @Override
        public @Nullable StoredRecord recall(Key key) {
            return disk.recall(key);
        }

        @Override
        public void read(Key key, Reply<ReadOutcome> reply) {
            disk.read(key, reply);
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            disk.write(key, record, reply);
        }

        @Override
        public DiskState state() {
            return disk.state();
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            disk.scan(range, after, reply);
        }

        @Override
        public Records hintsFor(NodeId node) {
            return disk.hintsFor(node);
        }

        @Override
        public List<NodeId> hintedNodes() {
            return disk.hintedNodes();
        }

        @Override
        public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
            disk.writeNote(name, note, reply);
        }
    }

    private static final class EagerDisk extends PlainDisk {
        EagerDisk(Storage disk) {
            super(disk);
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            disk.write(key, record, (_, _) -> {});
            reply.accept(new Moment(0, Instant.EPOCH), new Committed());
        }
    }

    private static final class LeakyDisk extends PlainDisk {
        private int writes;

        LeakyDisk(Storage disk) {
            super(disk);
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            if (++writes % 100 == 0) {
                disk.writeNote("dropped", new byte[0], reply);
            } else {
                disk.write(key, record, reply);
            }
        }
    }

    private static final class ForgivingDisk extends PlainDisk {
        ForgivingDisk(Storage disk) {
            super(disk);
        }

        @Override
        public void read(Key key, Reply<ReadOutcome> reply) {
            disk.read(
                    key,
                    (now, outcome) -> reply.accept(
                            now,
                            outcome instanceof ReadOutcome.Damaged
                                    ? new ReadOutcome.Found(StoredRecord.nothing())
                                    : outcome));
        }
    }

    private static final class SelfishCount extends PlainDisk {
        SelfishCount(Storage disk) {
            super(disk);
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            disk.scan(
                    range,
                    after,
                    (now, outcome) -> reply.accept(
                            now,
                            outcome instanceof ScanOutcome.Page(List<Item> items, boolean last)
                                    ? new ScanOutcome.Page(
                                            items.stream()
                                                    .map(SelfishCount::hidden)
                                                    .toList(),
                                            last)
                                    : outcome));
        }

        private static Item hidden(Item item) {
            return item.outcome() instanceof ReadOutcome.Found(StoredRecord record) && record.mint() == null
                    ? new Item(item.key(), new ReadOutcome.Found(StoredRecord.nothing()))
                    : item;
        }
    }

    /** Reads all that it has once, and then never again. */
    private static final class HasteOnly extends PlainDisk {
        private boolean ended;

        HasteOnly(Storage disk) {
            super(disk);
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            boolean count = range.equals(TokenRange.all());
            if (!count || !ended) {
                disk.scan(range, after, (now, outcome) -> {
                    ended |= count && outcome instanceof ScanOutcome.Page page && page.last();
                    reply.accept(now, outcome);
                });
            }
        }
    }

    private record Silent(Transport network) implements Transport {

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void send(NodeId to, Message message) {
            if (!(message instanceof Message.CompareReply)) {
                network.send(to, message);
            }
        }
    }

    /** @param asked by any node, under the number of the request */
    private record YesMan(Transport network, Map<Long, List<Key>> asked) implements Transport {

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void send(NodeId to, Message message) {
            if (message instanceof Message.Reap reap) {
                asked.put(
                        reap.number(),
                        reap.versions().stream().map(KeyDigest::key).toList());
            }
            network.send(
                    to,
                    message instanceof Message.ReapReply reply
                            ? new Message.ReapReply(reply.number(), asked.getOrDefault(reply.number(), List.of()))
                            : message);
        }
    }

    private record Tomorrow(Transport network) implements Transport {

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void send(NodeId to, Message message) {
            network.send(
                    to,
                    message instanceof Message.ReplicaGetReply reply
                            ? new Message.ReplicaGetReply(
                                    reply.number(),
                                    reply.versions(),
                                    reply.clock().plus(Duration.ofDays(1)))
                            : message);
        }
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

    /** Changes what a coordinator sends to its replicas. */
    private abstract static class Forger implements Transport {
        final Transport network;

        Forger(Transport network) {
            this.network = network;
        }

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void send(NodeId to, Message message) {
            network.send(
                    to,
                    message instanceof Message.ReplicaPut put
                            ? new Message.ReplicaPut(put.number(), put.key(), forge(put.versions()))
                            : message);
        }

        abstract Versions forge(Versions versions);
    }

    private static final class Pastless extends Forger {
        Pastless(Transport network) {
            super(network);
        }

        @Override
        Versions forge(Versions versions) {
            return Versions.of(versions.list().stream()
                    .map(v -> new Version(v.dot(), Clock.empty(), v.writtenAt(), v.content()))
                    .toArray(Version[]::new));
        }
    }

    private static final class OnlyChild extends Forger {
        OnlyChild(Transport network) {
            super(network);
        }

        @Override
        Versions forge(Versions versions) {
            return Versions.of(versions.list().getFirst());
        }
    }
}
