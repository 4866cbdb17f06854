package io.dynamocart.store.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.CoordinatePutReply;
import io.dynamocart.store.message.Message.OutcomeUnknown;
import io.dynamocart.store.message.Message.Reap;
import io.dynamocart.store.message.Message.ReapReply;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTests {

    private static final Key KEY = Key.of("cart-1");

    @Test
    void whatIsSaidDoesNotChangeWithTheListItWasMadeOf() {
        List<NodeId> nodes = new ArrayList<>(List.of(new NodeId("a")));
        List<Key> keys = new ArrayList<>(List.of(KEY));
        List<KeyDigest> versions = new ArrayList<>(List.of(new KeyDigest(KEY, Digest.NONE)));
        CoordinatePutReply done = new CoordinatePutReply(1, new Dot(new Actor("a", 1), 1), nodes, nodes);
        OutcomeUnknown unknown = new OutcomeUnknown(1, 2, nodes);
        Reap reap = new Reap(1, Reap.Stage.AGREE, versions);
        ReapReply reply = new ReapReply(1, keys);
        nodes.clear();
        keys.clear();
        versions.clear();

        assertThat(done.homes()).hasSize(1);
        assertThat(done.standIns()).hasSize(1);
        assertThat(unknown.acknowledged()).hasSize(1);
        assertThat(reap.versions()).hasSize(1);
        assertThat(reply.agreed()).hasSize(1);
    }
}
