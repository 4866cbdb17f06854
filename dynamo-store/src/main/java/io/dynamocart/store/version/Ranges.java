package io.dynamocart.store.version;

import java.util.Arrays;

/**
 * Sets of counters as arrays {@code first, last, first, last, …}: ascending, never touching, so that equal sets are
 * equal arrays. The arrays are shared and must not be changed.
 */
final class Ranges {

    private Ranges() {}

    static long[] of(long counter) {
        return new long[] {counter, counter};
    }

    static boolean contains(long[] ranges, long counter) {
        for (int i = 0; i < ranges.length && ranges[i] <= counter; i += 2) {
            if (counter <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    static boolean containsAll(long[] ranges, long[] others) {
        int i = 0;
        for (int j = 0; j < others.length; j += 2) {
            while (i < ranges.length && ranges[i + 1] < others[j]) {
                i += 2;
            }
            if (i == ranges.length || ranges[i] > others[j] || ranges[i + 1] < others[j + 1]) {
                return false;
            }
        }
        return true;
    }

    static long[] union(long[] left, long[] right) {
        if (containsAll(left, right)) {
            return left;
        }
        if (containsAll(right, left)) {
            return right;
        }
        long[] joined = new long[left.length + right.length];
        int size = 0;
        int l = 0;
        int r = 0;
        while (l < left.length || r < right.length) {
            boolean takeLeft = r == right.length || (l < left.length && left[l] <= right[r]);
            long[] source = takeLeft ? left : right;
            int at = takeLeft ? l : r;
            size = append(joined, size, source[at], source[at + 1]);
            if (takeLeft) {
                l += 2;
            } else {
                r += 2;
            }
        }
        return size == joined.length ? joined : Arrays.copyOf(joined, size);
    }

    static long highest(long[] ranges) {
        return ranges[ranges.length - 1];
    }

    private static int append(long[] ranges, int size, long first, long last) {
        boolean touches = size > 0 && first <= ranges[size - 1] + 1;
        if (touches) {
            ranges[size - 1] = Math.max(ranges[size - 1], last);
            return size;
        }
        ranges[size] = first;
        ranges[size + 1] = last;
        return size + 2;
    }
}
