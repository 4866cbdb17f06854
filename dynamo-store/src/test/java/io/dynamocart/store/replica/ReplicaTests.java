package io.dynamocart.store.replica;

import static io.dynamocart.store.replica.ReplicaScript.KEY;
import static io.dynamocart.store.replica.ReplicaScript.dotOf;
import static io.dynamocart.store.replica.ReplicaScript.durable;
import static io.dynamocart.store.replica.ReplicaScript.shown;
import static io.dynamocart.store.replica.ReplicaScript.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.replica.ReplicaScript.Outcome;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One node's copy on a disk that works: who sees what, and when a write is done. */
class ReplicaTests {

    private static final Versions FROM_B =
            Versions.of(new Version(new Dot(new Actor("b", 1), 1), Clock.empty(), Instant.EPOCH, Value.of("from b")));

    @Test
    void aPutIsDoneWhenItIsOnDiskAndNotBefore() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> put = replica.put("milk");

        assertThat(put.isThere()).isFalse();
        replica.disk.commits();
        assertThat(texts(durable(put).versions())).containsExactly("milk");
        assertThat(replica.disk.stored(KEY).versions()).isEqualTo(durable(put).versions());
    }

    @Test
    void aReadThatMemoryCannotAnswerAsksItOnceAndThenTheDisk() {
        ReplicaScript replica = ReplicaScript.cold();
        Outcome<Copy> get = replica.get();

        assertThat(replica.disk.recalls()).isEqualTo(1);
        replica.disk.findsIt();
        assertThat(shown(get).isEmpty()).isTrue();
    }

    @Test
    void readersSeeOnlyWhatIsOnDisk() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.put("milk");
        assertThat(shown(replica.get()).isEmpty()).isTrue();

        replica.disk.commits();
        replica.put("bread");
        assertThat(texts(shown(replica.get()))).containsExactly("milk");
    }

    @Test
    void theNextDotBuildsOnTheWriteThatIsStillQueued() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> first = replica.put("milk");
        Outcome<Written> second = replica.put("bread");
        replica.disk.commits();
        replica.disk.commits();

        assertThat(dotOf(second)).isEqualTo(new Dot(dotOf(first).actor(), 2));
        assertThat(texts(durable(second).versions())).containsExactly("bread", "milk");
    }

    @Test
    void everyPutIsDoneByItsOwnCommit() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> first = replica.put("milk");
        Outcome<Written> second = replica.put("bread");
        replica.disk.commits();

        assertThat(texts(durable(first).versions())).as("as of its own write").containsExactly("milk");
        assertThat(second.isThere()).isFalse();
    }

    @Test
    void aPutReplacesWhatItsClientHadSeen() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> first = replica.put("milk");
        Outcome<Written> unseen = replica.put("bread");
        replica.disk.commits();
        replica.disk.commits();
        Outcome<Written> third = replica.put("milk, eggs", Clock.of(dotOf(first)));
        replica.disk.commits();

        assertThat(texts(durable(third).versions())).containsExactly("bread", "milk, eggs");
        assertThat(durable(third).versions().list())
                .filteredOn(version -> version.dot().equals(dotOf(third)))
                .allSatisfy(version -> assertThat(version.past()).isEqualTo(Clock.of(dotOf(first))));
        assertThat(unseen.isThere()).isTrue();
    }

    @Test
    void aMergeIsDoneWhenItIsOnDisk() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> merge = replica.merge(FROM_B);
        assertThat(merge.isThere()).isFalse();

        replica.disk.commits();
        assertThat(durable(merge).dot()).isNull();
        assertThat(replica.disk.stored(KEY).versions()).isEqualTo(FROM_B);
    }

    @Test
    void aMergeThatChangesNothingNeedsNoWrite() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.merge(FROM_B);
        replica.disk.commits();

        assertThat(durable(replica.merge(FROM_B)).versions()).isEqualTo(FROM_B);
        assertThat(replica.disk.pendingWrites()).isZero();
    }

    @Test
    void aMergeOfWhatIsOnlyQueuedWaitsForThatWrite() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.merge(FROM_B);
        Outcome<Written> repeated = replica.merge(FROM_B);

        assertThat(repeated.isThere()).as("it is not on disk yet").isFalse();
        assertThat(replica.disk.pendingWrites()).isEqualTo(1);
        replica.disk.commits();
        assertThat(durable(repeated).versions()).isEqualTo(FROM_B);
    }

    @Test
    void aMergeKeepsTheRecordOfTheNodesOwnDots() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> put = replica.put("milk");
        replica.merge(FROM_B);
        replica.disk.commits();
        replica.disk.commits();

        assertThat(Objects.requireNonNull(replica.disk.stored(KEY).mint()).dot())
                .isEqualTo(dotOf(put));
        Outcome<Written> next = replica.put("bread");
        replica.disk.commits();
        assertThat(dotOf(next)).isEqualTo(new Dot(dotOf(put).actor(), 2));
    }

    @Test
    void afterARestartTheNodeIsANewActor() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> before = replica.put("milk");
        replica.disk.commits();
        replica.restartAfter(0);
        Outcome<Written> after = replica.put("bread");
        replica.disk.commits();

        assertThat(dotOf(after).actor()).isNotEqualTo(dotOf(before).actor());
        assertThat(texts(durable(after).versions())).containsExactly("bread", "milk");
    }

    @Test
    void aKeyIsReadOnceForAllWhoArriveWhileItIsBeingRead() {
        ReplicaScript replica = ReplicaScript.cold();
        Outcome<Copy> get = replica.get();
        Outcome<Written> put = replica.put("milk");
        Outcome<Copy> later = replica.get();

        assertThat(replica.disk.pendingReads()).isEqualTo(1);
        assertThat(get.isThere() || put.isThere() || later.isThere()).isFalse();
        replica.disk.findsIt();
        assertThat(shown(get).isEmpty()).isTrue();
        assertThat(shown(later).isEmpty()).as("the put is not on disk yet").isTrue();
        replica.disk.commits();
        assertThat(texts(durable(put).versions())).containsExactly("milk");
    }

    @Test
    void writesThatArriveWhileItIsBeingReadAreCarriedOutInTheirOrder() {
        ReplicaScript replica = ReplicaScript.cold();
        Outcome<Written> first = replica.put("milk");
        Outcome<Written> merge = replica.merge(FROM_B);
        Outcome<Written> second = replica.put("bread", FROM_B.clock());
        replica.disk.findsIt();
        replica.disk.commits();
        replica.disk.commits();
        replica.disk.commits();

        assertThat(texts(durable(first).versions())).containsExactly("milk");
        assertThat(texts(durable(merge).versions())).containsExactly("from b", "milk");
        assertThat(texts(durable(second).versions())).containsExactly("bread", "milk");
    }

    @Test
    void aRecordAtHandNeedsNoRead() {
        ReplicaScript replica = ReplicaScript.warm();

        assertThat(replica.get().isThere()).isTrue();
        replica.put("milk");
        assertThat(replica.disk.pendingReads()).isZero();
    }
}
