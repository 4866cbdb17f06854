package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.version.Key;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A comparison of one key: what the two sides say of it. */
record KeyComparison(Key key, Digest own, Digest theirs) {

    boolean differs() {
        return !own.equals(theirs);
    }

    /**
     * The comparisons of all keys that either page tells of, up to {@code end}; a key that a page leaves out is not
     * there.
     */
    static Collection<KeyComparison> of(Answer.Page own, Answer.Page theirs, @Nullable Key end) {
        SortedMap<Key, KeyComparison> all = new TreeMap<>();
        for (KeyDigest entry : own.entries()) {
            all.put(entry.key(), new KeyComparison(entry.key(), entry.digest(), Digest.NONE));
        }
        for (KeyDigest entry : theirs.entries()) {
            KeyComparison mine = all.get(entry.key());
            Digest digest = mine == null ? Digest.NONE : mine.own;
            all.put(entry.key(), new KeyComparison(entry.key(), digest, entry.digest()));
        }
        return end == null
                ? all.values()
                : all.values().stream()
                        .filter(comparison -> comparison.key.compareTo(end) <= 0)
                        .toList();
    }

    /** The last key that both pages tell of, null if both tell of all that follow. */
    static @Nullable Key end(Answer.Page own, Answer.Page theirs) {
        Key mine = own.end();
        Key others = theirs.end();
        if (mine == null || others == null) {
            return mine == null ? others : mine;
        }
        return mine.compareTo(others) <= 0 ? mine : others;
    }
}
