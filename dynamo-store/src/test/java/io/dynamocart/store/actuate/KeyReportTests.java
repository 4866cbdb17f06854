package io.dynamocart.store.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyReportTests {

    private static final Dot FIRST = new Dot(new Actor("a", 7), 1);
    private static final Dot SECOND = new Dot(new Actor("b", 7), 1);
    private static final Versions VALUE =
            Versions.of(new Version(FIRST, Clock.empty(), Instant.EPOCH, Value.of("four")));
    private static final Versions DELETED = Versions.of(new Version(SECOND, Clock.of(FIRST), Instant.EPOCH, null));

    @Test
    void replicasThatHoldTheSameAgree() {
        KeyReport report =
                KeyReport.of("k", List.of(new ReplicaCopy("a", VALUE, null), new ReplicaCopy("b", VALUE, null)));

        assertThat(report.agreed()).isTrue();
        assertThat(report.replicas())
                .first()
                .isEqualTo(new KeyReport.Copy(
                        "a",
                        List.of(new KeyReport.Sibling(
                                FIRST.toString(), Clock.empty().toString(), Instant.EPOCH, 4)),
                        null));
    }

    @Test
    void thoseThatHoldSomethingElseOrNothingDoNot() {
        assertThat(KeyReport.of("k", List.of(new ReplicaCopy("a", VALUE, null), new ReplicaCopy("b", DELETED, null)))
                        .agreed())
                .isFalse();
        assertThat(KeyReport.of(
                                "k",
                                List.of(new ReplicaCopy("a", VALUE, null), new ReplicaCopy("b", Versions.none(), null)))
                        .agreed())
                .isFalse();
    }

    @Test
    void oneThatDidNotAnswerAgreesWithNobodyAndSaysWhy() {
        KeyReport report = KeyReport.of(
                "k", List.of(new ReplicaCopy("a", VALUE, null), new ReplicaCopy("b", null, "not reached")));

        assertThat(report.agreed()).isFalse();
        assertThat(report.replicas()).last().isEqualTo(new KeyReport.Copy("b", null, "not reached"));
    }

    @Test
    void aTombstoneHasAPastAndNoBytes() {
        KeyReport.Copy copy = KeyReport.of("k", List.of(new ReplicaCopy("a", DELETED, null)))
                .replicas()
                .getFirst();

        assertThat(copy.versions())
                .containsExactly(
                        new KeyReport.Sibling(SECOND.toString(), Clock.of(FIRST).toString(), Instant.EPOCH, null));
    }
}
