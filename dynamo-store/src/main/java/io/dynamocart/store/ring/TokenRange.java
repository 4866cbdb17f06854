package io.dynamocart.store.ring;

import java.math.BigInteger;

/**
 * A stretch of the ring: the tokens after {@code start}, clockwise, up to and including {@code end}. All of the ring if
 * the two are the same. One that passes the largest token goes on at zero.
 */
public record TokenRange(Token start, Token end) {

    private static final Token ZERO = new Token(0, 0);
    private static final Token ONE = new Token(0, 1);

    /** The whole ring. */
    public static TokenRange all() {
        return new TokenRange(ZERO, ZERO);
    }

    public boolean contains(Token token) {
        boolean afterStart = token.compareTo(start) > 0;
        boolean upToEnd = token.compareTo(end) <= 0;
        return passesZero() ? afterStart || upToEnd : afterStart && upToEnd;
    }

    /** Whether the range holds the largest token and zero, so that it is two pieces for who counts from zero. */
    public boolean passesZero() {
        return start.compareTo(end) >= 0;
    }

    /** In which of {@code count} slices of equal length the token lies, from 0; the range must contain it. */
    public int sliceOf(Token token, int count) {
        Token before = token.since(start).since(ONE);
        int bits = end.since(start).exponent();
        int countBits = Integer.numberOfTrailingZeros(count);
        // Most partitions are a power of two long, and each request asks for this
        if (Integer.bitCount(count) == 1 && bits >= countBits) {
            return before.shifted(bits - countBits);
        }
        // Counted from 1, so that the last of a slice belongs to it, as the last of a range does to the range
        BigInteger from1 = before.number().add(BigInteger.ONE);
        BigInteger number = from1.multiply(BigInteger.valueOf(count))
                .subtract(BigInteger.ONE)
                .divide(length());
        return number.intValue();
    }

    /** The {@code index}-th of {@code count} slices, from 0. */
    public TokenRange slice(int index, int count) {
        return new TokenRange(boundary(index, count), boundary(index + 1, count));
    }

    private Token boundary(int index, int count) {
        BigInteger offset = length().multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count));
        return start.plus(offset);
    }

    private BigInteger length() {
        BigInteger difference = end.minus(start);
        return difference.signum() == 0 ? Token.RING : difference;
    }

    @Override
    public String toString() {
        return "(%s, %s]".formatted(start, end);
    }
}
