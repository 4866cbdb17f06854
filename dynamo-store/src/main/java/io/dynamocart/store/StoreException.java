package io.dynamocart.store;

import java.util.List;

/** A request that the store could not carry out as asked. Its kind says whether anything may have been stored. */
public abstract sealed class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StoreException(String message) {
        super(message, null, true, false);
    }

    /** The node takes no requests: its cluster is not born yet, or it is stopping. Nothing was stored. */
    public static final class NotReady extends StoreException {
        private static final long serialVersionUID = 1L;

        public NotReady(String message) {
            super(message);
        }
    }

    /**
     * The node has as many requests under way as it takes, or neither its own disk nor other nodes keep up with
     * reading. Nothing was stored; try again a little later.
     */
    public static final class Overloaded extends StoreException {
        private static final long serialVersionUID = 1L;

        public Overloaded(String message) {
            super(message);
        }
    }

    /** Too few replicas answered. Nothing was stored. */
    public static final class TooFewReplicas extends StoreException {
        private static final long serialVersionUID = 1L;

        private final int needed;
        private final List<String> answered;

        public TooFewReplicas(String message, int needed, List<String> answered) {
            super(message);
            this.needed = needed;
            this.answered = List.copyOf(answered);
        }

        public int needed() {
            return needed;
        }

        /** Names of the nodes that did answer. */
        public List<String> answered() {
            return answered;
        }
    }

    /**
     * A write reached some node, and too few acknowledged it in time. It may be visible now, later, or never; it is
     * never taken back. Repeat it only if the application recognises repetitions.
     */
    public static final class OutcomeUnknown extends StoreException {
        private static final long serialVersionUID = 1L;

        private final int needed;
        private final List<String> acknowledged;

        public OutcomeUnknown(String message, int needed, List<String> acknowledged) {
            super(message);
            this.needed = needed;
            this.acknowledged = List.copyOf(acknowledged);
        }

        public int needed() {
            return needed;
        }

        /** Names of the nodes that did acknowledge it. */
        public List<String> acknowledged() {
            return acknowledged;
        }
    }

    /** A read could not find all that it was told to cover. */
    public static final class NotCovered extends StoreException {
        private static final long serialVersionUID = 1L;

        public NotCovered(String message) {
            super(message);
        }
    }

    /**
     * The key has as many siblings as the store allows, or with this one more than 8 MiB of them. Nothing was stored.
     * Read, merge, and write with the context of that read.
     */
    public static final class TooManyVersions extends StoreException {
        private static final long serialVersionUID = 1L;

        public TooManyVersions(String message) {
            super(message);
        }
    }
}
