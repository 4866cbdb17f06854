package io.dynamocart.store.replica;

import static io.dynamocart.store.replica.ReplicaScript.KEY;
import static io.dynamocart.store.replica.ReplicaScript.dotOf;
import static io.dynamocart.store.replica.ReplicaScript.durable;
import static io.dynamocart.store.replica.ReplicaScript.shown;
import static io.dynamocart.store.replica.ReplicaScript.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.dynamocart.store.replica.ReplicaScript.Outcome;
import io.dynamocart.store.transport.TransportSettings;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One node's copy where the disk fails, a record is damaged, or a key has too many siblings (docs/invariants.md D23,
 * D24, D36).
 */
class ReplicaFailureTests {

    private static final Key OTHER_KEY = Key.of("cart-2");

    @Test
    void aWriteThatFailedMayBeOnDiskOrNot() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> put = replica.put("milk");
        replica.disk.cannotWrite();

        assertThat(put.get()).isEqualTo(new Written.DiskFailed("no space left", false));
    }

    @Test
    void soMayThoseThatWereQueuedBehindIt() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.put("milk");
        Outcome<Written> second = replica.put("bread");
        replica.disk.cannotWrite();
        replica.disk.cannotWrite();

        assertThat(second.get()).isEqualTo(new Written.DiskFailed("no space left", false));
    }

    @Test
    void afterThatEveryWriteIsRefusedAndChangesNothing() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.disk.remember(OTHER_KEY);
        replica.put("milk");
        replica.disk.cannotWrite();

        assertThat(replica.takesWrites()).isFalse();
        assertThat(replica.put("bread").get()).isEqualTo(new Written.DiskFailed("no space left", true));
        assertThat(replica.put(OTHER_KEY, "bread", Clock.empty()).get())
                .isEqualTo(new Written.DiskFailed("no space left", true));
        assertThat(replica.merge(Versions.none()).get()).isEqualTo(new Written.DiskFailed("no space left", true));
        assertThat(replica.disk.pendingWrites()).isZero();
    }

    /** docs/decisions/0022: what one of those who wait does with it is no matter of the others. */
    @Test
    void whoWaitsBehindOneThatFailsIsToldAllTheSame() {
        ReplicaScript replica = ReplicaScript.cold();
        replica.get((_, _) -> {
            throw new IllegalStateException("whoever read it");
        });
        Outcome<Copy> read = replica.get();
        Outcome<Written> put = replica.put("milk");

        assertThatIllegalStateException().isThrownBy(replica.disk::findsIt).withMessage("whoever read it");
        assertThat(shown(read).isEmpty()).isTrue();
        replica.disk.commits();
        assertThat(texts(durable(put).versions())).containsExactly("milk");
    }

    @Test
    void soIsWhoWaitsForTheSameWrite() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> put = replica.put("milk");
        replica.merge(Versions.none(), (_, _) -> {
            throw new IllegalStateException("whoever wrote it");
        });
        Outcome<Written> last = replica.merge(Versions.none());

        assertThatIllegalStateException().isThrownBy(replica.disk::commits).withMessage("whoever wrote it");
        assertThat(texts(durable(put).versions())).containsExactly("milk");
        assertThat(texts(durable(last).versions())).containsExactly("milk");
    }

    @Test
    void whileTheDiskIsFullEveryWriteIsRefusedBeforeAnythingIsTouched() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> before = replica.put("milk");
        replica.disk.fillsUp();
        Outcome<Written> refused = replica.put("bread");
        replica.disk.commits();

        assertThat(refused.get()).isEqualTo(new Written.DiskFailed("no room", true));
        assertThat(replica.merge(Versions.none()).get()).isEqualTo(new Written.DiskFailed("no room", true));
        assertThat(durable(before).versions()).isEqualTo(shown(replica.get()));
        assertThat(replica.disk.pendingWrites()).isZero();
    }

    @Test
    void onceThereIsRoomWritesAreTakenAgain() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.disk.fillsUp();
        replica.put("milk");
        replica.disk.hasRoomAgain();
        Outcome<Written> put = replica.put("bread");
        replica.disk.commits();

        assertThat(texts(durable(put).versions())).containsExactly("bread");
        assertThat(replica.takesWrites()).isTrue();
    }

    @Test
    void readsGoOnAndShowWhatWasCommitted() {
        ReplicaScript replica = ReplicaScript.warm();
        replica.put("milk");
        replica.disk.commits();
        replica.put("bread");
        replica.disk.cannotWrite();

        assertThat(texts(shown(replica.get()))).containsExactly("milk");
    }

    @Test
    void whoWaitedForAFailedWriteIsToldSoToo() {
        ReplicaScript replica = ReplicaScript.warm();
        Versions versions = onAnotherNode("milk");
        replica.merge(versions);
        Outcome<Written> repeated = replica.merge(versions);
        replica.disk.cannotWrite();

        assertThat(repeated.get()).isEqualTo(new Written.DiskFailed("no space left", false));
    }

    @Test
    void aRecordThatCannotBeReadIsNeitherShownNorWritten() {
        ReplicaScript replica = ReplicaScript.cold();
        Outcome<Copy> get = replica.get();
        Outcome<Written> put = replica.put("milk");
        replica.disk.cannotRead();

        assertThat(get.get()).isEqualTo(new Copy.Unreadable("i/o error"));
        assertThat(put.get()).isEqualTo(new Written.DiskFailed("i/o error", true));
        assertThat(replica.takesWrites()).as("other keys may be readable").isTrue();
    }

    @Test
    void aRecordThatCouldNotBeReadIsReadAnewTheNextTime() {
        ReplicaScript replica = ReplicaScript.cold();
        replica.get();
        replica.disk.cannotRead();
        Outcome<Written> put = replica.put("milk");
        replica.disk.findsIt();
        replica.disk.commits();

        assertThat(texts(durable(put).versions())).containsExactly("milk");
    }

    @Test
    void aDamagedRecordIsReportedAndNotTakenForNothing() {
        ReplicaScript replica = ReplicaScript.cold();
        Outcome<Copy> get = replica.get();
        replica.disk.findsDamage();

        assertThat(get.get()).isEqualTo(new Copy.Damaged("checksum"));
        assertThat(replica.damaged).containsExactly(KEY);
    }

    @Test
    void aMergeHealsADamagedRecord() {
        ReplicaScript replica = ReplicaScript.cold();
        Outcome<Written> heal = replica.merge(onAnotherNode("milk"));
        replica.disk.findsDamage();
        assertThat(replica.get().get()).as("until it is on disk").isEqualTo(new Copy.Damaged("checksum"));

        replica.disk.commits();
        assertThat(texts(durable(heal).versions())).containsExactly("milk");
        Outcome<Copy> afterwards = replica.get();
        replica.disk.findsIt();
        assertThat(texts(shown(afterwards))).containsExactly("milk");
    }

    @Test
    void afterDamageTheNodeIsANewActor() {
        ReplicaScript replica = ReplicaScript.warm();
        Outcome<Written> before = replica.put("milk");
        replica.disk.commits();
        replica.disk.forget(KEY);
        Outcome<Written> after = replica.put("bread", Clock.of(dotOf(before)));
        replica.disk.findsDamage();
        replica.disk.commits();

        assertThat(dotOf(after).actor()).isNotEqualTo(dotOf(before).actor());
        assertThat(texts(durable(after).versions())).containsExactly("bread");
    }

    @Test
    void aPutThatWouldLeaveTooManyVersionsIsRefusedAndChangesNothing() {
        ReplicaScript replica = ReplicaScript.warm(2);
        replica.put("milk");
        replica.put("bread");

        assertThat(replica.put("eggs").get()).isEqualTo(new Written.TooManyVersions("2 versions"));
        assertThat(replica.disk.pendingWrites()).isEqualTo(2);
    }

    /** They go to other nodes in one message, and one that is too long is never sent: who asks would wait for ever. */
    @Test
    void aPutThatWouldLeaveVersionsOfTooManyBytesIsRefusedAndChangesNothing() {
        ReplicaScript replica = ReplicaScript.warm();
        String large = "x".repeat(ReplicaLimits.MAX_BYTES / 8);
        for (int i = 0; i < 8; i++) {
            replica.put(large);
            replica.disk.commits();
        }

        assertThat(replica.put("x").get())
                .isEqualTo(new Written.TooManyVersions("more than 8388608 bytes in its versions with this one"));
        assertThat(replica.disk.pendingWrites()).isZero();
        assertThat(texts(shown(replica.get()))).hasSize(8);
    }

    @Test
    void aMessageHoldsFourTimesAsMuch() {
        assertThat(TransportSettings.standard().maxFrameBytes()).isEqualTo(4 * ReplicaLimits.MAX_BYTES);
    }

    @Test
    void aMergeMayLeaveVersionsOfMoreBytesThanThat() {
        ReplicaScript replica = ReplicaScript.warm();
        ReplicaScript elsewhere = ReplicaScript.elsewhere();
        String large = "x".repeat(ReplicaLimits.MAX_BYTES / 8);
        for (int i = 0; i < 7; i++) {
            replica.put(large);
            replica.disk.commits();
            elsewhere.put(large);
            elsewhere.disk.commits();
        }
        Outcome<Written> merged = replica.merge(shown(elsewhere.get()));
        replica.disk.commits();

        assertThat(durable(merged).versions().list()).hasSize(14);
        Outcome<Written> resolved =
                replica.put(large, durable(merged).versions().clock());
        replica.disk.commits();
        assertThat(durable(resolved).versions().list()).hasSize(1);
    }

    @Test
    void aPutThatMergesThemIsTaken() {
        ReplicaScript replica = ReplicaScript.warm(2);
        replica.put("milk");
        Outcome<Written> second = replica.put("bread");
        replica.disk.commits();
        replica.disk.commits();
        replica.put("eggs");
        Outcome<Written> merged =
                replica.put("milk, bread", durable(second).versions().clock());
        replica.disk.commits();

        assertThat(texts(durable(merged).versions())).containsExactly("milk, bread");
    }

    @Test
    void theDotOfARefusedPutWasNeverIssued() {
        ReplicaScript replica = ReplicaScript.warm(1);
        Outcome<Written> first = replica.put("milk");
        replica.disk.commits();
        replica.put("refused");
        Outcome<Written> second = replica.put("bread", Clock.of(dotOf(first)));
        replica.disk.commits();

        assertThat(dotOf(second)).isEqualTo(new Dot(dotOf(first).actor(), 2));
    }

    /** What others have acknowledged must be kept, however much it is. */
    @Test
    void aMergeMayExceedTheLimit() {
        ReplicaScript replica = ReplicaScript.warm(1);
        Outcome<Written> merge = replica.merge(onAnotherNode("milk", "bread", "eggs"));
        replica.disk.commits();

        assertThat(texts(durable(merge).versions())).containsExactly("bread", "eggs", "milk");
    }

    /** Siblings that a replica elsewhere holds. */
    private static Versions onAnotherNode(String... values) {
        ReplicaScript other = ReplicaScript.elsewhere();
        List<Outcome<Written>> puts = new ArrayList<>();
        for (String value : values) {
            puts.add(other.put(value));
        }
        puts.forEach(put -> other.disk.commits());
        return durable(puts.getLast()).versions();
    }

    @Test
    void whatMemoryHasAndTheDiskLostIsWrittenAgainByAnInspection() {
        ReplicaScript a = ReplicaScript.warm();
        var put = a.put("v");
        a.disk.commits();
        var inspected = a.inspect();

        a.disk.findsDamage();
        assertThat(inspected.isThere()).isFalse();
        a.disk.commits();

        assertThat(ReplicaScript.shown(inspected))
                .isEqualTo(ReplicaScript.durable(put).versions());
        assertThat(a.disk.stored(ReplicaScript.KEY).versions())
                .isEqualTo(ReplicaScript.durable(put).versions());
        assertThat(a.committed).containsExactly("0 -> 1", "0 -> 1");
    }

    @Test
    void anInspectionOfASoundRecordWritesNothing() {
        ReplicaScript a = ReplicaScript.warm();
        var put = a.put("v");
        a.disk.commits();
        var inspected = a.inspect();

        a.disk.findsIt();

        assertThat(ReplicaScript.shown(inspected))
                .isEqualTo(ReplicaScript.durable(put).versions());
        assertThat(a.disk.pendingWrites()).isZero();
    }
}
