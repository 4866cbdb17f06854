package io.dynamocart.store.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The event loop that a node lives on: one thread, on Linux with native epoll. Its log lines carry the node's name as
 * {@code node} in the MDC. Thread-safe.
 */
public final class EventLoopThread implements AutoCloseable {

    /** The MDC key under which log lines carry the name of the node they belong to. */
    public static final String MDC_NODE = "node";

    private static final Logger log = LoggerFactory.getLogger(EventLoopThread.class);
    private static final Duration QUIET = Duration.ZERO;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventLoopGroup group;
    private final EventLoop loop;

    /** @param name of the node */
    public EventLoopThread(String name) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, (ThreadFactory) action -> newThread(name, action), io);
        loop = group.next();
    }

    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    /** Runs the action in a later round of the loop; drops it once the loop has ended. */
    public void execute(Runnable action) {
        if (loop.isShuttingDown()) {
            return;
        }
        try {
            loop.execute(() -> runLogged(action));
        } catch (RejectedExecutionException e) {
            log.debug("The node's thread has just ended", e);
        }
    }

    /** Runs the action after a delay. */
    public void schedule(Runnable action, long delayNanos) {
        if (!loop.isShuttingDown()) {
            Future<?> _ = loop.schedule(() -> runLogged(action), delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Runs the action on the loop and waits until it is done. Not for the loop's own thread. */
    public void submitAndWait(Runnable action) {
        if (isCurrent()) {
            throw new IllegalStateException("the loop would wait for itself");
        }
        loop.submit(action).syncUninterruptibly();
    }

    /** Ends the loop once everything handed to it has been run. Blocks. */
    @Override
    public void close() {
        group.shutdownGracefully(QUIET.toMillis(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerSocketChannel> serverChannelType() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> channelType() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Runs an action here and now: one that fails must not keep others from being run, nor close a connection. */
    public static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            log.error("An action on the node's thread failed", e);
        }
    }

    private static Thread newThread(String name, Runnable action) {
        return Thread.ofPlatform().name(name).unstarted(() -> {
            MDC.put(MDC_NODE, name);
            action.run();
        });
    }
}
