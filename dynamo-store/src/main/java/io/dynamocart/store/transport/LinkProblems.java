package io.dynamocart.store.transport;

import java.util.HashSet;
import java.util.Set;

/**
 * Why a link is not up, as far as the log has been told: each reason once, until the link is up again. A name with several
 * addresses has a reason for each, and they take turns. Not thread-safe.
 */
final class LinkProblems {

    private static final String RENEWED = "another address leads to the same peer";

    /** Reasons that are remembered: one with numbers in it may be new each time. */
    private static final int MAX_TOLD = 32;

    private final Set<String> told = new HashSet<>();
    private boolean renewed;

    /** Whether the log has yet to be told of this reason. */
    boolean isNews(String reason) {
        if (told.size() >= MAX_TOLD) {
            told.clear();
        }
        boolean news = told.add(reason);
        renewed &= !news;
        return news;
    }

    /** The link is closed only to be made anew, which is nothing to tell of. */
    void onRenewed() {
        told.clear();
        told.add(RENEWED);
        renewed = true;
    }

    /** Whether the link was closed only to be made anew, and nothing has gone wrong since. */
    boolean isRenewed() {
        return renewed;
    }

    /** What to tell of a link that was up and is not any more. */
    String ofClosing(String reason) {
        return renewed ? RENEWED : reason;
    }

    /** The link is up. */
    void onUp() {
        told.clear();
        renewed = false;
    }
}
