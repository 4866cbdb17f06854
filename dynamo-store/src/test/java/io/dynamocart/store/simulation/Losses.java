package io.dynamocart.store.simulation;

import java.util.Set;

/** What may happen to a disk after which it lacks what it had. */
public final class Losses {

    /** Nodes that a plan had brought, and that were no home replica yet. */
    static final String OF_NEWCOMERS = "lost disks of newcomers removed by force";

    private static final Set<String> COUNTED_AS = Set.of(
            "wiped disks", "rolled-back disks", "lost disks of nodes removed by force", "lost keys", "flipped bits");

    private Losses() {}

    /** Whether this is such a thing, by the name under which {@link Observer#count} is told of it. */
    public static boolean isLoss(String what) {
        return isLossOfHome(what) || what.equals(OF_NEWCOMERS);
    }

    /** The same of a disk that may have been a home replica's. */
    static boolean isLossOfHome(String what) {
        return COUNTED_AS.contains(what);
    }
}
