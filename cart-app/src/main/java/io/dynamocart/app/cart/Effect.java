package io.dynamocart.app.cart;

/** What an entry does to the quantity of its line. */
public sealed interface Effect {

    /** What it is in the cart of the customer that a guest turns out to be. */
    Effect copiedFrom(CartId guest);

    /** Adds to whatever else is there. */
    record Adds() implements Effect {
        @Override
        public Effect copiedFrom(CartId guest) {
            return this;
        }
    }

    /** Sets: of all entries of one register only the largest counts. */
    record Sets(Register register) implements Effect {
        @Override
        public Effect copiedFrom(CartId guest) {
            return new Sets(register.copiedFrom(guest));
        }
    }
}
