package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A name with several addresses, of which a node may listen on one. */
class AddressTurnTests {

    private final AddressTurn turn = new AddressTurn();

    @Test
    void afterOneThatCameToNothingTheNextIsTried() {
        turn.pass();

        assertThat(turn.next()).isEqualTo(1);
    }

    @Test
    void whenThePeerIsBackItIsSoughtWhereItWas() {
        turn.pass();
        turn.onUp();
        turn.pass();
        turn.onCalled();

        assertThat(turn.next()).isEqualTo(1);
    }
}
