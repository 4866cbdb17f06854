package io.dynamocart.store.actuate;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report on a key: where it lives, and what each of its home replicas holds; everything but the values, which are the
 * application's.
 *
 * @param agreed whether all of them hold the same
 */
public record KeyReport(String key, boolean agreed, List<Copy> replicas) {

    /**
     * The copy of one home replica.
     *
     * @param versions its siblings, tombstones among them; null if it did not answer
     * @param problem why it did not; null if it did
     */
    public record Copy(
            String node,
            @Nullable List<Sibling> versions,
            @Nullable String problem) {

        static Copy of(ReplicaCopy copy) {
            Versions versions = copy.versions();
            return new Copy(
                    copy.node(),
                    versions == null
                            ? null
                            : versions.list().stream().map(Sibling::of).toList(),
                    copy.problem());
        }
    }

    /**
     * One version of the key.
     *
     * @param dot its name: who wrote it, and the how many-th of theirs it is
     * @param past what its writer had seen
     * @param writtenAt by the clock of the node that wrote it
     * @param bytes of its value; null of a tombstone
     */
    public record Sibling(
            String dot,
            String past,
            Instant writtenAt,
            @Nullable Integer bytes) {

        static Sibling of(Version version) {
            Value value = version.value();
            return new Sibling(
                    version.dot().toString(),
                    version.past().toString(),
                    version.writtenAt(),
                    value == null ? null : value.length());
        }
    }

    static KeyReport of(String key, List<ReplicaCopy> copies) {
        List<Versions> held = copies.stream()
                .flatMap(copy -> Stream.ofNullable(copy.versions()))
                .toList();
        boolean agreed =
                held.size() == copies.size() && held.stream().distinct().count() <= 1;
        return new KeyReport(key, agreed, copies.stream().map(Copy::of).toList());
    }
}
