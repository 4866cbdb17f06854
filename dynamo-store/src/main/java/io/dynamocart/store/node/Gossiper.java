package io.dynamocart.store.node;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Keeps links to the nodes that this one has heard of, and tells those it is linked to what it knows. Not thread-safe.
 */
final class Gossiper {

    private final String ownAddress;
    private final Transport transport;
    private final RandomSource random;
    private final Supplier<Message.Gossip> news;
    private final Set<String> addresses = new TreeSet<>();
    private final TreeSet<NodeId> linked = new TreeSet<>();
    /** The linked nodes, in the order in which they are told. */
    private final List<NodeId> turns = new ArrayList<>();
    /** The last answer to each node since the last round. */
    private final Map<NodeId, Message.Gossip> answered = new TreeMap<>();

    /** @param news all that this node has to tell, at the time it is asked */
    Gossiper(String ownAddress, Transport transport, RandomSource random, Supplier<Message.Gossip> news) {
        this.ownAddress = ownAddress;
        this.transport = transport;
        this.random = random;
        this.news = news;
    }

    void link(String address) {
        if (!address.equals(ownAddress)) {
            addresses.add(address);
            transport.link(address);
        }
    }

    /** Looks for nobody at any other address than these. */
    void unlinkAllBut(Set<String> wanted) {
        addresses.stream().filter(address -> !wanted.contains(address)).forEach(transport::unlink);
        addresses.retainAll(wanted);
    }

    void onRound() {
        answered.clear();
    }

    void onLinkUp(NodeId peer) {
        // It may be another process, which has heard nothing yet
        answered.remove(peer);
        if (linked.add(peer)) {
            turns.add(random.nextInt(turns.size() + 1), peer);
        }
    }

    void onLinkDown(NodeId peer) {
        linked.remove(peer);
        turns.remove(peer);
    }

    SortedSet<NodeId> linked() {
        return Collections.unmodifiableSortedSet(linked);
    }

    void tell(NodeId peer) {
        transport.send(peer, news.get());
    }

    /**
     * Tells a peer that showed that it does not know everything; the same only once a round, in case it got lost. A
     * peer shows it again while what it was told is on its way to the disk; two such peers would answer one another as
     * fast as the network carries it.
     */
    void answer(NodeId peer) {
        Message.Gossip told = news.get();
        if (!told.equals(answered.put(peer, told))) {
            transport.send(peer, told);
        }
    }

    void tellAll() {
        linked.forEach(this::tell);
    }

    /**
     * Tells one of the linked nodes. Chance decides their order (paper §4.8.1), and each has its turn: left to chance
     * altogether, one that lives would now and then be silent for so long that it is taken for gone.
     */
    void tellOne() {
        if (!turns.isEmpty()) {
            NodeId next = turns.removeFirst();
            turns.addLast(next);
            tell(next);
        }
    }
}
