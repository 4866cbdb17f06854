package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;

/** A step that an {@link Exchange} wants done next. */
public sealed interface Step {

    /** Ask that side, and pass on the answer. */
    record Ask(Side side, Question question) implements Step {}

    /** Read that side's versions of the key, and pass them on; none where its copy is damaged. */
    record Fetch(Side side, Key key) implements Step {}

    /** Have that side merge these versions into its own, and pass on that it has them on disk. */
    record Merge(Side side, Key key, Versions versions) implements Step {}

    /**
     * Tell the operator: the sides hold different bytes of one and the same version, which no write can bring about.
     * Memory or disk let it rot unnoticed, or a dot was issued twice.
     *
     * <p>The repair that follows makes both sides keep the same one of the two, as every merge does and a read would;
     * which is the true one cannot be seen from the two. (A third replica could be asked. But a merge cannot replace
     * the bytes of a version, and a new version with the old bytes would give the entries of a cart another birth.)
     * This step has both, so that nothing is lost unseen.
     */
    record Diverged(Key key, Versions own, Versions theirs) implements Step {}

    /** The exchange is over. */
    record Finish(ExchangeReport report) implements Step {}
}
