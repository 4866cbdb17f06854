package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenRepliesTests {

    private static final Moment NOW = new Moment(0, Instant.EPOCH);

    private final List<String> heard = new ArrayList<>();
    private final OpenReplies replies = new OpenReplies();

    @Test
    void untilTheEndEachReplyGetsWhereItShould() {
        Reply<String> first = replies.untilEnd((_, said) -> heard.add("first " + said));
        Reply<String> second = replies.untilEnd((_, said) -> heard.add("second " + said));
        second.accept(NOW, "yes");
        first.accept(NOW, "no");

        assertThat(heard).containsExactly("second yes", "first no");
    }

    @Test
    void thenNoneGetsAnywhere() {
        Reply<String> late = replies.untilEnd((_, said) -> heard.add(said));
        replies.end();
        late.accept(NOW, "yes");

        assertThat(heard).isEmpty();
    }

    @Test
    void theEndMayComeOfAReply() {
        Reply<String> last = replies.untilEnd((_, said) -> {
            replies.end();
            heard.add(said);
        });
        last.accept(NOW, "yes");
        last.accept(NOW, "again");

        assertThat(heard).containsExactly("yes");
    }
}
