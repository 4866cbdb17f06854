package io.dynamocart.store.paper;

import static io.dynamocart.store.paper.PaperCluster.KEY;
import static io.dynamocart.store.paper.PaperCluster.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.version.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§4.6, §4.8: failures, and what is promised in spite of them")
class FailureTests {

    private static final ClusterOptions THREE = ClusterOptions.three();

    /** §4.6 with W=1, D1: the coordinator dies before anybody else has what it acknowledged. */
    @Test
    void whatOneNodeAcknowledgedIsThereWhenThatNodeIsBack() {
        PaperCluster cluster = new PaperCluster(THREE.withQuorum(1, 1));
        cluster.isolate(1);
        cluster.rest();
        PutResult _ = cluster.put(1, "milk");
        cluster.crash(1);
        PutResult _ = cluster.put(2, "bread");
        cluster.simulated.startAll();
        cluster.heal();

        assertThat(texts(cluster.getFromAll(3))).containsExactly("bread", "milk");
    }

    /** D5: it reached one node of two, and the client was told that it does not know. */
    @Test
    void aWriteOfUnknownOutcomeNeverWinsOverAnAcknowledgedOne() {
        PaperCluster cluster = new PaperCluster(THREE);
        PutResult first = cluster.put(1, "milk");
        CompletableFuture<PutResult> unlucky = cluster.putting(1, "unlucky", first.context());
        cluster.isolate(1);
        StoreException.OutcomeUnknown unknown = cluster.failed(unlucky, StoreException.OutcomeUnknown.class);
        assertThat(unknown.acknowledged()).containsExactly("node-1");
        PutResult _ = cluster.put(2, "acknowledged", first.context());
        cluster.heal();

        assertThat(texts(cluster.getFromAll(3))).containsExactly("acknowledged", "unlucky");
        assertThat(texts(cluster.getFromAll(1))).as("and so it stays").containsExactly("acknowledged", "unlucky");
    }

    /** D22. */
    @Test
    void whatWasAcknowledgedSurvivesTheDeathOfAllNodesAtOnce() {
        PaperCluster cluster = new PaperCluster(THREE);
        PutResult _ = cluster.put(1, "milk");
        cluster.crash(1, 2, 3);
        cluster.simulated.startAll();

        assertThat(texts(cluster.get(2))).containsExactly("milk");
    }

    /** §4.8.1: outages change nobody's view of who belongs to the cluster. */
    @Test
    void anOutageMovesNothing() {
        PaperCluster cluster = new PaperCluster(THREE.atLeisure().withNodes(5));
        List<String> before = cluster.homes(KEY);
        cluster.crash(5);
        cluster.isolate(4);
        cluster.simulated.simulation().runFor(Duration.ofHours(1));

        assertThat(cluster.homes(KEY)).isEqualTo(before);
    }

    /** A4.8.3, D27: failure is what one node cannot reach, and no common view. */
    @Test
    void twoNodesThatCannotReachEachOtherBothServeThroughTheThird() {
        PaperCluster cluster = new PaperCluster(THREE);
        cluster.cut(1, 2);
        cluster.rest();
        PutResult milk = cluster.put(1, "milk");
        PutResult _ = cluster.put(2, "milk, bread", milk.context());

        assertThat(texts(cluster.get(1))).containsExactly("milk, bread");
        assertThat(texts(cluster.get(2))).containsExactly("milk, bread");
    }

    @Test
    void soDoTheyIfOnlyOneDirectionIsCut() {
        PaperCluster cluster = new PaperCluster(THREE);
        cluster.simulated.network().cut(cluster.node(1).id(), cluster.node(2).id());
        PutResult milk = cluster.put(1, "milk");
        PutResult _ = cluster.put(2, "milk, bread", milk.context());

        assertThat(texts(cluster.get(1))).containsExactly("milk, bread");
        cluster.heal();
        assertThat(cluster.getFromAll(1).homeReplicas()).isEqualTo(3);
    }

    /** D26: time stamps decide nothing between versions. */
    @Test
    void aClockThatIsADayAheadOrBehindChangesNothing() {
        PaperCluster cluster = new PaperCluster(THREE);
        cluster.node(1).setClockError(Duration.ofDays(1));
        cluster.node(2).setClockError(Duration.ofDays(-1));
        PutResult tomorrow = cluster.put(1, "milk");
        PutResult _ = cluster.put(2, "milk, bread", tomorrow.context());
        PutResult _ = cluster.put(3, "eggs");

        assertThat(texts(cluster.getFromAll(1))).containsExactly("eggs", "milk, bread");
    }

    /** D36: a limit that gives an error, and a way out of it. */
    @Test
    void blindWritesToOneKeyAreBoundedAndAMergeEndsThat() {
        PaperCluster cluster = new PaperCluster(THREE.withMaxVersions(20));
        for (int i = 1; i <= 20; i++) {
            PutResult _ = cluster.put(1, "blind " + i);
        }
        StoreException _ = cluster.failed(
                cluster.putting(1, "one too many", Context.none(KEY)), StoreException.TooManyVersions.class);
        PutResult _ = cluster.put(1, "merged", cluster.get(1).context());

        assertThat(texts(cluster.get(2))).containsExactly("merged");
    }
}
