package io.dynamocart.store.transport;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.trace.TraceParent;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the protocol that a node speaks, all from the lowest to the highest. Two nodes speak the highest that
 * both know, each connection for itself:
 *
 * <ul>
 *   <li>1: a frame is a message.
 *   <li>2: a frame is the mark of its sender ({@link NettyTransport#mark}), and then a message, or nothing.
 *   <li>3: a replica can be asked for its versions unless they are the same.
 *   <li>4: a question says how long it will be waited for.
 *   <li>5: a replica can be asked to acknowledge a write ahead of its disk.
 *   <li>6: a request can say in which trace it is.
 * </ul>
 *
 * A new kind of message, or a component more, is a version more, and is sent only on connections that speak it.
 */
public record Protocol(int lowest, int highest) {

    /** All that this program speaks. */
    public static final Protocol NEWEST = new Protocol(1, 6);

    /** The first with marks. */
    static final int MARKS = 2;

    /** The first with conditions. */
    static final int CONDITIONS = 3;

    /** The first with deadlines. */
    static final int DEADLINES = 4;

    /** The first with buffered writes. */
    static final int BUFFERS = 5;

    /** The first with traces. */
    static final int TRACES = 6;

    private static final String REASON = "protocol version";

    /** Where a connection keeps the version that is spoken on it. */
    static final AttributeKey<Integer> SPOKEN = AttributeKey.valueOf("protocol");

    /** The version that is spoken on a connection, the first before one was agreed on. */
    static int spokenOn(Channel channel) {
        Integer version = channel.attr(SPOKEN).get();
        return version == null ? 1 : version;
    }

    public Protocol {
        if (lowest < 1 || highest < lowest) {
            throw new IllegalArgumentException("protocol versions %d to %d".formatted(lowest, highest));
        }
    }

    /**
     * Without the versions above one.
     *
     * @throws IllegalArgumentException if none is left, or it is above the highest
     */
    public Protocol upTo(int version) {
        if (version > highest) {
            throw new IllegalArgumentException(
                    "protocol version %d is not known here, only %s".formatted(version, this));
        }
        return new Protocol(lowest, version);
    }

    /** The message as one who speaks this version understands it. */
    static Message inWords(Message message, int version) {
        return switch (message) {
            case Message.ReplicaGet get when version < CONDITIONS -> new Message.ReplicaGet(get.number(), get.key());
            case Message.ReplicaGet get
            when version < DEADLINES -> new Message.ReplicaGet(get.number(), get.key(), get.unless(), null);
            case Message.HintGet get when version < DEADLINES -> new Message.HintGet(get.number(), get.key(), null);
            case Message.BufferedPut put
            when version < BUFFERS -> new Message.ReplicaPut(put.number(), put.key(), put.versions());
            case Message.Traced(TraceParent trace, Message.Request asked) ->
                Message.Traced.within(version < TRACES ? null : trace, (Message.Request) inWords(asked, version));
            default -> message;
        };
    }

    boolean includes(int version) {
        return lowest <= version && version <= highest;
    }

    /** What both speak. */
    OptionalInt common(Protocol other) {
        int version = Math.min(highest, other.highest);
        return version >= Math.max(lowest, other.lowest) ? OptionalInt.of(version) : OptionalInt.empty();
    }

    /** Whether a refusal is one of the caller's protocol. Nodes of all versions name it in these words. */
    static boolean isReasonOf(String refusal) {
        return refusal.contains(REASON);
    }

    /** Why a caller cannot be talked to, and whom to upgrade; null if it can. */
    @Nullable
    String refusal(Protocol caller) {
        if (common(caller).isPresent()) {
            return null;
        }
        return "it speaks %s %s, this node %s: upgrade %s first, to a release that speaks both"
                .formatted(REASON, caller, this, caller.highest < lowest ? "it" : "this node");
    }

    @Override
    public String toString() {
        return lowest == highest ? String.valueOf(lowest) : lowest + " to " + highest;
    }
}
