package io.dynamocart.store.ring;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Md5;
import java.math.BigInteger;

/**
 * A position on the ring: an unsigned number of 128 bits, the size of an MD5 hash (paper §4.2, §4.3). The largest is
 * followed by zero.
 *
 * @param high its upper 64 bits
 * @param low its lower 64 bits
 */
public record Token(long high, long low) implements Comparable<Token> {

    static final BigInteger RING = BigInteger.ONE.shiftLeft(128);

    /** Where {@code key} lies: MD5 of its bytes. */
    public static Token of(Key key) {
        return of(key.md5());
    }

    /** The {@code index}-th of {@code count} tokens at equal distances, the first at zero. */
    static Token evenly(int index, int count) {
        BigInteger position = RING.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count));
        return at(position);
    }

    /** The token this far from here, clockwise. */
    Token plus(BigInteger distance) {
        return at(number().add(distance).mod(RING));
    }

    /** How far it is from {@code other} to here, clockwise. */
    BigInteger minus(Token other) {
        return number().subtract(other.number()).mod(RING);
    }

    /** How far it is from {@code other} to here, clockwise, as a token; zero from a token to itself. */
    Token since(Token other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Token(high - other.high - borrow, low - other.low);
    }

    /** Which power of two it is, 128 for zero, which is as far as all around the ring; -1 if it is none. */
    int exponent() {
        return switch (Long.bitCount(high) + Long.bitCount(low)) {
            case 0 -> 2 * Long.SIZE;
            case 1 -> high == 0 ? Long.numberOfTrailingZeros(low) : Long.SIZE + Long.numberOfTrailingZeros(high);
            default -> -1;
        };
    }

    /** Shifted to the right by 0 to 128 bits; the result must fit. */
    int shifted(int bits) {
        if (bits >= Long.SIZE) {
            return bits == 2 * Long.SIZE ? 0 : (int) (high >>> (bits - Long.SIZE));
        }
        return (int) (bits == 0 ? low : high << (Long.SIZE - bits) | low >>> bits);
    }

    private static Token at(BigInteger position) {
        return new Token(position.shiftRight(Long.SIZE).longValue(), position.longValue());
    }

    /** The {@code index}-th random token of a node: a hash of all three, so that every node finds the same. */
    static Token random(long seed, NodeId node, int index) {
        ByteWriter label = new ByteWriter().writeLong(seed).writeVarint(index).writeString(node.name());
        return of(Md5.of(label.toByteArray()));
    }

    BigInteger number() {
        return new BigInteger(1, new ByteWriter().writeLong(high).writeLong(low).toByteArray());
    }

    private static Token of(Md5 hash) {
        return new Token(hash.high(), hash.low());
    }

    @Override
    public int compareTo(Token other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
