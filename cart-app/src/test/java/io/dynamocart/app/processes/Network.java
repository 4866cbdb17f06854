package io.dynamocart.app.processes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A network of its own for some instances, each in a network namespace of Linux with an address of its own, that can be
 * cut between any two, in one direction or in both. This JVM reaches all of them, whatever is cut.
 */
final class Network implements AutoCloseable {

    private final int size;
    private final String name = "dc" + ProcessHandle.current().pid() % 100_000;
    private final String subnet = "10.77.%d.".formatted(ProcessHandle.current().pid() % 250);

    private Network(int size) {
        this.size = size;
    }

    /** A network with so many places; nothing, and why on the console, where this user may not make one. */
    static Optional<Network> of(int size) {
        Network network = new Network(size);
        Commands.Outcome allowed = Commands.attempt("ip", "netns", "add", network.hub());
        if (allowed.exit() != 0) {
            System.out.println("Not run: networks that can be cut, since there cannot be one here: " + allowed);
            return Optional.empty();
        }
        network.connect();
        return Optional.of(network);
    }

    /** All meet at a bridge that has a namespace for itself, out of reach of this machine's packet filter. */
    private void connect() {
        in(hub(), "ip", "link", "add", "hub", "type", "bridge");
        in(hub(), "ip", "link", "set", "hub", "up");
        plug(254, "1");
        Commands.run("ip", "address", "add", address(254) + "/24", "dev", name);
        Commands.run("ip", "link", "set", name, "up");
        for (int i = 1; i <= size; i++) {
            Commands.run("ip", "netns", "add", space(i));
            plug(i, space(i));
            in(space(i), "ip", "address", "add", address(i) + "/24", "dev", name);
            in(space(i), "ip", "link", "set", name, "up");
            in(space(i), "ip", "link", "set", "lo", "up");
        }
    }

    /** Gives a namespace a cable to the hub. */
    private void plug(int place, String namespace) {
        String end = "port" + place;
        Commands.run(
                "ip", "link", "add", name, "netns", namespace, "type", "veth", "peer", "name", end, "netns", hub());
        in(hub(), "ip", "link", "set", end, "master", "hub", "up");
    }

    List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            List<String> enter = List.of("ip", "netns", "exec", space(i));
            places.add(new Place("node-" + i, address(i) + ":8080", address(i) + ":7000", enter));
        }
        return places;
    }

    /** From now on nothing that one of these sends arrives at one of those. Places are counted from 1. */
    void cut(Collection<Integer> these, Collection<Integer> those) {
        for (int from : these) {
            for (int to : those) {
                in(space(from), "ip", "route", "add", "blackhole", address(to) + "/32");
            }
        }
    }

    /** Everything arrives again. */
    void heal() {
        for (int i = 1; i <= size; i++) {
            in(space(i), "ip", "route", "flush", "type", "blackhole");
        }
    }

    @Override
    public void close() {
        for (int i = 1; i <= size; i++) {
            Commands.attempt("ip", "netns", "delete", space(i));
        }
        Commands.attempt("ip", "netns", "delete", hub());
    }

    private static void in(String namespace, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        Commands.run(whole.toArray(String[]::new));
    }

    private String hub() {
        return name + "-hub";
    }

    private String space(int place) {
        return name + "-" + place;
    }

    private String address(int place) {
        return subnet + place;
    }
}
