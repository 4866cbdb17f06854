package io.dynamocart.store.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Key;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class TokenTests {

    private static final BigInteger RING = BigInteger.ONE.shiftLeft(128);

    /** Values of RFC 1321, appendix A.5. */
    @Test
    void isTheMd5OfTheKey() {
        assertThat(Token.of(Key.of("a"))).hasToString("0cc175b9c0f1b6a831c399e269772661");
        assertThat(Token.of(Key.of("abc"))).hasToString("900150983cd24fb0d6963f7d28e17f72");
        assertThat(Token.of(Key.of("message digest"))).hasToString("f96b697d7cb7938d525a2f31aaf161d0");
    }

    @Test
    void isOrderedAsAnUnsignedNumber() {
        Property.holds(1_000, random -> {
            Token left = new Token(random.nextLong(), random.nextLong());
            Token right =
                    random.chance(0.3) ? new Token(left.high(), random.nextLong()) : new Token(random.nextLong(), 0);

            assertThat(Integer.signum(left.compareTo(right)))
                    .isEqualTo(number(left).compareTo(number(right)));
        });
    }

    @Test
    void evenTokensDivideTheRingIntoEqualPartsWhateverTheirNumber() {
        for (int count : new int[] {1, 2, 3, 7, 100, 256, 1_000}) {
            BigInteger width = RING.divide(BigInteger.valueOf(count));
            for (int i = 0; i < count; i++) {
                BigInteger begin = number(Token.evenly(i, count));
                BigInteger end = i + 1 == count ? RING : number(Token.evenly(i + 1, count));

                assertThat(end.subtract(begin)).isBetween(width, width.add(BigInteger.ONE));
            }
        }
    }

    @Test
    void theFirstOfEvenTokensIsZero() {
        assertThat(Token.evenly(0, 7)).isEqualTo(new Token(0, 0));
        assertThat(Token.evenly(1, 2)).isEqualTo(new Token(Long.MIN_VALUE, 0));
    }

    private static BigInteger number(Token token) {
        return new BigInteger(token.toString(), 16);
    }
}
