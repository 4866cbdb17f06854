package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.Handshake.Hello;
import io.dynamocart.store.transport.Handshake.Proof;
import io.dynamocart.store.transport.Handshake.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/** A plain socket that says to a node what it likes, by the first version of the protocol. */
final class Stranger implements AutoCloseable {

    private static final Hello HELLO = new Hello(new Protocol(1, 1), "cluster", new NodeId("x"), "x:1", 7);

    private final Socket socket;
    private final DataInputStream in;

    Stranger(String address) throws IOException {
        HostAndPort target = HostAndPort.parse(address);
        socket = new Socket(target.host(), target.port());
        socket.setSoTimeout(10_000);
        socket.setSoLinger(true, 0);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Says hello in all form, and returns the welcome. */
    Welcome greet() throws IOException {
        say(frame(HELLO::writeTo));
        byte[] body = new byte[in.readInt()];
        in.readInt();
        in.readFully(body);
        return Welcome.readFrom(new ByteReader(body));
    }

    /** Proves that it knows a secret. */
    void prove(ClusterSecret secret, Welcome welcome) throws IOException {
        String proof = secret.proof(ClusterSecret.Role.CALLER, HELLO, welcome.nonce());
        say(frame(new Proof(proof)::writeTo));
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Says no more, as the node can see. */
    void fallSilent() throws IOException {
        socket.shutdownOutput();
    }

    /** All that still comes, until the node closes the connection. */
    byte[] hearToTheEnd() throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            in.transferTo(heard);
        } catch (SocketException _) {
            // The node closed it before it had read all, so this is the end, too
        }
        return heard.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] frame(Consumer<ByteWriter> body) {
        ByteBuf buffer = Frames.frame(UnpooledByteBufAllocator.DEFAULT, body);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }
}
