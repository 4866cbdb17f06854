package io.dynamocart.store.simulation;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.util.HashMap;
import java.util.Map;

/** No node says that it has nothing under a key while what it has there is damaged (docs/invariants.md D23). */
final class DamageWatch implements Observer {

    private record Question(NodeId asker, NodeId asked, long number) {}

    private final SimulatedCluster cluster;
    private final Map<Question, Key> questions = new HashMap<>();

    DamageWatch(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void onSend(NodeId from, NodeId to, Message message) {
        switch (message) {
            case Message.ReplicaGet get -> questions.put(new Question(from, to, get.number()), get.key());
            case Message.ReplicaGetReply reply -> {
                Key key = questions.remove(new Question(to, from, reply.number()));
                if (key != null && reply.versions().isEmpty() && isDamaged(from, key)) {
                    throw new AssertionError("%s says it has nothing under %s, where it has a damaged record (D23)"
                            .formatted(from, key));
                }
            }
            case Message.ReplicaGetSame reply -> questions.remove(new Question(to, from, reply.number()));
            default -> {}
        }
    }

    private boolean isDamaged(NodeId id, Key key) {
        return cluster.nodes().stream()
                .filter(node -> node.id().equals(id))
                .anyMatch(node -> node.disk().peek(key) instanceof ReadOutcome.Damaged);
    }
}
