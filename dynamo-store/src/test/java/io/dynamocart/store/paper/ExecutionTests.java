package io.dynamocart.store.paper;

import static io.dynamocart.store.paper.PaperCluster.KEY;
import static io.dynamocart.store.paper.PaperCluster.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§4.1, §4.5, §5: execution of get and put")
class ExecutionTests {

    private static final ClusterOptions THREE = ClusterOptions.three();

    /** §3.3, §4.5, §6.4: and at most one hop away from a node that can do it. */
    @Test
    void anyNodeTakesReadsAndWritesOfAnyKey() {
        PaperCluster cluster = new PaperCluster(THREE.withNodes(5));
        List<Message> forwarded = forwardedPuts(cluster);
        List<Key> keys =
                IntStream.range(0, 20).mapToObj(i -> Key.of("key-" + i)).toList();
        cluster.numbers()
                .forEach(node -> keys.forEach(key -> {
                    Context seen =
                            cluster.done(cluster.node(node).store().get(key)).context();
                    cluster.done(cluster.node(node).store().put(key, seen, Value.of("by " + node)));
                }));

        assertThat(forwarded).hasSizeLessThanOrEqualTo(5 * keys.size()).isNotEmpty();
        assertThat(keys)
                .allSatisfy(key -> assertThat(
                                texts(cluster.done(cluster.node(1).store().get(key))))
                        .containsExactly("by 5"));
    }

    /** §4.5, §6.4, D20. */
    @Test
    void onlyHomeReplicasOfAKeyNameItsVersions() {
        PaperCluster cluster = new PaperCluster(THREE.withNodes(5));
        cluster.numbers()
                .forEach(node -> IntStream.range(0, 20).forEach(i -> {
                    Key key = Key.of("key-" + i);
                    PutResult put =
                            cluster.done(cluster.node(node).store().put(key, Context.none(key), Value.of("milk")));

                    assertThat(cluster.homes(key))
                            .hasSize(3)
                            .contains(put.dot().actor().node());
                }));
    }

    /** §4.1. */
    @Test
    void keysAndValuesAreOpaqueBytes() {
        PaperCluster cluster = new PaperCluster(THREE);
        Key key = Key.of(new byte[] {0, -1, '\n', 0});
        Value value = Value.of(new byte[] {-128, 0, 127, -1});
        PutResult _ = cluster.done(cluster.node(1).store().put(key, Context.none(key), value));

        Versions found = cluster.done(cluster.node(2).store().get(key)).versions();
        assertThat(found.list()).extracting(Version::value).containsExactly(value);
    }

    /** §4.5: and no dot leaves a node before it is durable there (C1). */
    @Test
    void aCoordinatorWritesLocallyBeforeItSends() {
        PaperCluster cluster = new PaperCluster(THREE);
        List<SimulatedNode> senders = new ArrayList<>();
        cluster.onSend((from, message) -> {
            if (message instanceof Message.ReplicaPut put) {
                senders.add(from);
                assertThat(PaperCluster.onDisk(from)).isEqualTo(put.versions());
            }
        });
        PutResult put = cluster.put(1, "milk");
        cluster.rest();

        assertThat(senders)
                .hasSize(2)
                .allSatisfy(sender -> assertThat(sender.id().name())
                        .isEqualTo(put.dot().actor().node()));
    }

    /** §2.3, §4.1: both sides of a split network take writes. */
    @Test
    void aReadReturnsConflictingVersionsAndOneContextThatReplacesThemAll() {
        PaperCluster cluster = new PaperCluster(THREE.withQuorum(2, 1));
        cluster.isolate(3);
        PutResult _ = cluster.put(1, "milk");
        PutResult _ = cluster.put(3, "bread");
        cluster.heal();

        GetResult both = cluster.getFromAll(2);
        assertThat(texts(both)).containsExactly("bread", "milk");
        PutResult _ = cluster.put(2, "bread, milk", both.context());
        assertThat(texts(cluster.getFromAll(1))).containsExactly("bread, milk");
    }

    /** §4.4: W=1 does not wait for the others, and R=1 does not ask them. */
    @Test
    void aReadMayMissAWriteThatHasNotReachedItsReplica() {
        PaperCluster cluster = new PaperCluster(THREE.withQuorum(1, 1));
        PutResult _ = cluster.put(1, "milk");
        assertThat(texts(cluster.get(3))).isEmpty();

        cluster.rest();
        assertThat(texts(cluster.get(3))).containsExactly("milk");
    }

    /** §4.5, §5, D35. */
    @Test
    void afterAReadEveryReplicaThatWasBehindHasWhatTheReaderGot() {
        PaperCluster cluster = new PaperCluster(THREE);
        PutResult _ = cluster.put(1, "milk");
        cluster.rest();
        cluster.crash(3);
        cluster.node(3).disk().lose(KEY);
        cluster.simulated.startAll();
        assertThat(cluster.valuesOnDisk(3))
                .as("before anti-entropy has found it missing")
                .isEmpty();

        GetResult _ = cluster.getFromAll(1);
        cluster.rest();
        assertThat(cluster.valuesOnDisk(3)).containsExactly("milk");
    }

    /** §5: the choice is in the context. */
    @Test
    void theNodeThatAnsweredTheReadFastestCoordinatesTheWrite() {
        PaperCluster cluster = new PaperCluster(THREE.withNodes(5));
        cluster.numbers().forEach(node -> {
            Context read = cluster.get(node).context();
            PutResult put = cluster.put(node, "by " + node, read);

            assertThat(put.dot().actor().node()).isEqualTo(read.coordinator());
        });
    }

    /** §4.5, §5. */
    @Test
    void withOneOfThreeNodesDownTwoAreEnoughAndWithTwoDownOneIsNot() {
        PaperCluster cluster = new PaperCluster(THREE);
        cluster.crash(3);
        cluster.rest();
        assertThat(cluster.put(1, "milk").homeReplicas()).isEqualTo(2);
        assertThat(texts(cluster.get(2))).containsExactly("milk");

        cluster.crash(2);
        cluster.rest();
        StoreException.TooFewReplicas refused =
                cluster.failed(cluster.putting(1, "bread", Context.none(KEY)), StoreException.TooFewReplicas.class);
        assertThat(refused.needed()).isEqualTo(2);
        assertThat(cluster.valuesOnDisk(1)).as("refused means not stored").containsExactly("milk");
    }

    /** §6: the high-performance read engine, R=1 and W=N. */
    @Test
    void withW3AnyOneNodeAloneKnowsEveryAcknowledgedWrite() {
        PaperCluster cluster = new PaperCluster(THREE.withQuorum(1, 3));
        assertThat(cluster.put(1, "milk").homeReplicas()).isEqualTo(3);
        cluster.crash(1, 2);
        cluster.rest();

        assertThat(texts(cluster.get(3))).containsExactly("milk");
        StoreException _ = cluster.failed(cluster.putting(3, "bread", Context.none(KEY)), StoreException.class);
    }

    private static List<Message> forwardedPuts(PaperCluster cluster) {
        List<Message> forwarded = new ArrayList<>();
        cluster.onSend((_, message) -> {
            if (message instanceof Message.CoordinatePut) {
                forwarded.add(message);
            }
        });
        return forwarded;
    }
}
