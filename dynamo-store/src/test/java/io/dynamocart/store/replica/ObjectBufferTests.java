package io.dynamocart.store.replica;

import static io.dynamocart.store.replica.ReplicaScript.KEY;
import static io.dynamocart.store.replica.ReplicaScript.shown;
import static io.dynamocart.store.replica.ReplicaScript.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.replica.ReplicaScript.Outcome;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Writes that are reported ahead of the disk (paper §6.1). */
class ObjectBufferTests {

    private static final Key OTHER = Key.of("cart-2");

    private final ReplicaScript replica = ReplicaScript.buffering(2);

    @Test
    void aWriteIsReportedAheadOfTheDiskAndSaysSo() {
        Outcome<Written> put = replica.buffer("milk");

        assertThat(put.get()).isInstanceOf(Written.Buffered.class);
        assertThat(replica.disk.pendingWrites()).as("on its way to the disk").isOne();
    }

    @Test
    void whoeverReadsSeesItAtOnce() {
        replica.buffer("milk");

        assertThat(texts(shown(replica.get()))).containsExactly("milk");
        assertThat(replica.isAhead()).isTrue();
    }

    @Test
    void onceItIsOnDiskNothingIsAheadOfIt() {
        replica.buffer("milk");
        replica.disk.commits();

        assertThat(replica.isAhead()).isFalse();
        assertThat(texts(shown(replica.get()))).containsExactly("milk");
    }

    @Test
    void whoeverWantsItOnDiskWaitsForThat() {
        Versions milk = ((Written.Buffered) replica.buffer("milk").get()).versions();

        Outcome<Written> merge = replica.merge(milk);
        assertThat(merge.isThere()).as("it is in memory only").isFalse();
        replica.disk.commits();
        assertThat(merge.get()).isInstanceOf(Written.Durable.class);
    }

    @Test
    void whatWaitsForTheDiskIsNotShownAheadOfItByAnEarlierOneThatIs() {
        replica.buffer("milk");
        replica.put("bread");

        assertThat(texts(shown(replica.get()))).containsExactly("milk");
        replica.disk.commits();
        assertThat(texts(shown(replica.get()))).containsExactly("milk");
        replica.disk.commits();
        assertThat(texts(shown(replica.get()))).containsExactly("bread", "milk");
    }

    @Test
    void oneThatBuildsOnAnotherOnItsWayIsShownWithIt() {
        replica.put("bread");
        replica.buffer("milk");

        assertThat(texts(shown(replica.get()))).containsExactly("bread", "milk");
        replica.disk.commits();
        assertThat(replica.isAhead()).as("the second is not on disk yet").isTrue();
        replica.disk.commits();
        assertThat(replica.isAhead()).isFalse();
    }

    @Test
    void whatIsOnDiskAlreadyIsNotCalledBuffered() {
        ReplicaScript other = ReplicaScript.elsewhere();
        Outcome<Written> put = other.put("milk");
        other.disk.commits();
        Versions milk = ReplicaScript.durable(put).versions();
        replica.merge(milk);
        replica.disk.commits();

        assertThat(replica.mergeToBuffer(milk).get()).isInstanceOf(Written.Durable.class);
    }

    @Test
    void whenTheBufferIsFullAWriteWaitsForTheDisk() {
        replica.disk.remember(OTHER);
        replica.buffer("milk");
        replica.buffer("butter");
        Outcome<Written> put = replica.buffer(OTHER, "bread", Clock.empty());
        Outcome<Written> again = replica.buffer("cheese");

        assertThat(put.isThere()).isFalse();
        assertThat(again.isThere()).as("of a key that is in it").isFalse();
        for (int write = 0; write < 4; write++) {
            replica.disk.commits();
        }
        assertThat(put.get()).isInstanceOf(Written.Durable.class);
        assertThat(again.get()).isInstanceOf(Written.Durable.class);
    }

    @Test
    void thereIsRoomAgainOnceTheDiskHasCaughtUp() {
        replica.disk.remember(OTHER);
        replica.buffer("milk");
        replica.buffer("butter");
        replica.disk.commits();

        assertThat(replica.buffer(OTHER, "bread", Clock.empty()).get()).isInstanceOf(Written.Buffered.class);
    }

    @Test
    void whoeverWritesAgainAsSoonAsItIsWrittenTakesNoRoomTwice() {
        for (int round = 0; round < 10; round++) {
            replica.buffer("first of " + round);
            replica.whenWritten(() -> replica.buffer("second"));
            replica.disk.commits();
            replica.disk.commits();
        }

        assertThat(replica.buffer("last").get()).isInstanceOf(Written.Buffered.class);
    }

    @Test
    void withoutOneEveryWriteWaitsForTheDisk() {
        ReplicaScript unbuffered = ReplicaScript.warm();
        Outcome<Written> put = unbuffered.buffer("milk");

        assertThat(put.isThere()).isFalse();
        unbuffered.disk.commits();
        assertThat(put.get()).isInstanceOf(Written.Durable.class);
    }

    @Test
    void nobodyIsToldThatItIsSettledBeforeItIsOnDisk() {
        replica.buffer("milk");

        assertThat(replica.settled().get()).as("for who votes on what may go").isEmpty();
    }

    @Test
    void whoeverLooksForWhatRotsSeesWhatIsOnDisk() {
        replica.buffer("milk");

        assertThat(texts(shown(replica.inspect()))).isEmpty();
    }

    @Test
    void aListOfWhatIsOnDiskCanWaitForWhatIsInTheBuffer() {
        replica.disk.remember(OTHER);
        assertThat(replica.whenWritten().isThere()).as("nothing is in it").isTrue();
        replica.buffer("milk");

        Outcome<String> written = replica.whenWritten();
        replica.put(OTHER, "bread", Clock.empty());
        assertThat(written.isThere()).isFalse();
        replica.disk.commits();
        assertThat(written.isThere()).as("what came later is not waited for").isTrue();
    }

    @Test
    void aCrashLosesItAndItsDotIsNotIssuedAgain() {
        Dot lost = Objects.requireNonNull(
                ((Written.Buffered) replica.buffer("milk").get()).dot());
        replica.restartAfter(0);

        assertThat(texts(shown(replica.get()))).isEmpty();
        Outcome<Written> put = replica.put("bread");
        replica.disk.commits();
        assertThat(ReplicaScript.dotOf(put)).isNotEqualTo(lost);
    }

    @Test
    void aDiskThatFailsLosesItTooAndTakesNoMore() {
        replica.buffer("milk");
        Outcome<String> written = replica.whenWritten();
        replica.disk.cannotWrite();

        assertThat(replica.isAhead()).isFalse();
        assertThat(written.isThere()).isTrue();
        assertThat(replica.buffer("bread").get()).isInstanceOf(Written.DiskFailed.class);
        assertThat(replica.disk.stored(KEY).versions().isEmpty()).isTrue();
    }
}
