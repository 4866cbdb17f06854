package io.dynamocart.store.simulation;

import java.util.function.Consumer;

/** Something that must hold for whatever a seeded source draws. A failure names the seed that shows it. */
public final class Property {

    private Property() {}

    /** Checks {@code body} with the seeds 1 to {@code runs}, or with {@code -Dproperty.seed} alone. */
    public static void holds(int runs, Consumer<SeededRandom> body) {
        Long only = Long.getLong("property.seed");
        if (only != null) {
            body.accept(new SeededRandom(only));
            return;
        }
        for (long seed = 1; seed <= runs; seed++) {
            try {
                body.accept(new SeededRandom(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "fails for seed %d; run this test alone with -Dproperty.seed=%d".formatted(seed, seed), e);
            }
        }
    }
}
