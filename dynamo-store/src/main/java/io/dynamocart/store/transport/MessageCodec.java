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
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Clock;
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

    private MessageCodec() {}

    public static void encode(Message message, ByteWriter out) {
        switch (message) {
            case ReplicaGet get -> encodeGet(get, out);
            case ReplicaGetSame(long number, Instant clock) ->
                head(out, 23, number).writeVarint(clock.toEpochMilli());
            case ReplicaGetReply(long number, Versions versions, Instant clock) ->
                head(out, 2, number).writeVarint(clock.toEpochMilli()).writeBlock(versions.encode());
            case ReplicaPut(long number, Key key, Versions versions) ->
                head(out, 3, number).writeBlock(key.toByteArray()).writeBlock(versions.encode());
            case BufferedPut(long number, Key key, Versions versions) ->
                head(out, 26, number).writeBlock(key.toByteArray()).writeBlock(versions.encode());
            case BufferedPutReply(long number) -> head(out, 27, number);
            case HintGet get -> encodeGet(get, out);
            case JoiningPut(long number, Key key, Versions versions) ->
                head(out, 16, number).writeBlock(key.toByteArray()).writeBlock(versions.encode());
            case ListRange(long number, TokenRange range, Key after) ->
                ComparisonCodec.encode(range, after, head(out, 17, number));
            case RangeListing(long number, List<KeyDigest> entries, boolean last) ->
                ComparisonCodec.encode(entries, head(out, 18, number)).writeBoolean(last);
            case Release(PlanId plan, List<Partition> partitions) -> {
                plan.writeTo(out.writeByte(19));
                out.writeVarint(partitions.size());
                partitions.forEach(partition -> out.writeVarint(partition.index()));
            }
            case ReplicaPutReply(long number) -> head(out, 4, number);
            case CoordinatePut put -> encodePut(head(out, 5, put.number()), put);
            case CoordinatePutReply(long number, Dot dot, List<NodeId> homes, List<NodeId> standIns) -> {
                dot.writeTo(head(out, 6, number));
                encodeNodes(out, homes);
                encodeNodes(out, standIns);
            }
            case OutcomeUnknown(long number, int needed, List<NodeId> acknowledged) ->
                encodeNodes(head(out, 7, number).writeVarint(needed), acknowledged);
            case Refused(long number, Refusal why, String detail) ->
                head(out, 8, number).writeString(why.name()).writeString(detail);
            case HintPut(long number, NodeId target, Key key, Versions versions) ->
                head(out, 10, number)
                        .writeString(target.name())
                        .writeBlock(key.toByteArray())
                        .writeBlock(versions.encode());
            case Compare(long number, TokenRange partition, Question question) ->
                ComparisonCodec.encode(partition, question, head(out, 13, number));
            case CompareReply(long number, Answer answer) -> ComparisonCodec.encode(answer, head(out, 14, number));
            case Reap reap -> ReapCodec.encode(reap, head(out, 20, reap.number()));
            case ReapReply reply -> ReapCodec.encode(reply, head(out, 21, reply.number()));
            case Ping(long number) -> head(out, 11, number);
            case Pong(long number) -> head(out, 12, number);
            case Gossip(Member self, boolean joins, MembershipHistory history) -> {
                self.writeTo(out.writeByte(9));
                history.writeTo(out.writeBoolean(joins));
            }
        }
    }

    /** @throws MalformedBytesException if these are not the bytes of a message */
    public static Message decode(ByteReader in) {
        try {
            Message message = decodeBody(in);
            in.expectEnd();
            return message;
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a message", e);
        }
    }

    private static Message decodeBody(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new ReplicaGet(in.readVarint(), key(in));
            case 2 -> {
                long number = in.readVarint();
                Instant clock = Instant.ofEpochMilli(in.readVarint());
                yield new ReplicaGetReply(number, Versions.decode(in.readBlock()), clock);
            }
            case 3 -> new ReplicaPut(in.readVarint(), key(in), Versions.decode(in.readBlock()));
            case 4 -> new ReplicaPutReply(in.readVarint());
            case 5 -> decodePut(in);
            case 6 -> new CoordinatePutReply(in.readVarint(), Dot.readFrom(in), nodes(in), nodes(in));
            case 7 -> new OutcomeUnknown(in.readVarint(), in.readInt(MAX_REPLICAS), nodes(in));
            case 8 -> new Refused(in.readVarint(), Refusal.valueOf(in.readString()), in.readString());
            case 9 -> new Gossip(Member.readFrom(in), in.readBoolean(), MembershipHistory.readFrom(in));
            case 10 ->
                new HintPut(in.readVarint(), new NodeId(in.readString()), key(in), Versions.decode(in.readBlock()));
            case 11 -> new Ping(in.readVarint());
            case 12 -> new Pong(in.readVarint());
            case 13 -> new Compare(in.readVarint(), ComparisonCodec.range(in), ComparisonCodec.question(in));
            case 14 -> new CompareReply(in.readVarint(), ComparisonCodec.answer(in));
            case 15 -> new HintGet(in.readVarint(), key(in), null);
            case 16 -> new JoiningPut(in.readVarint(), key(in), Versions.decode(in.readBlock()));
            case 17 -> new ListRange(in.readVarint(), ComparisonCodec.range(in), ComparisonCodec.keyOrNone(in));
            case 18 ->
                new RangeListing(in.readVarint(), ComparisonCodec.entries(in, RangeListing.MOST), in.readBoolean());
            case 19 -> new Release(PlanId.readFrom(in), partitions(in));
            case 20 -> ReapCodec.reap(in.readVarint(), in);
            case 21 -> ReapCodec.reply(in.readVarint(), in);
            case 22 -> new ReplicaGet(in.readVarint(), key(in), ComparisonCodec.digest(in), null);
            case 23 -> new ReplicaGetSame(in.readVarint(), Instant.ofEpochMilli(in.readVarint()));
            case 24 -> {
                long number = in.readVarint();
                Key key = key(in);
                Duration within = within(in);
                yield new ReplicaGet(number, key, in.readBoolean() ? ComparisonCodec.digest(in) : null, within);
            }
            case 25 -> new HintGet(in.readVarint(), key(in), within(in));
            case 26 -> new BufferedPut(in.readVarint(), key(in), Versions.decode(in.readBlock()));
            case 27 -> new BufferedPutReply(in.readVarint());
            default -> throw new MalformedBytesException("message kind %d is not known here".formatted(kind));
        };
    }

    private static void encodeGet(ReplicaGet get, ByteWriter out) {
        Digest unless = get.unless();
        Duration within = get.within();
        int silent = unless == null ? 1 : 22;
        head(out, within == null ? silent : 24, get.number())
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
        head(out, within == null ? 15 : 25, get.number()).writeBlock(get.key().toByteArray());
        if (within != null) {
            out.writeVarint(within.toMillis());
        }
    }

    private static void encodePut(ByteWriter out, CoordinatePut put) {
        Value value = put.value();
        out.writeBlock(put.key().toByteArray());
        out.writeString(put.context().preferredCoordinator().orElse(""));
        put.context().heads().writeTo(out);
        put.context().past().writeTo(out);
        out.writeVarint(put.homes()).writeVarint(put.acknowledgements()).writeBoolean(put.strict());
        out.writeVarint(put.timeout().toMillis());
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeBlock(value.toByteArray());
        }
    }

    private static Message decodePut(ByteReader in) {
        long number = in.readVarint();
        Key key = key(in);
        String coordinator = in.readString();
        Clock heads = Clock.readFrom(in);
        Clock past = Clock.readFrom(in);
        Context context = new Context(key, heads, past, coordinator.isEmpty() ? null : coordinator);
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

    private static Key key(ByteReader in) {
        return Key.of(in.readBlock());
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
