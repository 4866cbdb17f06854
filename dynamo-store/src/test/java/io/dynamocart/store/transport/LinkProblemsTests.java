package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an operator reads of a link that does not come up, which is tried every two seconds for hours. */
class LinkProblemsTests {

    private final LinkProblems problems = new LinkProblems();

    @Test
    void eachReasonIsToldOnceThoughTheyTakeTurns() {
        assertThat(problems.isNews("refused at 10.0.0.1")).isTrue();
        assertThat(problems.isNews("no route to 10.0.0.2")).isTrue();

        assertThat(problems.isNews("refused at 10.0.0.1")).isFalse();
        assertThat(problems.isNews("no route to 10.0.0.2")).isFalse();
    }

    @Test
    void anewWhenItHasBeenUp() {
        problems.isNews("refused");
        problems.onUp();

        assertThat(problems.isNews("refused")).isTrue();
    }

    @Test
    void thatItIsMadeAnewIsNotToldUnlessSomethingGoesWrong() {
        problems.onRenewed();
        assertThat(problems.isNews(problems.ofClosing("closed"))).isFalse();
        assertThat(problems.isRenewed()).isTrue();

        assertThat(problems.isNews("refused")).isTrue();
        assertThat(problems.isRenewed())
                .as("so that it is told, too, that it is up again")
                .isFalse();
    }

    @Test
    void whatIsNewEachTimeIsNotRememberedForEver() {
        for (int i = 0; i < 32; i++) {
            problems.isNews("attempt " + i);
        }

        assertThat(problems.isNews("attempt 32")).isTrue();
        assertThat(problems.isNews("attempt 0")).isTrue();
    }
}
