package io.dynamocart.store.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Key;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stretches of the ring, and the slices that they are cut into. */
class TokenRangeTests {

    private static final Token QUARTER = Token.evenly(1, 4);
    private static final Token HALF = Token.evenly(2, 4);
    private static final Token LAST = new Token(-1, -1);

    @Test
    void holdsItsEndAndNotItsStart() {
        TokenRange range = new TokenRange(QUARTER, HALF);

        assertThat(range.contains(QUARTER)).isFalse();
        assertThat(range.contains(HALF)).isTrue();
        assertThat(range.contains(Token.evenly(3, 8))).isTrue();
        assertThat(range.contains(Token.evenly(3, 4))).isFalse();
    }

    @Test
    void goesOnAtZeroBehindTheLargestToken() {
        TokenRange range = new TokenRange(HALF, QUARTER);

        assertThat(range.contains(LAST)).isTrue();
        assertThat(range.contains(new Token(0, 0))).isTrue();
        assertThat(range.contains(QUARTER)).isTrue();
        assertThat(range.contains(HALF)).isFalse();
    }

    @Test
    void allHoldsEveryToken() {
        assertThat(List.of(new Token(0, 0), QUARTER, LAST)).allMatch(TokenRange.all()::contains);
    }

    @Test
    void aKeyLiesInTheOneSliceThatHoldsItsToken() {
        Property.holds(200, random -> {
            Token start = new Token(random.nextLong(), random.nextLong());
            TokenRange range = switch ((int) random.between(1, 10)) {
                case 1 -> TokenRange.all();
                case 2, 3, 4 -> new TokenRange(start, start.plus(powerOfTwo((int) random.between(120, 128))));
                default -> new TokenRange(start, new Token(random.nextLong(), random.nextLong()));
            };
            int count = random.chance(0.5)
                    ? powerOfTwo((int) random.between(0, 11)).intValue()
                    : (int) random.between(1, 2_000);
            List<TokenRange> slices = IntStream.range(0, count)
                    .mapToObj(i -> range.slice(i, count))
                    .toList();

            assertThat(slices.getFirst().start()).isEqualTo(range.start());
            assertThat(slices.getLast().end()).isEqualTo(range.end());
            for (int i = 0; i < 100; i++) {
                Key key = Key.of("key-" + random.nextLong());
                if (range.contains(Token.of(key))) {
                    assertThat(slices.get(range.sliceOf(Token.of(key), count)).contains(Token.of(key)))
                            .isTrue();
                }
            }
        });
    }

    private static BigInteger powerOfTwo(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    @Test
    void partitionsAreRangesThatMeet() {
        NodeId node = new NodeId("a");
        Ring ring = Layout.ofOwners(3, 1, List.of(new Seat(node, "zone", 1)), List.of(node, node, node))
                .ring();

        for (int i = 0; i < 3; i++) {
            TokenRange range = ring.rangeOf(new Partition(i));
            assertThat(range.end())
                    .isEqualTo(ring.rangeOf(new Partition((i + 1) % 3)).start());
            assertThat(ring.partitionOf(range)).contains(new Partition(i));
        }
        assertThat(ring.partitionOf(new TokenRange(QUARTER, HALF))).isEmpty();
    }
}
