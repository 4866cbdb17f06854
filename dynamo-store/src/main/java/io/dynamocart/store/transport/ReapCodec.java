package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.message.Message.Reap;
import io.dynamocart.store.message.Message.Reap.Stage;
import io.dynamocart.store.message.Message.ReapReply;

/** The wire form of what nodes ask and answer about tombstones, behind the number of the message. */
final class ReapCodec {

    private ReapCodec() {}

    static void encode(Reap reap, ByteWriter out) {
        out.writeString(reap.stage().name()).writeVarint(reap.versions().size());
        reap.versions().forEach(each -> ComparisonCodec.encode(each, out));
    }

    static void encode(ReapReply reply, ByteWriter out) {
        out.writeVarint(reply.agreed().size());
        reply.agreed().forEach(key -> out.writeBlock(key.toByteArray()));
    }

    static Reap reap(long number, ByteReader in) {
        Stage stage = Stage.valueOf(in.readString());
        return new Reap(number, stage, ComparisonCodec.list(in, Reap.MAX_KEYS, () -> ComparisonCodec.keyDigest(in)));
    }

    static ReapReply reply(long number, ByteReader in) {
        return new ReapReply(number, ComparisonCodec.list(in, Reap.MAX_KEYS, () -> ComparisonCodec.key(in)));
    }
}
