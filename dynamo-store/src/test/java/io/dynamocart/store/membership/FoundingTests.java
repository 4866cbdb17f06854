package io.dynamocart.store.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.ring.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a cluster begins: what every founder writes down, whoever does so first. */
class FoundingTests {

    private static final Member A = member("a");
    private static final Member B = member("b");
    private static final Member C = member("c");

    @Test
    void theOrderOfTheFoundersDoesNotMatter() {
        Founding one = new Founding(16, 3, List.of(A, B, C));
        Founding other = new Founding(16, 3, List.of(C, A, B));

        assertThat(one).isEqualTo(other);
        assertThat(one.members()).containsExactly(A, B, C);
        assertThat(one.layout().ring().preferenceLists())
                .isEqualTo(other.layout().ring().preferenceLists());
    }

    @Test
    void everyFounderGetsItsShareOfTheRing() {
        Founding founding = new Founding(16, 2, List.of(A, B, C));

        assertThat(founding.layout().ring().preferenceLists()).hasSize(16);
        assertThat(founding.layout().ring().preferenceLists())
                .extracting(list -> list.home().getFirst())
                .contains(A.id(), B.id(), C.id());
    }

    @Test
    void foundersHaveDistinctIds() {
        Member again = new Member(A.id(), "elsewhere", "zone", 1);

        assertThatThrownBy(() -> new Founding(16, 3, List.of(A, again)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same node id");
    }

    @Test
    void thereIsAPartitionForEveryFounderAndAFounderAtAll() {
        assertThatThrownBy(() -> new Founding(2, 3, List.of(A, B, C)))
                .hasMessageContaining("2 partitions for 3 members");
        assertThatThrownBy(() -> new Founding(16, 3, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Founding(Founding.MAX_PARTITIONS + 1, 3, List.of(A)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void homeReplicasAreOneToSixtyFour() {
        assertThatThrownBy(() -> new Founding(16, 0, List.of(A))).hasMessageContaining("0 home replicas");
        assertThatThrownBy(() -> new Founding(16, 65, List.of(A))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Founding(16, 64, List.of(A)).layout().ring().preferenceLists())
                .hasSize(16);
    }

    @Test
    void aWeightIsOneToAThousand() {
        for (int weight : new int[] {-1, 0, 1_001}) {
            assertThatThrownBy(() -> new Member(A.id(), "host", "zone", weight))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("weight");
        }
    }

    private static Member member(String name) {
        return new Member(new NodeId(name), "host-" + name, "zone", 1);
    }
}
