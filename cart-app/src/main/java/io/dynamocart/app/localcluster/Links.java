package io.dynamocart.app.localcluster;

import io.dynamocart.store.runtime.LinkFilter;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The network between the instances. Each link can be cut on purpose, one way or both: from then on what is sent over it
 * is lost, and nobody is told. Thread-safe.
 */
public final class Links {

    /** From one node to another; the way back is a link of its own. */
    public record Link(String from, String to) implements Comparable<Link> {

        @Override
        public int compareTo(Link other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    private volatile SortedSet<Link> cut = new TreeSet<>();

    /** Cuts exactly these from now on, and heals all others. */
    public void cut(Collection<Link> links) {
        // Never changed after this, so that it can be read without a lock
        cut = new TreeSet<>(links);
    }

    /** Those that are cut, ascending. */
    public List<Link> cut() {
        return List.copyOf(cut);
    }

    /** What leaves a node. */
    LinkFilter leaving(String node) {
        return to -> cut.isEmpty() || !cut.contains(new Link(node, to.name()));
    }
}
