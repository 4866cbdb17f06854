package io.dynamocart.store.runtime;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.backup.BackupException;
import io.dynamocart.store.backup.BackupReport;
import io.dynamocart.store.backup.Backups;
import io.dynamocart.store.backup.Restoration;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.NodeStore;
import io.dynamocart.store.node.SavedState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.DataDirectory;
import io.dynamocart.store.storage.LevelDbStorage;
import io.dynamocart.store.transport.ClusterSecret;
import io.dynamocart.store.transport.EventLoopThread;
import io.dynamocart.store.transport.NettyTransport;
import io.dynamocart.store.transport.Trust;
import io.dynamocart.store.version.ContextSeal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that runs: opens its disk, listens to its peers, gives it its thread and the time, and closes all of it again.
 * Thread-safe.
 */
public final class NodeDriver implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NodeDriver.class);

    private final DriverSettings settings;
    private final Closings closings;
    private final EventLoopThread loop;
    private final LevelDbStorage storage;
    private final NettyTransport transport;
    private final DynamoNode node;
    private final Alarm alarm;
    private final GuardedStore store;
    private final Backups backups;

    /** @param closings what it opens is added to it, also if it does not come to be */
    private NodeDriver(
            DriverSettings settings,
            DataDirectory directory,
            NodeEvent.Listener listener,
            LinkFilter filter,
            Closings closings) {
        this.settings = settings;
        this.closings = closings;
        NodeId self = settings.node().self().id();
        NodeThread thread = this::execute;
        this.loop = new EventLoopThread(self.name());
        closings.add(loop::close);
        this.storage = LevelDbStorage.open(directory.database(), self.name(), settings.storage(), thread);
        closings.add(storage::close);
        this.transport = new NettyTransport(
                new NettyTransport.Identity(
                        self, settings.cluster(), settings.node().self().address()),
                new Trust(new ClusterSecret(settings.secretBytes()), settings.tls()),
                settings.transport(),
                loop,
                NodeDriver::now);
        closings.add(transport::close);
        this.backups = new Backups(settings.backup(), settings.cluster(), self, storage, Instant.now());
        transport.onMark(mark ->
                backups.join(Instant.ofEpochMilli(mark), Instant.ofEpochMilli(transport.mark()), Instant.now()));
        this.node = new DynamoNode(
                settings.node(),
                found(),
                new FilteredTransport(transport, filter),
                storage,
                new SystemRandom(),
                event -> EventLoopThread.runLogged(() -> listener.on(event)));
        this.alarm = new Alarm(loop, () -> run(node::onTick));
        NodeStore direct = new NodeStore(node, thread, settings.node(), new ContextSeal(settings.secretBytes()));
        this.store = new GuardedStore(direct, settings.maxInFlight());
    }

    /**
     * Starts a node. It serves requests once it knows its cluster; until then they are refused.
     *
     * @param listener told of everything worth knowing, on the node's thread
     * @throws DataDirectory.Unusable if the data directory is not this node's to use
     * @throws IllegalStateException if the node's address cannot be used
     */
    public static NodeDriver start(DriverSettings settings, NodeEvent.Listener listener) {
        return start(settings, listener, LinkFilter.all());
    }

    /**
     * Starts a node on a network with faults on purpose; for the rest see {@link #start(DriverSettings,
     * NodeEvent.Listener)}.
     *
     * @param filter which of its messages get through. Backups go past it, since their marks are the transport's own
     */
    public static NodeDriver start(DriverSettings settings, NodeEvent.Listener listener, LinkFilter filter) {
        DataDirectory directory = DataDirectory.take(
                settings.dataDirectory(),
                settings.cluster(),
                settings.node().self().id().name());
        Closings closings = new Closings();
        closings.add(directory::close);
        try {
            NodeDriver driver = new NodeDriver(settings, directory, listener, filter, closings);
            driver.transport.bind(settings.bindAddress(), driver.new Inputs());
            driver.execute(driver.node::start);
            return driver;
        } catch (RuntimeException | Error e) {
            closings.closeAfter(e);
            throw e;
        }
    }

    public DynamoStore store() {
        return store;
    }

    /** Asks the node something, on its thread; what it throws is the answer. */
    public <T> CompletableFuture<T> ask(Function<DynamoNode, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(now -> {
            try {
                answer.complete(question.apply(node));
            } catch (RuntimeException | Error refused) {
                answer.completeExceptionally(refused);
            }
        });
        return answer;
    }

    /**
     * Begins a backup of the cluster: this node tells the others to take part, and each writes its own. Fails with
     * {@link BackupException} if this one cannot, or a peer is too old to know of it.
     */
    public CompletableFuture<BackupReport> beginBackup() {
        return ask(_ -> {
            List<NodeId> old = transport.peersWithoutMarks();
            if (!old.isEmpty()) {
                throw new BackupException(
                        "%s speak a protocol that knows of no backups: upgrade them first".formatted(old));
            }
            long mark = Math.max(transport.mark() + 1, Instant.now().toEpochMilli());
            BackupReport report = backups.begin(Instant.ofEpochMilli(mark));
            transport.mark(mark);
            return report;
        });
    }

    /** The last backup since the start, while it runs and when it has ended. */
    public Optional<BackupReport> latestBackup() {
        return backups.latest();
    }

    /** The peers to which there is a connection, and the version of the protocol that is spoken on each. */
    public CompletableFuture<Map<NodeId, Integer>> protocols() {
        return ask(_ -> transport.protocols());
    }

    /** Reads answered by the cache so far, and those that were not. */
    public CompletableFuture<CacheUse> cacheUse() {
        return ask(_ -> new CacheUse(storage.cacheHits(), storage.cacheMisses()));
    }

    /** How often the cache had what was looked for. */
    public record CacheUse(long hits, long misses) {}

    /** Takes no new requests, waits for those under way, writes what waits to be written, and lets go of everything. */
    @Override
    public void close() {
        boolean drained = store.close(settings.drainTimeout());
        if (!drained) {
            log.warn("Stopping with requests still under way after {}", settings.drainTimeout());
        }
        try {
            closings.close();
        } finally {
            store.abandon();
        }
    }

    private void execute(Consumer<Moment> action) {
        loop.execute(() -> run(action));
    }

    private void run(Consumer<Moment> action) {
        run(now(), action);
    }

    /** Whatever comes of it, the node is woken for what else it has to do. */
    private void run(Moment now, Consumer<Moment> action) {
        try {
            action.accept(now);
        } finally {
            alarm.set(now.nanos(), node.wakeAt());
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }

    private SavedState found() {
        try {
            SavedState saved = SavedState.read(storage::readNote);
            if (saved.history().founding().isEmpty()) {
                Duration reapAfter = settings.node().repair().reaping().after();
                Restoration.checkAge(settings.dataDirectory(), storage::readNote, reapAfter, Instant.now());
            }
            return saved;
        } catch (MalformedBytesException e) {
            throw new IllegalStateException(
                    ("the membership kept in %s cannot be read (%s): if a later release wrote it, start that one; "
                                    + "if it is damaged, move the directory away, and the node gets what it held "
                                    + "from its peers")
                            .formatted(settings.dataDirectory(), e.getMessage()),
                    e);
        }
    }

    /** Passes on what the transport tells the node, each time followed by a look at the node's alarm. */
    private final class Inputs implements Transport.Listener {

        @Override
        public void onLinkUp(Moment now, NodeId peer) {
            tell(now, then -> node.onLinkUp(then, peer));
        }

        @Override
        public void onLinkDown(Moment now, NodeId peer) {
            tell(now, then -> node.onLinkDown(then, peer));
        }

        @Override
        public void onMessage(Moment now, NodeId from, Message message) {
            tell(now, then -> node.onMessage(then, from, message));
        }

        private void tell(Moment now, Consumer<Moment> input) {
            EventLoopThread.runLogged(() -> run(now, input));
        }
    }
}
