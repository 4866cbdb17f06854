package io.dynamocart.app.cart;

import java.util.List;
import java.util.Locale;

/**
 * How versions of a cart that did not see one another become one cart. Three are here side by side; {@link
 * ObservedRemove} is the one that is written, the other two are there to be compared with it.
 */
public interface MergeStrategy {

    /**
     * Merges versions. Must not depend on their order.
     *
     * @param versions none of which replaces another; may be empty
     */
    Merge merge(List<CartVersion> versions);

    /** Name of the strategy, as in a URL. */
    String name();

    /** The strategies, the one that is written first. */
    static List<MergeStrategy> all() {
        return List.of(new ObservedRemove(), new PaperUnion(), new LastWriterWins());
    }

    /**
     * The strategy of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static MergeStrategy named(String name) {
        return all().stream()
                .filter(strategy -> strategy.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of %s, not '%s'"
                        .formatted(all().stream().map(MergeStrategy::name).toList(), name)));
    }
}
