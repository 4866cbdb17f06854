package io.dynamocart.app.cart;

import io.dynamocart.store.version.Dot;
import java.util.List;

/**
 * What became of one entry in a merge, and why.
 *
 * @param heldBy versions that hold it
 * @param decidedBy versions that the rule refers to
 */
public record Fate(Entry entry, Rule rule, List<Dot> heldBy, List<Dot> decidedBy) {

    /** The rules of all strategies. */
    public enum Rule {
        /** Every version holds it. */
        IN_EVERY_VERSION(true, "every version holds it"),
        /** Some versions do not hold it because they never saw it. */
        UNKNOWN_TO_OTHERS(true, "the versions that do not hold it never saw it"),
        /** A version whose writer had seen it does not hold it. */
        REMOVED(false, "a version whose writer had seen it does not hold it"),
        /** A version remembers that its operation was undone. */
        REMEMBERED_AS_REMOVED(false, "a version remembers that it was removed or replaced"),
        /** The paper's union keeps whatever any version holds. */
        IN_THE_UNION(true, "some version holds it, and a union forgets no add and honours no remove"),
        /** The version with the latest clock holds it. */
        IN_THE_LATEST(true, "the version with the latest clock holds it"),
        /** The version with the latest clock does not hold it. */
        NOT_IN_THE_LATEST(false, "the version with the latest clock does not hold it");

        private final boolean keeps;
        private final String explanation;

        Rule(boolean keeps, String explanation) {
            this.keeps = keeps;
            this.explanation = explanation;
        }

        /** Whether it keeps the entry. */
        public boolean keeps() {
            return keeps;
        }

        public String explanation() {
            return explanation;
        }
    }
}
