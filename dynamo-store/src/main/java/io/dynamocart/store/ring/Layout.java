package io.dynamocart.store.ring;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which node owns which token, and so everything that makes a ring. Immutable.
 *
 * <p>With random tokens (strategies 1 and 2) it follows from the nodes alone. With equal shares (strategy 3) it depends
 * on who owned what before, so that a change moves little.
 *
 * @param homes home replicas per key (N)
 * @param seats the nodes, ascending
 * @param tokens the owner of each token
 */
public record Layout(
        Partitioning partitioning, int homes, List<Seat> seats, NavigableMap<Token, NodeId> tokens) {

    private static final int MAX_TOKENS = 1 << 17;

    public Layout {
        seats = seats.stream().sorted().toList();
        tokens = Collections.unmodifiableNavigableMap(new TreeMap<>(tokens));
    }

    /**
     * Checks that so many nodes of such weights fit.
     *
     * @throws IllegalArgumentException if there are more nodes than partitions, or more tokens than
     *     {@value #MAX_TOKENS}
     */
    public static void check(Partitioning partitioning, List<Seat> seats) {
        long weights = seats.stream().mapToLong(Seat::weight).sum();
        switch (partitioning) {
            case Partitioning.EqualShares(int partitions) -> Shares.check(partitions, seats.size());
            case Partitioning.RandomTokens(int count, _) -> checkTokens(weights * count);
            case Partitioning.RandomTokensEqualPartitions(_, int count, _) -> checkTokens(weights * count);
        }
    }

    /** The layout of a ring that begins. */
    public static Layout of(Partitioning partitioning, int homes, List<Seat> seats) {
        check(partitioning, seats);
        return switch (partitioning) {
            case Partitioning.EqualShares(int partitions) ->
                ofOwners(partitions, homes, seats, Claim.forNewRing(seats, partitions, homes));
            case Partitioning.RandomTokens(int count, long seed) ->
                new Layout(partitioning, homes, seats, randomTokens(seats, count, seed));
            case Partitioning.RandomTokensEqualPartitions(_, int count, long seed) ->
                new Layout(partitioning, homes, seats, randomTokens(seats, count, seed));
        };
    }

    /** The layout of strategy 3 in which the i-th of {@code owners} owns the i-th partition. */
    public static Layout ofOwners(int partitions, int homes, List<Seat> seats, List<NodeId> owners) {
        if (owners.size() != partitions) {
            throw new IllegalArgumentException("%d owners for %d partitions".formatted(owners.size(), partitions));
        }
        NavigableMap<Token, NodeId> tokens = new TreeMap<>();
        for (int i = 0; i < partitions; i++) {
            tokens.put(Token.evenly(i, partitions), owners.get(i));
        }
        return new Layout(new Partitioning.EqualShares(partitions), homes, seats, tokens);
    }

    /** The layout once these are the nodes instead. */
    public Layout with(List<Seat> changed) {
        return switch (partitioning) {
            case Partitioning.EqualShares(int partitions) ->
                ofOwners(
                        partitions,
                        homes,
                        changed,
                        isInOtherZones(changed)
                                ? Claim.forOtherZones(owners(), changed, homes)
                                : Claim.forChange(owners(), changed, homes));
            case Partitioning.RandomTokens _, Partitioning.RandomTokensEqualPartitions _ ->
                of(partitioning, homes, changed);
        };
    }

    private boolean isInOtherZones(List<Seat> changed) {
        Map<NodeId, String> zones = seats.stream().collect(Collectors.toMap(Seat::node, Seat::zone));
        return changed.stream()
                .anyMatch(seat ->
                        !zones.getOrDefault(seat.node(), seat.zone()).equals(seat.zone()));
    }

    /** The owners of the tokens, clockwise. */
    public List<NodeId> owners() {
        return List.copyOf(tokens.values());
    }

    public Ring ring() {
        return switch (partitioning) {
            case Partitioning.EqualShares _, Partitioning.RandomTokens _ -> Ring.of(tokens, seats, homes);
            case Partitioning.RandomTokensEqualPartitions(int partitions, _, _) ->
                Ring.of(evenEnds(partitions), tokens, seats, homes);
        };
    }

    private static List<Token> evenEnds(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(i -> Token.evenly(i, partitions))
                .toList();
    }

    private static NavigableMap<Token, NodeId> randomTokens(List<Seat> seats, int count, long seed) {
        NavigableMap<Token, NodeId> tokens = new TreeMap<>();
        for (Seat seat : seats.stream().sorted().toList()) {
            for (int i = 0; i < seat.weight() * count; i++) {
                tokens.putIfAbsent(Token.random(seed, seat.node(), i), seat.node());
            }
        }
        return tokens;
    }

    private static void checkTokens(long tokens) {
        if (tokens < 1 || tokens > MAX_TOKENS) {
            throw new IllegalArgumentException("%d tokens is not 1 to %d".formatted(tokens, MAX_TOKENS));
        }
    }
}
