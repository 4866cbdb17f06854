package io.dynamocart.store.version;

import java.util.Comparator;

/**
 * The rule for what becomes of versions that did not see each other (paper §2.3, §6). The same on all nodes of a
 * cluster.
 */
public enum Reconciliation {

    /** All versions are kept, and the application merges them when it reads. Nothing is lost. */
    APPLICATION {
        @Override
        public Clock replaced(Clock seen) {
            return seen;
        }

        @Override
        public Versions apply(Versions versions) {
            return versions;
        }
    },

    /**
     * The one with the latest time of writing stays, by the clock of the node that coordinated it; of several with the
     * same time, the one with the greatest dot. What its writer had seen does not count, so every replica comes to the
     * same in whatever order versions arrive. The others are lost, though they were acknowledged: of two writes at the
     * same time, one; and all that is written after a node whose clock is ahead, until the clocks of the others have
     * come up to it, also by those who had read what that node wrote (docs/decisions/0013).
     */
    LAST_WRITER_WINS {
        @Override
        public Clock replaced(Clock seen) {
            return Clock.empty();
        }

        @Override
        public Versions apply(Versions versions) {
            return versions.list().size() < 2
                    ? versions
                    : Versions.of(versions.list().stream().max(LATEST).orElseThrow());
        }
    };

    private static final Comparator<Version> LATEST =
            Comparator.comparing(Version::writtenAt).thenComparing(Version::dot);

    /** The past of a version whose writer had seen this. */
    public abstract Clock replaced(Clock seen);

    /** The versions that stay of these, none of which replaces another. */
    public abstract Versions apply(Versions versions);
}
