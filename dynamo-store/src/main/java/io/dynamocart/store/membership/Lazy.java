package io.dynamocart.store.membership;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is worked out when it is first asked for, and is the same whoever works it out. So it does not matter by
 * which thread; two that ask at once may both do it.
 */
final class Lazy<T> {

    private volatile @Nullable T value;

    T get(Supplier<? extends T> work) {
        T known = value;
        if (known == null) {
            known = work.get();
            value = known;
        }
        return known;
    }
}
