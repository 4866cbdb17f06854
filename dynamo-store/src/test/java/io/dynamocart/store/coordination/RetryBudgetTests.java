package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetryBudgetTests {

    @Test
    void beginsWithTwentyHedges() {
        assertThat(spendAll(RetryBudget.ofHedges(0))).isEqualTo(20);
    }

    @Test
    void everyReadEarnsAPartOfAHedge() {
        RetryBudget budget = RetryBudget.ofHedges(0.25);
        spendAll(budget);
        earn(budget, 3);

        assertThat(spendAll(budget)).isZero();
        earn(budget, 1);
        assertThat(spendAll(budget)).isEqualTo(1);
    }

    @Test
    void quietTimesSaveUpNoMoreThanTwenty() {
        RetryBudget budget = RetryBudget.ofHedges(1);
        earn(budget, 1_000);

        assertThat(spendAll(budget)).isEqualTo(20);
    }

    @Test
    void hedgesStayTheirShareOfAllReads() {
        RetryBudget budget = RetryBudget.ofHedges(0.05);
        int hedges = 0;
        for (int read = 0; read < 10_000; read++) {
            budget.earn();
            hedges += budget.spend() ? 1 : 0;
        }

        assertThat(hedges).isBetween(500, 521);
    }

    @Test
    void retriesAreATenthOfAllRequestsAndAThousandWhenAPeerFallsSilent() {
        RetryBudget budget = RetryBudget.ofRetries();
        assertThat(spendAll(budget)).isEqualTo(1_000);
        earn(budget, 1_001);

        assertThat(spendAll(budget)).isEqualTo(100);
    }

    @Test
    void aShareIsZeroToOne() {
        assertThatThrownBy(() -> RetryBudget.ofHedges(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryBudget.ofHedges(1.1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void earn(RetryBudget budget, int reads) {
        for (int i = 0; i < reads; i++) {
            budget.earn();
        }
    }

    private static int spendAll(RetryBudget budget) {
        int hedges = 0;
        while (budget.spend()) {
            hedges++;
        }
        return hedges;
    }
}
