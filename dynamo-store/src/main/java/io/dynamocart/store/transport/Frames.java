package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Frames on the wire: {@code length, checksum, body}, the first two of four bytes each. A frame that is too long or
 * does not match its checksum ends the connection, for whatever follows cannot be trusted either.
 */
final class Frames {

    static final int HEADER_BYTES = 8;

    private Frames() {}

    /** Makes the frame of a body. */
    static ByteBuf frame(ByteBufAllocator allocator, ByteWriter body) {
        CRC32C crc = new CRC32C();
        crc.update(body.array(), 0, body.length());
        return allocator
                .buffer(HEADER_BYTES + body.length())
                .writeInt(body.length())
                .writeInt((int) crc.getValue())
                .writeBytes(body.array(), 0, body.length());
    }

    static ByteBuf frame(ByteBufAllocator allocator, Consumer<ByteWriter> body) {
        ByteWriter out = new ByteWriter();
        body.accept(out);
        return frame(allocator, out);
    }

    /** Cuts the stream into bodies, each passed on as a {@link ByteReader} of its own bytes. */
    static final class Decoder extends ByteToMessageDecoder {

        private int maxBytes = Handshake.MAX_BYTES;
        private boolean broken;

        /** Allows longer frames from now on. */
        void allow(int newMaxBytes) {
            maxBytes = newMaxBytes;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (broken) {
                in.skipBytes(in.readableBytes());
                return;
            }
            if (in.readableBytes() < HEADER_BYTES) {
                return;
            }
            int length = in.getInt(in.readerIndex());
            if (length < 1 || length > maxBytes) {
                throw broken("a frame of %d bytes, allowed are %d".formatted(length, maxBytes));
            }
            if (in.readableBytes() < HEADER_BYTES + length) {
                return;
            }
            in.skipBytes(Integer.BYTES);
            int expected = in.readInt();
            byte[] body = new byte[length];
            in.readBytes(body);
            CRC32C crc = new CRC32C();
            crc.update(body);
            if ((int) crc.getValue() != expected) {
                throw broken("the checksum of a frame does not match");
            }
            out.add(new ByteReader(body));
        }

        private MalformedBytesException broken(String problem) {
            broken = true;
            return new MalformedBytesException(problem);
        }
    }
}
