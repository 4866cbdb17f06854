package io.dynamocart.store.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.ring.NodeId;
import org.junit.jupiter.api.Test;

class PlanReportTests {

    private static final Incarnation OLD = new Incarnation(new NodeId("node-2"), 0xab);
    private static final Member NEW = new Member(new NodeId("node-4"), "10.0.0.4:7000", "b", 2, 0xcd);

    @Test
    void saysWhatChangesInTheWordsOfTheCommandLine() {
        assertThat(PlanReport.inWords(new Change.Join(NEW)))
                .isEqualTo("join node-4#cd at 10.0.0.4:7000, zone b, weight 2");
        assertThat(PlanReport.inWords(new Change.Leave(OLD))).isEqualTo("leave node-2#ab");
        assertThat(PlanReport.inWords(new Change.Replace(OLD, NEW)))
                .isEqualTo("replace node-2#ab by node-4#cd at 10.0.0.4:7000, zone b, weight 2");
        assertThat(PlanReport.inWords(new Change.ForceRemove(OLD))).isEqualTo("remove node-2#ab");
        assertThat(PlanReport.inWords(new Change.Alter(NEW)))
                .isEqualTo("alter node-4#cd at 10.0.0.4:7000, zone b, weight 2");
    }
}
