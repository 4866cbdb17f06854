package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanId;
import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
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
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The wire form of messages: a byte that names the kind, then its components in their order. */
public final class MessageCodec {

    private static final int MAX_REPLICAS = 1_000;

    /** The first byte of every form of message. A number is never given to another form, since releases mix. */
    private static final class Kind {
        static final int REPLICA_GET = 1;
        static final int REPLICA_GET_REPLY = 2;
        static final int REPLICA_PUT = 3;
        static final int REPLICA_PUT_REPLY = 4;
        static final int COORDINATE_PUT = 5;
        static final int COORDINATE_PUT_REPLY = 6;
        static final int OUTCOME_UNKNOWN = 7;
        static final int REFUSED = 8;
        static final int GOSSIP = 9;
        static final int HINT_PUT = 10;
        static final int PING = 11;
        static final int PONG = 12;
        static final int COMPARE = 13;
        static final int COMPARE_REPLY = 14;
        static final int HINT_GET = 15;
        static final int JOINING_PUT = 16;
        static final int LIST_RANGE = 17;
        static final int RANGE_LISTING = 18;
        static final int RELEASE = 19;
        static final int REAP = 20;
        static final int REAP_REPLY = 21;
        static final int REPLICA_GET_UNLESS = 22;
        static final int REPLICA_GET_SAME = 23;
        static final int REPLICA_GET_WITHIN = 24;
        static final int HINT_GET_WITHIN = 25;
        static final int BUFFERED_PUT = 26;
        static final int BUFFERED_PUT_REPLY = 27;
        static final int TRACED = 28;
    }

    private MessageCodec() {}

    public static void encode(Message message, ByteWriter out) {
        switch (message) {
            case Traced(TraceParent trace, Message.Request request) -> {
                out.writeByte(Kind.TRACED)
                        .writeLong(trace.high())
                        .writeLong(trace.low())
                        .writeLong(trace.span());
                encode(request, out);
            }
            case ReplicaGet get -> encodeGet(get, out);
            case ReplicaGetSame(long number, Instant clock) ->
                head(out, Kind.REPLICA_GET_SAME, number).writeVarint(clock.toEpochMilli());
            case ReplicaGetReply(long number, Versions versions, Instant clock) ->
                head(out, Kind.REPLICA_GET_REPLY, number)
                        .writeVarint(clock.toEpochMilli())
                        .writeBlock(versions.encode());
            case ReplicaPut(long number, Key key, Versions versions) ->
                head(out, Kind.REPLICA_PUT, number)
                        .writeBlock(key.toByteArray())
                        .writeBlock(versions.encode());
            case BufferedPut(long number, Key key, Versions versions) ->
                head(out, Kind.BUFFERED_PUT, number)
                        .writeBlock(key.toByteArray())
                        .writeBlock(versions.encode());
            case BufferedPutReply(long number) -> head(out, Kind.BUFFERED_PUT_REPLY, number);
            case HintGet get -> encodeGet(get, out);
            case JoiningPut(long number, Key key, Versions versions) ->
                head(out, Kind.JOINING_PUT, number)
                        .writeBlock(key.toByteArray())
                        .writeBlock(versions.encode());
            case ListRange(long number, TokenRange range, Key after) ->
                ComparisonCodec.encode(range, after, head(out, Kind.LIST_RANGE, number));
            case RangeListing(long number, List<KeyDigest> entries, boolean last) ->
                ComparisonCodec.encode(entries, head(out, Kind.RANGE_LISTING, number))
                        .writeBoolean(last);
            case Release(PlanId plan, List<Partition> partitions) -> {
                plan.writeTo(out.writeByte(Kind.RELEASE));
                out.writeVarint(partitions.size());
                partitions.forEach(partition -> out.writeVarint(partition.index()));
            }
            case ReplicaPutReply(long number) -> head(out, Kind.REPLICA_PUT_REPLY, number);
            case CoordinatePut put -> encodePut(head(out, Kind.COORDINATE_PUT, put.number()), put);
            case CoordinatePutReply(long number, Dot dot, List<NodeId> homes, List<NodeId> standIns) -> {
                dot.writeTo(head(out, Kind.COORDINATE_PUT_REPLY, number));
                encodeNodes(out, homes);
                encodeNodes(out, standIns);
            }
            case OutcomeUnknown(long number, int needed, List<NodeId> acknowledged) ->
                encodeNodes(head(out, Kind.OUTCOME_UNKNOWN, number).writeVarint(needed), acknowledged);
            case Refused(long number, Refusal why, String detail) ->
                head(out, Kind.REFUSED, number).writeString(why.name()).writeString(detail);
            case HintPut(long number, NodeId target, Key key, Versions versions) ->
                head(out, Kind.HINT_PUT, number)
                        .writeString(target.name())
                        .writeBlock(key.toByteArray())
                        .writeBlock(versions.encode());
            case Compare(long number, TokenRange partition, Question question) ->
                ComparisonCodec.encode(partition, question, head(out, Kind.COMPARE, number));
            case CompareReply(long number, Answer answer) ->
                ComparisonCodec.encode(answer, head(out, Kind.COMPARE_REPLY, number));
            case Reap reap -> ReapCodec.encode(reap, head(out, Kind.REAP, reap.number()));
            case ReapReply reply -> ReapCodec.encode(reply, head(out, Kind.REAP_REPLY, reply.number()));
            case Ping(long number) -> head(out, Kind.PING, number);
            case Pong(long number) -> head(out, Kind.PONG, number);
            case Gossip(Member self, boolean joins, MembershipHistory history) -> {
                self.writeTo(out.writeByte(Kind.GOSSIP));
                history.writeTo(out.writeBoolean(joins));
            }
        }
    }

