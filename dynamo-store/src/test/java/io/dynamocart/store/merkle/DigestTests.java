package io.dynamocart.store.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the digest of a key tells apart, and what not. */
class DigestTests {

    private static final Key KEY = Key.of("cart");
    private static final Dot DOT = new Dot(new Actor("a", 1), 2);
    private static final Clock PAST = Clock.of(new Dot(new Actor("a", 1), 1));
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Value VALUE = Value.of("two apples");

    @Test
    void nothingHasTheNeutralDigest() {
        assertThat(Digest.of(KEY, Versions.none())).isEqualTo(Digest.NONE);
    }

    @Test
    void staysTheSameFromReleaseToReleaseForNodesOfBothMeet() {
        assertThat(digest(DOT, PAST, AT, VALUE)).hasToString("20d3cd37196ad34a9d48b954f6998a40");
    }

    @Test
    void everyPartOfAVersionCounts() {
        Digest digest = digest(DOT, PAST, AT, VALUE);

        assertThat(digest(new Dot(new Actor("a", 1), 3), PAST, AT, VALUE)).isNotEqualTo(digest);
        assertThat(digest(new Dot(new Actor("a", 9), 2), PAST, AT, VALUE)).isNotEqualTo(digest);
        assertThat(digest(DOT, Clock.empty(), AT, VALUE)).isNotEqualTo(digest);
        assertThat(digest(DOT, PAST, AT.plusMillis(1), VALUE)).isNotEqualTo(digest);
        assertThat(digest(DOT, PAST, AT, Value.of("two appleS"))).isNotEqualTo(digest);
        assertThat(digest(DOT, PAST, AT, null)).isNotEqualTo(digest);
        assertThat(digest(DOT, PAST, AT, Value.of(""))).isNotEqualTo(digest(DOT, PAST, AT, null));
    }

    @Test
    void theKeyCounts() {
        Versions versions = versions(DOT, PAST, AT, VALUE);

        assertThat(Digest.of(Key.of("other"), versions)).isNotEqualTo(Digest.of(KEY, versions));
    }

    @Test
    void dependsOnlyOnWhatIsThereNotOnHowItCame() {
        Property.holds(500, random -> {
            SomeVersions source = new SomeVersions(random);
            Versions left = source.some();
            Versions right = source.write(left);
            Versions read = Versions.decode(right.merge(left).encode().clone());

            assertThat(Digest.of(KEY, left.merge(right))).isEqualTo(Digest.of(KEY, read));
        });
    }

    @Test
    void whatIsAddedCanBeTakenOutAgainInAnyOrder() {
        Property.holds(500, random -> {
            Digest a = new Digest(random.nextLong(), random.nextLong());
            Digest b = new Digest(random.nextLong(), random.nextLong());

            assertThat(a.plus(b)).isEqualTo(b.plus(a)).isNotIn(a, b);
            assertThat(a.plus(b).minus(a).minus(b)).isEqualTo(Digest.NONE);
            assertThat(a.plus(Digest.NONE)).isEqualTo(a);
        });
    }

    private static Digest digest(Dot dot, Clock past, Instant at, @Nullable Value value) {
        return Digest.of(KEY, versions(dot, past, at, value));
    }

    private static Versions versions(Dot dot, Clock past, Instant at, @Nullable Value value) {
        return Versions.of(new Version(dot, past, at, value));
    }
}
