package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;

/**
 * The name of one version: the {@code counter}-th dot that its actor issued for a key. Issued once, for one value, ever
 * (dotted version vectors, Almeida et al. 2014).
 *
 * @param counter 1 for the first
 */
public record Dot(Actor actor, long counter) implements Comparable<Dot> {

    public Dot {
        if (counter < 1) {
            throw new IllegalArgumentException("counter %d of %s is below 1".formatted(counter, actor));
        }
    }

    @Override
    public int compareTo(Dot other) {
        int byActor = actor.compareTo(other.actor);
        return byActor != 0 ? byActor : Long.compare(counter, other.counter);
    }

    public void writeTo(ByteWriter out) {
        actor.writeTo(out);
        out.writeVarint(counter);
    }

    public static Dot readFrom(ByteReader in) {
        Actor actor = Actor.readFrom(in);
        long counter = in.readVarint();
        if (counter < 1) {
            throw new MalformedBytesException("counter %d".formatted(counter));
        }
        return new Dot(actor, counter);
    }

    @Override
    public String toString() {
        return actor + "#" + counter;
    }
}
