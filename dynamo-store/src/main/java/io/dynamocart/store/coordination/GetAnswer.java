package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a read, in terms of nodes.
 *
 * @param fastestHome the home replica that answered first, null where none did
 * @see io.dynamocart.store.GetResult
 */
public record GetAnswer(
        Versions versions,
        @Nullable NodeId fastestHome,
        int homes,
        int standIns,
        int holders,
        boolean unanimous,
        Instant earliestClock,
        Instant latestClock) {}
