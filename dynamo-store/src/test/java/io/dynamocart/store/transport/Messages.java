package io.dynamocart.store.transport;

import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.message.Message.CoordinatePutReply;
import io.dynamocart.store.message.Message.Gossip;
import io.dynamocart.store.message.Message.HintPut;
import io.dynamocart.store.message.Message.OutcomeUnknown;
import io.dynamocart.store.message.Message.Ping;
import io.dynamocart.store.message.Message.Pong;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.message.Message.ReplicaPutReply;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Messages of every kind, drawn at random. */
final class Messages {

    private static final Map<Class<? extends Message>, Function<Generators, Message>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(ReplicaGet.class, some -> new ReplicaGet(some.number(), some.key()));
        KINDS.put(ReplicaGetReply.class, some -> new ReplicaGetReply(some.number(), some.versions(), some.instant()));
        KINDS.put(ReplicaPut.class, some -> new ReplicaPut(some.number(), some.key(), some.versions()));
        KINDS.put(HintPut.class, some -> new HintPut(some.number(), some.nodeId(), some.key(), some.versions()));
        KINDS.put(Ping.class, some -> new Ping(some.number()));
        KINDS.put(Pong.class, some -> new Pong(some.number()));
        KINDS.put(ReplicaPutReply.class, some -> new ReplicaPutReply(some.number()));
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
        KINDS.put(Gossip.class, some -> new Gossip(some.member("node-1"), some.history()));
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

    private static Message coordinatePut(Generators some) {
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

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Messages::leaves)
                : Stream.of(type);
    }
}