    /** @throws MalformedBytesException if these are not the bytes of a message */
    public static Message decode(ByteReader in) {
        try {
            int kind = in.readByte();
            Message message = kind == Kind.TRACED ? decodeTraced(in) : decodeBody(kind, in);
            in.expectEnd();
            return message;
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a message", e);
        }
    }

    private static Message decodeTraced(ByteReader in) {
        TraceParent trace = new TraceParent(in.readLong(), in.readLong(), in.readLong());
        if (decodeBody(in.readByte(), in) instanceof Message.Request request) {
            return new Traced(trace, request);
        }
        throw new MalformedBytesException("an answer in a trace");
    }

    private static Message decodeBody(int kind, ByteReader in) {
        return switch (kind) {
            case Kind.REPLICA_GET -> new ReplicaGet(in.readVarint(), ComparisonCodec.key(in));
            case Kind.REPLICA_GET_REPLY -> {
                long number = in.readVarint();
                Instant clock = Instant.ofEpochMilli(in.readVarint());
                yield new ReplicaGetReply(number, Versions.decode(in.readBlock()), clock);
            }
            case Kind.REPLICA_PUT ->
                new ReplicaPut(in.readVarint(), ComparisonCodec.key(in), Versions.decode(in.readBlock()));
            case Kind.REPLICA_PUT_REPLY -> new ReplicaPutReply(in.readVarint());
            case Kind.COORDINATE_PUT -> decodePut(in);
            case Kind.COORDINATE_PUT_REPLY ->
                new CoordinatePutReply(in.readVarint(), Dot.readFrom(in), nodes(in), nodes(in));
            case Kind.OUTCOME_UNKNOWN -> new OutcomeUnknown(in.readVarint(), in.readInt(MAX_REPLICAS), nodes(in));
            case Kind.REFUSED -> new Refused(in.readVarint(), Refusal.valueOf(in.readString()), in.readString());
            case Kind.GOSSIP -> new Gossip(Member.readFrom(in), in.readBoolean(), MembershipHistory.readFrom(in));
            case Kind.HINT_PUT ->
                new HintPut(
                        in.readVarint(),
                        new NodeId(in.readString()),
                        ComparisonCodec.key(in),
                        Versions.decode(in.readBlock()));
            case Kind.PING -> new Ping(in.readVarint());
            case Kind.PONG -> new Pong(in.readVarint());
            case Kind.COMPARE -> new Compare(in.readVarint(), ComparisonCodec.range(in), ComparisonCodec.question(in));
            case Kind.COMPARE_REPLY -> new CompareReply(in.readVarint(), ComparisonCodec.answer(in));
            case Kind.HINT_GET -> new HintGet(in.readVarint(), ComparisonCodec.key(in), null);
            case Kind.JOINING_PUT ->
                new JoiningPut(in.readVarint(), ComparisonCodec.key(in), Versions.decode(in.readBlock()));
            case Kind.LIST_RANGE ->
                new ListRange(in.readVarint(), ComparisonCodec.range(in), ComparisonCodec.keyOrNone(in));
            case Kind.RANGE_LISTING ->
                new RangeListing(
                        in.readVarint(), ComparisonCodec.entries(in, RangeListing.MAX_ENTRIES), in.readBoolean());
            case Kind.RELEASE -> new Release(PlanId.readFrom(in), partitions(in));
            case Kind.REAP -> ReapCodec.reap(in.readVarint(), in);
            case Kind.REAP_REPLY -> ReapCodec.reply(in.readVarint(), in);
            case Kind.REPLICA_GET_UNLESS ->
                new ReplicaGet(in.readVarint(), ComparisonCodec.key(in), ComparisonCodec.digest(in), null);
            case Kind.REPLICA_GET_SAME -> new ReplicaGetSame(in.readVarint(), Instant.ofEpochMilli(in.readVarint()));
            case Kind.REPLICA_GET_WITHIN -> {
                long number = in.readVarint();
                Key key = ComparisonCodec.key(in);
                Duration within = within(in);
                yield new ReplicaGet(number, key, in.readBoolean() ? ComparisonCodec.digest(in) : null, within);
            }
            case Kind.HINT_GET_WITHIN -> new HintGet(in.readVarint(), ComparisonCodec.key(in), within(in));
            case Kind.BUFFERED_PUT ->
                new BufferedPut(in.readVarint(), ComparisonCodec.key(in), Versions.decode(in.readBlock()));
            case Kind.BUFFERED_PUT_REPLY -> new BufferedPutReply(in.readVarint());
            default -> throw new MalformedBytesException("message kind %d is not known here".formatted(kind));
        };
    }

