package io.dynamocart.store.membership;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettledTests {

    private static final Member A = new Member(new NodeId("a"), "host-a", "zone", 1);

    /** Written as another node's, it would take what is there from its owner. */
    @Test
    void whatANodeOwnsThatIsNoMemberIsNeverWrittenDown() {
        Founding founding = new Founding(2, 1, List.of(A));
        TreeMap<NodeId, Member> members = new TreeMap<>();
        members.put(A.id(), A);
        Settled wrong = new Settled(
                founding,
                new PlanId(1, A.incarnation()),
                members,
                Collections.nCopies(2, new NodeId("stranger")),
                new TreeSet<>(),
                Caretakers.NONE);

        assertThatThrownBy(() -> wrong.writeTo(new ByteWriter())).hasMessageContaining("stranger owns a partition");
    }
}
