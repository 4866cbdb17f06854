package io.dynamocart.store.merkle;

import io.dynamocart.store.version.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node's answer to a {@link Question}. Tells only what is on its disk. */
public sealed interface Answer {

    /** Digests, one for each thing asked for, in that order; at most {@value TreeNode#COUNT}, 17 KB. */
    record Digests(List<Digest> digests) implements Answer {

        public Digests {
            if (digests.size() > TreeNode.COUNT) {
                throw new IllegalArgumentException("%d digests".formatted(digests.size()));
            }
            digests = List.copyOf(digests);
        }
    }

    /**
     * Keys of a leaf that the node holds something under, ascending; at most {@value #MAX_ENTRIES}, 0.6 MB. One that is
     * damaged on disk is left out, as if it were not there.
     *
     * @param last whether the leaf has no more; a page that is not the last has at least one entry
     */
    record Page(List<KeyDigest> entries, boolean last) implements Answer {

        public static final int MAX_ENTRIES = 512;

        public Page {
            if (entries.size() > MAX_ENTRIES || (entries.isEmpty() && !last)) {
                throw new IllegalArgumentException(
                        "a page of %d entries%s".formatted(entries.size(), last ? "" : ", and more to come"));
            }
            for (int i = 1; i < entries.size(); i++) {
                if (entries.get(i - 1).key().compareTo(entries.get(i).key()) >= 0) {
                    throw new IllegalArgumentException("entries of a page out of order");
                }
            }
            entries = List.copyOf(entries);
        }

        /** The last key that the page tells of, null if it tells of all that follow. */
        public @Nullable Key end() {
            return last ? null : entries.getLast().key();
        }
    }
}
