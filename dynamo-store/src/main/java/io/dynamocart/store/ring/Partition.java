package io.dynamocart.store.ring;

/**
 * A range of the ring whose keys share one preference list: the keys after the token of the partition before it, up to
 * and including its own token.
 *
 * @param index position among the ring's partitions, from 0
 */
public record Partition(int index) implements Comparable<Partition> {

    public Partition {
        if (index < 0) {
            throw new IllegalArgumentException("partition %d".formatted(index));
        }
    }

    @Override
    public int compareTo(Partition other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "p" + index;
    }
}
