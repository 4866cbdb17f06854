package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every storage promises. */
abstract class StorageContract {

    static final Key KEY = Key.of("cart/alice");

    final TestThread thread = new TestThread();

    /** The storage under test. */
    abstract Storage storage();

    @AfterEach
    void endThread() {
        thread.close();
    }

    @Test
    void aKeyNeverWrittenHoldsNothing() {
        assertThat(read(KEY)).isEqualTo(StoredRecord.nothing());
    }

    @Test
    void aWrittenRecordIsReadAsItWas() {
        write(KEY, Records.numbered(1));

        assertThat(read(KEY)).isEqualTo(Records.numbered(1));
        assertThat(read(Key.of("cart/bob"))).isEqualTo(StoredRecord.nothing());
    }

    @Test
    void theLastOfSeveralWritesStands() {
        for (int i = 1; i <= 50; i++) {
            write(KEY, Records.numbered(i));
        }

        assertThat(read(KEY)).isEqualTo(Records.numbered(50));
    }

    @Test
    void repliesToWritesOfOneKeyComeInTheirOrder() {
        List<Integer> replies = new ArrayList<>();
        int last = thread.<Integer>ask(reply -> {
            for (int i = 1; i <= 100; i++) {
                int number = i;
                storage().write(KEY, Records.numbered(i), (now, _) -> {
                    replies.add(number);
                    if (number == 100) {
                        reply.accept(now, number);
                    }
                });
            }
        });

        assertThat(last).isEqualTo(100);
        assertThat(replies).isSorted().hasSize(100);
        assertThat(read(KEY)).isEqualTo(Records.numbered(100));
    }

    @Test
    void aWriteThatWasRepliedToIsRecalledOrRead() {
        write(KEY, Records.numbered(3));
        StoredRecord recalled = thread.ask(reply -> thread.execute(now -> {
            StoredRecord record = storage().recall(KEY);
            reply.accept(now, record == null ? Records.numbered(3) : record);
        }));

        assertThat(recalled).isEqualTo(Records.numbered(3));
    }

    @Test
    void aRecordOfNothingRemovesWhatWasThere() {
        write(KEY, Records.numbered(1));
        write(KEY, StoredRecord.nothing());

        assertThat(read(KEY)).isEqualTo(StoredRecord.nothing());
        assertThat(scanned(storage())).isEmpty();
    }

    @Test
    void hintsAreKeptApartFromCopiesAndFromHintsForOthers() {
        NodeId b = new NodeId("b");
        NodeId bb = new NodeId("bb");
        write(KEY, Records.numbered(1));
        keep(b, KEY);

        assertThat(scanned(storage().hintsFor(b))).containsExactly(KEY);
        assertThat(scanned(storage().hintsFor(bb))).isEmpty();
        drop(b, KEY);
        assertThat(scanned(storage().hintsFor(b))).isEmpty();
        assertThat(read(KEY)).isEqualTo(Records.numbered(1));
    }

    @Test
    void aScanListsEverythingOnceInTheOrderOfTheRing() {
        List<Key> keys =
                IntStream.range(0, 200).mapToObj(i -> Key.of("key-" + i)).toList();
        keys.forEach(key -> write(key, Records.numbered(1)));
        keys.stream().skip(100).forEach(key -> write(key, StoredRecord.nothing()));

        assertThat(scanned(storage()))
                .containsExactlyElementsOf(keys.stream()
                        .limit(100)
                        .sorted(Comparator.comparing(Token::of))
                        .toList());
    }

    @Test
    void aScanOfARangeListsItsKeysInTheOrderOfTheirTokensFromZero() {
        List<Key> keys =
                IntStream.range(0, 200).mapToObj(i -> Key.of("key-" + i)).toList();
        keys.forEach(key -> write(key, Records.numbered(1)));
        List<Token> some = keys.stream().limit(8).map(Token::of).sorted().toList();

        for (Token start : some) {
            for (Token end : some) {
                TokenRange range = new TokenRange(start, end);
                assertThat(scanned(storage(), range))
                        .containsExactlyElementsOf(keys.stream()
                                .filter(key -> range.contains(Token.of(key)))
                                .sorted(Comparator.comparing(Token::of))
                                .toList());
            }
        }
    }

    @Test
    void notesAreKept() {
        WriteOutcome outcome = thread.ask(reply -> storage().writeNote("membership", new byte[] {1, 2, 3}, reply));

        assertThat(outcome).isEqualTo(new WriteOutcome.Committed());
    }

    void keep(NodeId target, Key key) {
        WriteOutcome outcome = thread.ask(reply -> storage().hintsFor(target).write(key, Records.numbered(9), reply));
        assertThat(outcome).isEqualTo(new WriteOutcome.Committed());
    }

    void drop(NodeId target, Key key) {
        WriteOutcome outcome =
                thread.ask(reply -> storage().hintsFor(target).write(key, StoredRecord.nothing(), reply));
        assertThat(outcome).isEqualTo(new WriteOutcome.Committed());
    }

    /** The keys that a scan finds, page by page. */
    List<Key> scanned(io.dynamocart.store.port.Records records) {
        return scanned(records, TokenRange.all());
    }

    List<Key> scanned(io.dynamocart.store.port.Records records, TokenRange range) {
        List<Key> keys = new ArrayList<>();
        Key after = null;
        boolean last = false;
        while (!last) {
            Key from = after;
            ScanOutcome outcome = thread.ask(reply -> records.scan(range, from, reply));
            assertThat(outcome).isInstanceOf(ScanOutcome.Page.class);
            ScanOutcome.Page page = (ScanOutcome.Page) outcome;
            page.items().forEach(item -> keys.add(item.key()));
            after = keys.isEmpty() ? null : keys.getLast();
            last = page.last();
        }
        return keys;
    }

    void write(Key key, StoredRecord record) {
        WriteOutcome outcome = thread.ask(reply -> storage().write(key, record, reply));
        assertThat(outcome).isEqualTo(new WriteOutcome.Committed());
    }

    StoredRecord read(Key key) {
        ReadOutcome outcome = thread.ask(reply -> storage().read(key, reply));
        assertThat(outcome).isInstanceOf(ReadOutcome.Found.class);
        return ((ReadOutcome.Found) outcome).record();
    }
}
