package io.dynamocart.store.transport;

import io.dynamocart.store.ring.NodeId;
import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The links of this node by the addresses they lead to, and of each peer the one in use: a peer that is reached by several
 * addresses has as many links. There the older ones are made anew from time to time: behind a name may be another node by
 * now, which nobody would look for as long as the connection made before is up. For the node's thread.
 */
final class Links {

    private static final Logger log = LoggerFactory.getLogger(Links.class);
    private static final ThreadFactory LOOK_UPS =
            Thread.ofPlatform().name("node-lookup").daemon().factory();

    private final NettyTransport transport;
    private final Map<String, PeerLink> links = new HashMap<>();
    private final Map<NodeId, PeerLink> inUse = new HashMap<>();

    Links(NettyTransport transport) {
        this.transport = transport;
    }

    void link(String address) {
        PeerLink known = links.get(address);
        if (known != null) {
            known.keep();
        } else if (!transport.isClosed()) {
            PeerLink link = new PeerLink(transport, address, LOOK_UPS);
            links.put(address, link);
            link.connect();
        }
    }

    void unlink(String address) {
        PeerLink link = links.get(address);
        if (link != null) {
            link.letGo();
        }
    }

    /** Who is at this address can be reached: a link that waits to try again need not wait any longer. */
    void hurry(String address) {
        PeerLink link = links.get(address);
        if (link != null) {
            link.hurry();
        }
    }

    /** The connection to a peer, null if there is none. */
    @Nullable
    Channel to(NodeId peer) {
        PeerLink link = inUse.get(peer);
        return link == null ? null : link.channel();
    }

    /** The connections to all peers that there are any to. */
    SortedMap<NodeId, Channel> channels() {
        SortedMap<NodeId, Channel> channels = new TreeMap<>();
        inUse.forEach((peer, link) -> {
            Channel channel = link.channel();
            if (channel != null) {
                channels.put(peer, channel);
            }
        });
        return channels;
    }

    /** From now on this link is in use: of a peer that came back elsewhere, an older one may not know that it is dead. */
    void onUp(NodeId peer, PeerLink link) {
        PeerLink older = inUse.put(peer, link);
        if (older == null) {
            log.info("Linked to {} at {}", peer, link.address());
            transport.onLinkUp(peer);
        } else {
            log.atLevel(link.isRenewed() ? Level.DEBUG : Level.INFO)
                    .log("Linked to {} at {}, as it is at {}", peer, link.address(), older.address());
            older.renewUnlessUsed();
        }
    }

    boolean isUsed(PeerLink link) {
        return inUse.containsValue(link);
    }

    void onDown(NodeId peer, PeerLink link, Channel channel) {
        log.atLevel(link.isRenewed() ? Level.DEBUG : Level.INFO).log("Link to {} at {} is down", peer, link.address());
        transport.onClosed(channel);
        if (inUse.remove(peer, link)) {
            // In a later round: a peer that has ended breaks all its links in this one
            transport.loop().execute(() -> useAnother(peer));
            transport.onLinkDown(peer);
        }
    }

    /** It is down, and is not to be made anew. */
    void forget(PeerLink link) {
        log.info("Nobody is looked for at {} any more", link.address());
        links.remove(link.address(), link);
    }

    void close() {
        links.values().forEach(PeerLink::close);
    }

    /**
     * The node was told that the link in use is down, and is now told of the other as of a new one. If it took over in
     * silence, what was sent by the first would be waited for until it is late; and what the node says to a peer at first
     * tells it the present mark.
     */
    private void useAnother(NodeId peer) {
        if (!inUse.containsKey(peer)) {
            links.values().stream()
                    .filter(link -> link.leadsTo(peer))
                    .findFirst()
                    .ifPresent(link -> onUp(peer, link));
        }
    }
}
