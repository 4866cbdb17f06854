package io.dynamocart.store.transport;

import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.membership.PlanId;
import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.BufferedPut;
import io.dynamocart.store.message.Message.BufferedPutReply;
import io.dynamocart.store.message.Message.Compare;
import io.dynamocart.store.message.Message.CompareReply;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.CoordinatePutReply;
import io.dynamocart.store.message.Message.Gossip;
import io.dynamocart.store.message.Message.HintGet;
import io.dynamocart.store.message.Message.HintPut;
import io.dynamocart.store.message.Message.JoiningPut;
import io.dynamocart.store.message.Message.ListRange;
import io.dynamocart.store.message.Message.OutcomeUnknown;
import io.dynamocart.store.message.Message.Ping;
import io.dynamocart.store.message.Message.Pong;
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
import io.dynamocart.store.message.Message.Traced;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages of every kind, drawn at random. */
final class Messages {

    private static final Map<Class<? extends Message>, Function<Generators, Message>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(
                ReplicaGet.class,
                some -> new ReplicaGet(
                        some.number(),
                        some.key(),
                        some.chance() ? keyDigest(some).digest() : null,
                        within(some)));
        KINDS.put(ReplicaGetSame.class, some -> new ReplicaGetSame(some.number(), some.instant()));
        KINDS.put(ReplicaGetReply.class, some -> new ReplicaGetReply(some.number(), some.versions(), some.instant()));
        KINDS.put(ReplicaPut.class, some -> new ReplicaPut(some.number(), some.key(), some.versions()));
        KINDS.put(BufferedPut.class, some -> new BufferedPut(some.number(), some.key(), some.versions()));
        KINDS.put(BufferedPutReply.class, some -> new BufferedPutReply(some.number()));
        KINDS.put(HintPut.class, some -> new HintPut(some.number(), some.nodeId(), some.key(), some.versions()));
        KINDS.put(Compare.class, some -> new Compare(some.number(), range(some), question(some)));
        KINDS.put(CompareReply.class, some -> new CompareReply(some.number(), answer(some)));
        KINDS.put(HintGet.class, some -> new HintGet(some.number(), some.key(), within(some)));
        KINDS.put(JoiningPut.class, some -> new JoiningPut(some.number(), some.key(), some.versions()));
        KINDS.put(
                ListRange.class, some -> new ListRange(some.number(), range(some), some.chance() ? some.key() : null));
        KINDS.put(RangeListing.class, some -> new RangeListing(some.number(), entries(some), some.chance()));
        KINDS.put(
                Release.class,
                some -> new Release(
                        new PlanId(some.between(1, 9), some.member("node-1").incarnation()),
                        some.some(5, () -> new Partition(some.between(0, 255)))));
        KINDS.put(
                Reap.class,
                some -> new Reap(
                        some.number(), some.pick(List.of(Reap.Stage.values())), some.some(5, () -> keyDigest(some))));
        KINDS.put(ReapReply.class, some -> new ReapReply(some.number(), some.some(5, some::key)));
        KINDS.put(Ping.class, some -> new Ping(some.number()));
        KINDS.put(Pong.class, some -> new Pong(some.number()));
        KINDS.put(ReplicaPutReply.class, some -> new ReplicaPutReply(some.number()));
        KINDS.put(
                Traced.class,
                some -> new Traced(new TraceParent(some.number(), some.number(), some.number()), coordinatePut(some)));
        KINDS.put(CoordinatePut.class, Messages::coordinatePut);
        KINDS.put(
                CoordinatePutReply.class,
                some -> new CoordinatePutReply(
                        some.number(), some.dot(), some.some(5, some::nodeId), some.some(5, some::nodeId)));
        KINDS.put(
                OutcomeUnknown.class,
                some -> new OutcomeUnknown(some.number(), some.between(1, 9), some.some(5, some::nodeId)));
        KINDS.put(
                Refused.class,
                some -> new Refused(some.number(), some.pick(List.of(Refusal.values())), some.text(200)));
        KINDS.put(Gossip.class, some -> new Gossip(some.member("node-1"), some.chance(), some.history()));
    }

    private Messages() {}

    /** Every kind of message that one node says to another. */
    static List<Class<?>> kinds() {
        return leaves(Message.class).toList();
    }

    /** @throws IllegalStateException if it is not said here how to draw one of them */
    static Message draw(Class<?> kind, Generators some) {
        Function<Generators, Message> generator = KINDS.get(kind);
        if (generator == null) {
            throw new IllegalStateException("say in Messages how to draw a " + kind.getSimpleName());
        }
        return generator.apply(some);
    }

    static Message draw(Generators some) {
        return draw(some.pick(kinds()), some);
    }

    private static CoordinatePut coordinatePut(Generators some) {
        Key key = some.key();
        int homes = some.between(1, 9);
        return new CoordinatePut(
                some.number(),
                key,
                some.context(key),
                some.chance() ? some.value() : null,
                homes,
                some.between(1, homes),
                some.chance(),
                Duration.ofMillis(some.between(1, Integer.MAX_VALUE)));
    }

    private static @Nullable Duration within(Generators some) {
        return some.chance() ? Duration.ofMillis(some.between(0, Integer.MAX_VALUE)) : null;
    }

    private static TokenRange range(Generators some) {
        return new TokenRange(new Token(some.number(), some.number()), new Token(some.number(), some.number()));
    }

    private static Question question(Generators some) {
        return switch (some.between(1, 3)) {
            case 1 -> new Question.Nodes(atLeastOne(some, () -> new TreeNode(some.between(0, TreeNode.COUNT - 1))));
            case 2 -> new Question.Page(TreeNode.leaf(some.between(0, 1023)), some.chance() ? some.key() : null);
            default -> new Question.Keys(atLeastOne(some, some::key));
        };
    }

    private static Answer answer(Generators some) {
        if (some.chance()) {
            return new Answer.Digests(some.some(40, () -> new Digest(some.number(), some.number())));
        }
        List<KeyDigest> entries = entries(some);
        return new Answer.Page(entries, entries.isEmpty() || some.chance());
    }

    private static List<KeyDigest> entries(Generators some) {
        return new TreeSet<>(some.some(20, some::key))
                .stream()
                        .map(key -> new KeyDigest(key, new Digest(some.number(), some.number())))
                        .toList();
    }

    private static <T> List<T> atLeastOne(Generators some, Supplier<T> element) {
        List<T> list = new ArrayList<>(some.some(20, element));
        list.add(element.get());
        return list;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Messages::leaves)
                : Stream.of(type);
    }

    private static KeyDigest keyDigest(Generators some) {
        return new KeyDigest(some.key(), new Digest(some.number(), some.number()));
    }
}
