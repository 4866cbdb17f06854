package io.dynamocart.app.cart;

import java.util.List;

/**
 * The result of a merge.
 *
 * @param state the merged cart
 * @param fates what became of each entry that any version holds, and why
 */
public record Merge(CartState state, List<Fate> fates) {}
