package io.dynamocart.store.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An address behind which one node is now and another later, as behind a name that has moved: what was connected before
 * stays so.
 */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final List<Socket> callers = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile HostAndPort target;
    private volatile boolean unnoticed;

    Relay(String address, String target) throws IOException {
        HostAndPort own = HostAndPort.parse(address);
        this.target = HostAndPort.parse(target);
        server = new ServerSocket(own.port(), 0, InetAddress.getByName(own.host()));
        open.add(server);
        Thread.ofVirtual().start(this::accept);
    }

    /** Whoever calls from now on gets through to this address. */
    void leadTo(String address) {
        target = HostAndPort.parse(address);
    }

    /** How many have got through so far. */
    int calls() {
        return calls.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = keep(server.accept());
                callers.add(caller);
                Socket called = keep(new Socket(target.host(), target.port()));
                calls.incrementAndGet();
                Thread.ofVirtual().start(() -> carry(caller, called));
                Thread.ofVirtual().start(() -> carry(called, caller));
            }
        } catch (IOException e) {
            close();
        }
    }

    private Socket keep(Socket socket) throws IOException {
        open.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Those who have called lose their connections, of which those who were called notice nothing. */
    void loseCallers() throws IOException {
        unnoticed = true;
        for (Socket caller : callers) {
            caller.close();
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Either has closed it
        } finally {
            if (!unnoticed) {
                close(from);
                close(to);
            }
        }
    }

    private static void close(Closeable each) {
        try {
            each.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        open.forEach(Relay::close);
    }
}
