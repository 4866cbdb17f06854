package io.dynamocart.store.ring;

import java.util.regex.Pattern;

/**
 * Name of a node, as its operator gave it: 1 to 64 letters, digits, dots, underscores and hyphens. It names the node
 * wherever it runs; its address is no part of it.
 */
public record NodeId(String name) implements Comparable<NodeId> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public NodeId {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "node id '%s' is not 1 to 64 letters, digits, dots, underscores or hyphens".formatted(name));
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
