package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that hold one key and exchange their copies when the test says so, and beside them the naive model: every put
 * with the set of all puts that its client had seen. What must be left in the end are the puts that no other put's
 * client had seen (riak's kv679_eqc).
 */
final class OneKeyCluster {

    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");

    private final Map<String, OneKeyNode> nodes = new TreeMap<>();
    private final Map<Dot, Put> puts = new TreeMap<>();
    private long seconds;

    private record Put(Set<Dot> seen, @Nullable Value value) {}

    OneKeyCluster(long seed, Truncation truncation, String... names) {
        SeededRandom random = new SeededRandom(seed);
        for (String name : names) {
            nodes.put(name, new OneKeyNode(name, truncation, random.fork(name)));
        }
    }

    static OneKeyCluster of(String... names) {
        return new OneKeyCluster(679, Truncation.off(), names);
    }

    OneKeyNode node(String name) {
        OneKeyNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    String[] names() {
        return nodes.keySet().toArray(String[]::new);
    }

    /** A client reads at one node. */
    Seen read(String node) {
        Versions copy = node(node).copy();
        Set<Dot> dots = new TreeSet<>();
        for (Version version : copy.list()) {
            dots.add(version.dot());
            dots.addAll(put(version.dot()).seen);
        }
        return new Seen(copy.clock(), dots);
    }

    /** A client that has seen nothing writes. */
    Dot put(String node, String value) {
        return put(node, value, Seen.NOTHING);
    }

    Dot put(String node, String value, Seen seen) {
        return write(node, Value.of(value), seen);
    }

    Dot delete(String node, Seen seen) {
        return write(node, null, seen);
    }

    private Dot write(String node, @Nullable Value value, Seen seen) {
        Dot dot = node(node).put(now(), value, seen.clock());
        Put before = puts.putIfAbsent(dot, new Put(seen.dots(), value));
        assertThat(before).as("%s was issued before, for this put", dot).isNull();
        return dot;
    }

    /** One node gives its copy to others. */
    void send(String from, String... to) {
        Versions copy = node(from).copy();
        Stream.of(to).forEach(name -> node(name).receive(now(), copy));
    }

    /** Everybody gives everybody everything. */
    void exchangeAll() {
        for (int round = 0; round < 2; round++) {
            nodes.keySet().forEach(from -> send(from, names()));
        }
    }

    /** The dots of the puts that no client of another put had seen. */
    Set<Dot> expected() {
        return unreplaced(puts.keySet());
    }

    /** Those of the puts that no client of another one of them had seen. */
    Set<Dot> unreplaced(Set<Dot> dots) {
        Set<Dot> left = new TreeSet<>(dots);
        dots.forEach(dot -> left.removeAll(put(dot).seen));
        return left;
    }

    /** Whether every expected version would still be somewhere without this node's copy. */
    boolean canSpare(String node) {
        Set<Dot> elsewhere = nodes.keySet().stream()
                .filter(name -> !name.equals(node))
                .flatMap(name -> dotsAt(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return elsewhere.containsAll(expected());
    }

    Set<Dot> dotsAt(String node) {
        return node(node).copy().list().stream().map(Version::dot).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The values at a node, tombstones left out. */
    List<String> valuesAt(String node) {
        return node(node).copy().live().stream()
                .map(version -> String.valueOf(version.value()))
                .sorted()
                .toList();
    }

    /** Every version at a node is as it was put. */
    void checkContents(String node) {
        for (Version version : node(node).copy().list()) {
            Put put = put(version.dot());
            assertThat(version.value()).isEqualTo(put.value);
            assertThat(version.past()).isEqualTo(Clock.of(put.seen.toArray(Dot[]::new)));
        }
    }

    private Put put(Dot dot) {
        Put put = puts.get(dot);
        if (put == null) {
            throw new AssertionError(dot + " was never issued");
        }
        return put;
    }

    private Moment now() {
        return new Moment(++seconds, BEGIN.plusSeconds(seconds));
    }
}
