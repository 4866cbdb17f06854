package io.dynamocart.store.antientropy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of an exchange: what it did.
 *
 * @param complete whether it came to its end; false if its time was up, or the peer or the own disk did not answer, or
 *     not what was asked
 * @param more whether its limits kept it from looking at keys that may differ
 * @param nodes tree nodes compared; 1 where the roots are equal
 * @param keys keys compared
 * @param suspected keys that differed at the first look
 * @param confirmed keys that still differed in the same way at the second
 * @param repaired keys brought to the same versions at both sides
 * @param diverged keys of which the sides had different bytes of one version, see {@link Step.Diverged}
 * @param failed keys that could not be read or written at one side
 */
public record ExchangeReport(
        boolean complete,
        boolean more,
        int nodes,
        int keys,
        int suspected,
        int confirmed,
        int repaired,
        int diverged,
        int failed) {

    static ExchangeReport of(boolean complete, Survey survey, @Nullable Repairs repairs) {
        Repairs done = repairs == null ? new Repairs(List.of(), 1) : repairs;
        return new ExchangeReport(
                complete,
                survey.more(),
                survey.nodes(),
                survey.keys(),
                survey.suspected(),
                survey.confirmed().size(),
                done.repaired(),
                done.diverged(),
                done.failed());
    }
}
