package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node sends: each message in words that its peer understands, behind this node's mark, as one frame. Frames
 * are flushed once per round of the loop; what a connection has no room for is dropped, as the contract of {@link
 * io.dynamocart.store.port.Transport} allows. For the node's thread.
 */
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final TransportSettings settings;
    private final EventLoopThread loop;
    private final Set<Channel> unflushed = new LinkedHashSet<>();
    private final Set<Channel> congested = new HashSet<>();
    /** What was told of, by key and peer. */
    private final Set<String> tooLong = new HashSet<>();

    private final ByteWriter scratch = new ByteWriter(4096);
    private long mark;

    Outbox(TransportSettings settings, EventLoopThread loop) {
        this.settings = settings;
        this.loop = loop;
    }

    /** What everything bears that is sent from now on. */
    void setMark(long higher) {
        mark = higher;
    }

    long mark() {
        return mark;
    }

    /** False if the message is too long. */
    boolean send(Channel channel, NodeId to, Message message) {
        if (!hasRoom(channel, to)) {
            return true;
        }
        int version = Protocol.spokenOn(channel);
        MessageCodec.encode(Protocol.inWords(message, version), beginFrame(version));
        if (scratch.length() > settings.maxFrameBytes()) {
            if (message instanceof Message.Traced traced) {
                // Nothing fails because it is followed
                return send(channel, to, traced.request());
            }
            tellTooLong(to, message);
            return false;
        }
        write(channel);
        return true;
    }

    /** Once, since it may be tried again each second. */
    private void tellTooLong(NodeId to, Message message) {
        if (tooLong.add(name(message, Key::toString) + " to " + to)) {
            log.error(
                    "{} to {} would be a message of {} bytes, where {} are the most, so it does not get there. "
                            + "The versions of a key become few again by a read of it and a write with the context of that read",
                    name(message, Key::abbreviated),
                    to,
                    scratch.length(),
                    settings.maxFrameBytes());
        }
    }

    private static String name(Message message, Function<Key, String> named) {
        String kind = message.getClass().getSimpleName();
        return switch (message) {
            case Message.ReplicaPut put -> kind + " of key " + named.apply(put.key());
            case Message.BufferedPut put -> kind + " of key " + named.apply(put.key());
            case Message.JoiningPut put -> kind + " of key " + named.apply(put.key());
            case Message.HintPut put -> kind + " of key " + named.apply(put.key());
            default -> kind;
        };
    }

    /** Sends the mark alone, if the peer knows of marks. */
    void sendMark(Channel channel) {
        int version = Protocol.spokenOn(channel);
        if (version >= Protocol.MARKS) {
            beginFrame(version);
            write(channel);
        }
    }

    /** The connection is closed. */
    void forget(Channel channel) {
        congested.remove(channel);
    }

    private boolean hasRoom(Channel channel, NodeId peer) {
        if (!channel.isActive()) {
            // Whoever holds it is told soon that it has broken; what is closed is never writable, with nothing waiting
            return false;
        }
        if (channel.isWritable()) {
            congested.remove(channel);
            return true;
        }
        if (congested.add(channel)) {
            log.warn("More than {} bytes wait for {}; messages to it are dropped", settings.maxQueuedBytes(), peer);
        }
        return false;
    }

    private ByteWriter beginFrame(int version) {
        scratch.clear();
        return version >= Protocol.MARKS ? scratch.writeVarint(mark) : scratch;
    }

    private void write(Channel channel) {
        ByteBuf frame = Frames.frame(channel.alloc(), scratch);
        ChannelFuture _ = channel.write(frame, channel.voidPromise());
        if (unflushed.isEmpty()) {
            loop.execute(this::flush);
        }
        unflushed.add(channel);
    }

    private void flush() {
        // A flush may find a connection broken, and whoever is told of it may send
        List<Channel> written = List.copyOf(unflushed);
        unflushed.clear();
        written.forEach(Channel::flush);
    }
}
