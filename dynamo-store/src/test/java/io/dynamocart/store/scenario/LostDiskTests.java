package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Convergence;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node whose disk lost something gets it back from its peers, though no client reads. */
class LostDiskTests {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final List<Key> KEYS =
            IntStream.range(0, 30).mapToObj(i -> Key.of("cart-" + i)).toList();

    private final FiveNodes five = new FiveNodes(11);

    @Test
    void aNodeWhoseDiskIsDeletedComesBackUnderItsNameAndIsFilled() {
        writeAll(1, "before");
        five.crash(2);
        five.node(2).disk().wipe();
        writeAll(1, "meanwhile");
        assertThat(five.node(2).disk().keys()).isEmpty();

        five.node(2).start();

        new Convergence(five.cluster).await(A_MINUTE);
        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    /** docs/operations.md, "Disaster recovery": the disks of fewer than W nodes. */
    @Test
    void twoNodesWhoseDisksAreDeletedAtOnceAreFilledOneAfterTheOther() {
        FiveNodes strict =
                new FiveNodes(11, ClusterOptions.three().withQuorum(1, 3).atLeisure());
        KEYS.forEach(key -> strict.write(1, key, "before", 2));
        strict.crash(2, 4);
        strict.node(2).disk().wipe();
        strict.node(4).disk().wipe();
        KEYS.forEach(key -> strict.write(1, key, "meanwhile", 2));

        strict.node(2).start();
        strict.cluster.simulation().runFor(A_MINUTE);
        strict.node(4).start();

        new Convergence(strict.cluster).await(A_MINUTE.multipliedBy(3));
        strict.awaitNoHints(A_MINUTE);
        strict.everythingIsHome();
        assertThat(strict.cluster.ready()).hasSize(5);
    }

    /** It is another incarnation than the one on the ring, and nobody else has what it was given back. */
    @Test
    void aNodeThatIsRestoredFromItsBackupKeepsWhatItHadAloneUntilItIsTakenIn() {
        FiveNodes single =
                new FiveNodes(11, ClusterOptions.three().withOneHome().atLeisure());
        KEYS.forEach(key -> single.write(1, key, "before", 2));
        List<Key> held = single.node(2).disk().keys();
        single.node(2).disk().backUp();
        single.crash(2);
        single.node(2).disk().wipe();
        single.node(2).disk().rollBack();

        single.node(2).start();

        new Convergence(single.cluster).await(A_MINUTE);
        assertThat(held).isNotEmpty();
        assertThat(single.node(2).disk().keys()).containsExactlyElementsOf(held);
        single.everythingIsHome();
    }

    @Test
    void aNodeWithAnOlderCopyOfItsDiskIsBroughtUpToDate() {
        writeAll(1, "early");
        five.node(2).disk().backUp();
        writeAll(3, "late");
        five.crash(2);
        five.node(2).disk().rollBack();
        writeAll(1, "meanwhile");

        five.node(2).start();

        new Convergence(five.cluster).await(A_MINUTE);
        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    @Test
    void whatRotsUnderARunningNodeIsFoundAndRepaired() {
        writeAll(1, "sound");
        five.cluster.simulation().runFor(A_MINUTE);
        five.node(2).disk().keys().forEach(five.node(2).disk()::flipBit);
        five.node(3).disk().keys().forEach(five.node(3).disk()::lose);

        new Convergence(five.cluster).await(A_MINUTE);
        five.everythingIsHome();
    }

    private void writeAll(int number, String value) {
        KEYS.forEach(key -> five.write(number, key, value, 2));
    }
}
