package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Node "a" alone with the test, which plays its peers, its clock and its disk: (3,2,2), a second for a request, late
 * after 200 ms. What it writes is on disk when the test says {@link #settle}.
 */
final class NodeScript {

    private static final long MS = 1_000_000;
    private static final Founding THREE = new Founding(16, 3, List.of(member("a"), member("b"), member("c")));

    /** A key whose home replicas are b, c and a, in this order. */
    static final Key KEY = IntStream.range(0, 100)
            .mapToObj(i -> Key.of("cart-" + i))
            .filter(key -> THREE.layout().ring().preferenceList(key).home().equals(nodes("b", "c", "a")))
            .findFirst()
            .orElseThrow();

    final List<NodeEvent> events = new ArrayList<>();
    final List<String> links = new ArrayList<>();
    final List<String> unlinks = new ArrayList<>();
    final List<String> gossipedWith = new ArrayList<>();
    final NodeSettings settings;
    final DynamoNode node;
    /** What it asks for comparisons, which begin by themselves: kept apart from what the test makes it send. */
    final Deque<Compared> compared = new ArrayDeque<>();

    private final Map<String, Deque<Message>> sent = new TreeMap<>();
    private final Deque<Consumer<Moment>> handedToDisk = new ArrayDeque<>();
    private final ScriptedDisk disk = new ScriptedDisk(handedToDisk::add);
    private boolean failsToSend;
    private @Nullable Class<? extends Message> tooLong;
    private long now;

    /** A question to a peer. */
    record Compared(String peer, Message.Compare compare) {}

    private NodeScript(NodeSettings settings, MembershipHistory known) {
        this.settings = settings;
        node = new DynamoNode(
                settings,
                new SavedState(OptionalLong.of(0), known),
                new Wire(),
                disk,
                new SeededRandom(5),
                events::add);
        node.start(moment());
    }

    /** A node that knows its cluster of a, b and c, and is linked to the others. */
    static NodeScript amongThree() {
        NodeScript script = withHistory(new MembershipHistory(THREE));
        script.linkUp("b").linkUp("c");
        return script;
    }

    /** The same, whose settings have changed since it became member. */
    static NodeScript amongThree(Member self) {
        return new NodeScript(ChangedSettings.with(settings(), self), new MembershipHistory(THREE))
                .linkUp("b")
                .linkUp("c");
    }

    /** The same, with an object buffer. */
    static NodeScript bufferingAmongThree() {
        NodeSettings unbuffered = settings();
        NodeSettings settings =
                ChangedSettings.with(unbuffered, unbuffered.limits().withObjectBuffer(10));
        return new NodeScript(settings, new MembershipHistory(THREE))
                .linkUp("b")
                .linkUp("c");
    }

    /** The same, with an application that says when values may go. */
    static NodeScript expiringAmongThree(Expiry expiry) {
        NodeSettings usual = settings();
        NodeSettings settings = new NodeSettings(
                usual.self(),
                usual.seeds(),
                usual.join(),
                usual.partitioning(),
                usual.read(),
                usual.write(),
                usual.detector(),
                usual.limits(),
                usual.hints(),
                usual.hedgesPerRead(),
                usual.repairWait(),
                usual.gossipEvery(),
                usual.repair(),
                expiry);
        return new NodeScript(settings, new MembershipHistory(THREE))
                .linkUp("b")
                .linkUp("c");
    }

    static NodeScript withHistory(MembershipHistory known) {
        return new NodeScript(settings(), known);
    }

    /** A node that knows of no cluster, and is the only seed. */
    static NodeScript onlySeed() {
        return new NodeScript(PaperSettings.of(member("a"), List.of("host-a")), MembershipHistory.empty());
    }

    private static NodeSettings settings() {
        return PaperSettings.of(member("a"), List.of("host-a", "host-b"));
    }

    static List<NodeId> nodes(String... names) {
        return Arrays.stream(names).map(NodeId::new).toList();
    }

    static Member member(String name) {
        return new Member(new NodeId(name), "host-" + name, "zone", 1);
    }

    static Incarnation incarnation(String name) {
        return member(name).incarnation();
    }

    /** What members know once every one of them has stored the plan. */
    static MembershipHistory committed(MembershipHistory before, Plan plan) {
        MembershipHistory history = before.propose(plan);
        for (Member member : before.members()) {
            history = history.stored(member.incarnation());
        }
        assertThat(history.progress().map(Progress::committed)).hasValue(true);
        return history;
    }

    /** It is now so many milliseconds after the beginning, and what was due until then is done. */
    NodeScript at(long millis) {
        while (node.wakeAt() <= millis * MS) {
            now = node.wakeAt();
            node.onTick(moment());
        }
        now = millis * MS;
        return this;
    }

    NodeScript linkUp(String peer) {
        node.onLinkUp(moment(), new NodeId(peer));
        return this;
    }

    NodeScript linkDown(String peer) {
        node.onLinkDown(moment(), new NodeId(peer));
        return this;
    }

    /** All that was handed to the disk is done. */
    NodeScript settle() {
        while (!handedToDisk.isEmpty()) {
            handedToDisk.remove().accept(moment());
        }
        return this;
    }

    /** What was handed to the disk first is done. */
    NodeScript settleNext() {
        handedToDisk.remove().accept(moment());
        return this;
    }

    /** What was handed to the disk is never replied to. */
    NodeScript loseRepliesOfDisk() {
        handedToDisk.clear();
        return this;
    }

    /** These are on its disk, from before it was started. */
    NodeScript finds(Key key, Versions versions) {
        disk.write(key, new StoredRecord(versions, null), (_, _) -> {});
        return settle();
    }

    /** What is sent next is not: the transport throws. */
    NodeScript failToSendOnce() {
        failsToSend = true;
        return this;
    }

    /** Messages of this kind are longer than any may be, from now on. */
    NodeScript isTooLong(Class<? extends Message> kind) {
        tooLong = kind;
        return this;
    }

    /** From now on nothing is at hand in memory, and every read goes to the disk. */
    NodeScript forgetWhatIsInMemory() {
        disk.forgetWhatIsInMemory();
        return this;
    }

    /** The disk holds nothing any more, and does not know it. */
    NodeScript loseWhatIsOnDisk() {
        disk.lose();
        return this;
    }

    /** Whatever is read from the disk or listed there from now on fails. */
    NodeScript cannotRead() {
        disk.setReadable(false);
        return this;
    }

    /** It can be read again. */
    NodeScript canRead() {
        disk.setReadable(true);
        return this;
    }

    /** The record of {@link #KEY} on disk is damaged, until it is written anew. */
    NodeScript rotWhatIsOnDisk() {
        disk.rot(KEY);
        return this;
    }

    /** The disk takes no more writes; what it was handed before waits for {@link #settle}. */
    NodeScript fillsUp() {
        disk.fillUp();
        return this;
    }

    /** It takes writes again. */
    NodeScript hasRoomAgain() {
        disk.makeRoom();
        return this;
    }

    /** What the disk lists comes in pages of so many records. */
    NodeScript listsAtMost(int records) {
        disk.listAtMost(records);
        return this;
    }

    /** What the disk was asked to list. */
    List<TokenRange> scans() {
        return disk.scans;
    }

    NodeScript receive(String from, Message message) {
        node.onMessage(moment(), new NodeId(from), message);
        return this;
    }

    CompletableFuture<PutResult> put(Context context, WriteOptions options) {
        CompletableFuture<PutResult> answer = new CompletableFuture<>();
        node.put(moment(), KEY, context, Value.of("milk"), options, answer);
        return answer;
    }

    CompletableFuture<GetResult> get(ReadOptions options) {
        CompletableFuture<GetResult> answer = new CompletableFuture<>();
        node.get(moment(), KEY, options, answer);
        return answer;
    }

    CompletableFuture<List<ReplicaCopy>> replicas() {
        CompletableFuture<List<ReplicaCopy>> answer = new CompletableFuture<>();
        node.replicas(moment(), KEY, answer);
        return answer;
    }

    /** The oldest message to this peer that the test has not looked at yet, which must be of this kind. */
    <T extends Message> T sent(String to, Class<T> kind) {
        Message message = sent.getOrDefault(to, new ArrayDeque<>()).poll();
        assertThat(message).as("sent to %s", to).isInstanceOf(kind);
        return kind.cast(message);
    }

    void sentNothingTo(String peer) {
        assertThat(sent.getOrDefault(peer, new ArrayDeque<>()))
                .as("sent to %s", peer)
                .isEmpty();
    }

    boolean hasSentNothingTo(String peer) {
        return sent.getOrDefault(peer, new ArrayDeque<>()).isEmpty();
    }

    void sentNothing() {
        sent.keySet().forEach(this::sentNothingTo);
    }

    Moment moment() {
        return new Moment(now, Instant.parse("2026-11-21T10:00:00Z").plusNanos(now));
    }

    /** A context that names this node as the one that answered the last read fastest. */
    static Context fastest(String node) {
        return new Context(KEY, Clock.empty(), Clock.empty(), node);
    }

    static Dot dotOf(String node) {
        return new Dot(new Actor(node, 1), 1);
    }

    static <T> T result(CompletableFuture<T> answer) {
        assertThat(answer).isDone();
        return answer.join();
    }

    /** Why it failed, which must be for this. */
    static <E extends StoreException> E problem(CompletableFuture<?> answer, Class<E> kind) {
        assertThat(answer).isCompletedExceptionally();
        Throwable problem = answer.exceptionNow();
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        assertThat(cause).isInstanceOf(kind);
        return kind.cast(cause);
    }

    private final class Wire implements Transport {
        @Override
        public void link(String address) {
            links.add(address);
        }

        @Override
        public void unlink(String address) {
            unlinks.add(address);
        }

        @Override
        public boolean send(NodeId to, Message message) {
            if (tooLong != null && tooLong.isInstance(message)) {
                return false;
            }
            if (message instanceof Message.Gossip) {
                gossipedWith.add(to.name());
            } else if (message instanceof Message.Compare compare) {
                compared.add(new Compared(to.name(), compare));
            } else {
                if (failsToSend) {
                    failsToSend = false;
                    throw new IllegalStateException("nothing can be sent");
                }
                sent.computeIfAbsent(to.name(), name -> new ArrayDeque<>()).add(message);
            }
            return true;
        }
    }
}
