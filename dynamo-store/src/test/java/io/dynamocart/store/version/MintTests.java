package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a node goes on counting, and when it begins anew (docs/invariants.md C2). */
class MintTests {

    private static final long THIS_START = 1;
    private static final long EARLIER_START = 2;

    private final LongSupplier births = new LongSupplier() {
        private long last = 100;

        @Override
        public long getAsLong() {
            return ++last;
        }
    };

    @Test
    void countsOnFromItsOwnRecordOfThisStart() {
        Mint first = next(null, Clock.empty());
        Mint second = next(first, Clock.of(first.dot()));

        assertThat(second.dot()).isEqualTo(new Dot(first.dot().actor(), 2));
    }

    @Test
    void beginsAnewWithoutARecord() {
        Mint first = next(null, Clock.empty());
        Mint afterLoss = next(null, Clock.of(first.dot()));

        assertThat(afterLoss.dot().actor()).isNotEqualTo(first.dot().actor());
        assertThat(afterLoss.dot().counter()).isEqualTo(1);
    }

    @Test
    void beginsAnewAfterAnEarlierStart() {
        Mint old = new Mint(new Dot(new Actor("n", 1), 5), EARLIER_START);

        assertThat(next(old, Clock.empty()).dot().actor())
                .isNotEqualTo(old.dot().actor());
    }

    @Test
    void beginsAnewWhenOthersKnowMoreOfItsActorThanItDoes() {
        Mint rolledBack = next(null, Clock.empty());
        Dot later = new Dot(rolledBack.dot().actor(), 2);

        assertThat(next(rolledBack, Clock.of(later)).dot().actor()).isNotEqualTo(later.actor());
    }

    @Test
    void beginsAnewWithTheRecordOfAnotherNode() {
        Mint foreign = new Mint(new Dot(new Actor("other", 1), 5), THIS_START);

        assertThat(next(foreign, Clock.empty()).dot().actor().node()).isEqualTo("n");
    }

    @Test
    void survivesEncoding() {
        Mint mint = next(null, Clock.empty());
        ByteWriter out = new ByteWriter();
        mint.writeTo(out);

        assertThat(Mint.readFrom(new ByteReader(out.toByteArray()))).isEqualTo(mint);
    }

    private Mint next(@Nullable Mint last, Clock known) {
        return Mint.next(last, "n", THIS_START, known, births);
    }
}