    private static void encodeGet(ReplicaGet get, ByteWriter out) {
        Digest unless = get.unless();
        Duration within = get.within();
        int silent = unless == null ? Kind.REPLICA_GET : Kind.REPLICA_GET_UNLESS;
        head(out, within == null ? silent : Kind.REPLICA_GET_WITHIN, get.number())
                .writeBlock(get.key().toByteArray());
        if (within != null) {
            out.writeVarint(within.toMillis()).writeBoolean(unless != null);
        }
        if (unless != null) {
            ComparisonCodec.encode(unless, out);
        }
    }

    private static void encodeGet(HintGet get, ByteWriter out) {
        Duration within = get.within();
        head(out, within == null ? Kind.HINT_GET : Kind.HINT_GET_WITHIN, get.number())
                .writeBlock(get.key().toByteArray());
        if (within != null) {
            out.writeVarint(within.toMillis());
        }
    }

    private static void encodePut(ByteWriter out, CoordinatePut put) {
        Value value = put.value();
        out.writeBlock(put.key().toByteArray());
        put.context().writeTo(out);
        out.writeVarint(put.homes()).writeVarint(put.acknowledgements()).writeBoolean(put.strict());
        out.writeVarint(put.timeout().toMillis());
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeBlock(value.toByteArray());
        }
    }

    private static Message decodePut(ByteReader in) {
        long number = in.readVarint();
        Key key = ComparisonCodec.key(in);
        Context context = Context.readFrom(in, key);
        int homes = in.readInt(MAX_REPLICAS);
        int acknowledgements = in.readInt(homes);
        boolean strict = in.readBoolean();
        Duration timeout = Duration.ofMillis(in.readInt(Integer.MAX_VALUE));
        if (acknowledgements < 1 || !timeout.isPositive()) {
            throw new MalformedBytesException("a put to %d nodes within %s".formatted(acknowledgements, timeout));
        }
        Value value = in.readBoolean() ? Value.of(in.readBlock()) : null;
        return new CoordinatePut(number, key, context, value, homes, acknowledgements, strict, timeout);
    }

    private static ByteWriter head(ByteWriter out, int kind, long number) {
        return out.writeByte(kind).writeVarint(number);
    }

    private static Duration within(ByteReader in) {
        return Duration.ofMillis(in.readInt(Integer.MAX_VALUE));
    }

    private static void encodeNodes(ByteWriter out, List<NodeId> nodes) {
        out.writeVarint(nodes.size());
        nodes.forEach(node -> out.writeString(node.name()));
    }

    private static List<Partition> partitions(ByteReader in) {
        List<Partition> partitions = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            partitions.add(new Partition(in.readInt(Integer.MAX_VALUE)));
        }
        return partitions;
    }

    private static List<NodeId> nodes(ByteReader in) {
        List<NodeId> nodes = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            nodes.add(new NodeId(in.readString()));
        }
        return nodes;
    }
}
