package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelDbStorageTests extends StorageContract {

    private static final StorageSettings NO_CACHE = new StorageSettings(0, 1 << 20);

    @TempDir
    Path directory;

    private LevelDbStorage storage;

    @BeforeEach
    void open() {
        storage = LevelDbStorage.open(directory, "test", NO_CACHE, thread);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Override
    Storage storage() {
        return storage;
    }

    @Test
    void whatWasWrittenIsThereAfterAnotherStart() {
        for (int i = 1; i <= 500; i++) {
            write(Key.of("key-" + i), Records.numbered(i));
        }
        reopen();

        for (int i = 1; i <= 500; i++) {
            assertThat(read(Key.of("key-" + i))).isEqualTo(Records.numbered(i));
        }
    }

    @Test
    void notesAreThereAfterAnotherStart() {
        thread.<WriteOutcome>ask(reply -> storage.writeNote("membership", new byte[] {1, 2, 3}, reply));
        reopen();

        assertThat(storage.readNote("membership")).containsExactly(1, 2, 3);
        assertThat(storage.readNote("other")).isNull();
    }

    @Test
    void closingWritesWhatStillWaits() throws InterruptedException {
        CountDownLatch replies = new CountDownLatch(200);
        thread.execute(_ -> {
            for (int i = 1; i <= 200; i++) {
                storage.write(Key.of("key-" + i), Records.numbered(i), (_, _) -> replies.countDown());
            }
        });
        thread.<Boolean>ask(reply -> thread.execute(now -> reply.accept(now, true)));
        reopen();

        assertThat(replies.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(read(Key.of("key-200"))).isEqualTo(Records.numbered(200));
    }

    @Test
    void aDamagedRecordIsReportedAndNeverReturned() throws IOException {
        write(KEY, Records.numbered(1));
        // At a start what is in the log goes into a table
        reopen();
        storage.close();
        damageValues();
        storage = LevelDbStorage.open(directory, "test", NO_CACHE, thread);

        ReadOutcome outcome = thread.ask(reply -> storage.read(KEY, reply));
        assertThat(outcome).isInstanceOf(ReadOutcome.Damaged.class);
        write(KEY, Records.numbered(2));
        assertThat(read(KEY)).isEqualTo(Records.numbered(2));
    }

    @Test
    void knowsForWhomItHasHintsWhenItIsOpenedAgain() {
        NodeId b = new NodeId("b");
        NodeId bb = new NodeId("bb");
        keep(b, KEY);
        keep(bb, KEY);
        keep(new NodeId("c"), KEY);
        write(KEY, Records.numbered(1));
        drop(new NodeId("c"), KEY);
        reopen();

        assertThat(storage.hintedNodes()).containsExactly(b, bb);
    }

    @Test
    void anOpeningThatFailsLetsGoOfTheDatabase() throws IOException {
        storage.close();
        byte[] nowhere = {'h', 5, 'n'};
        inDatabase(db -> db.put(nowhere, new byte[0]));
        assertThatThrownBy(() -> LevelDbStorage.open(directory, "test", NO_CACHE, thread))
                .isInstanceOf(MalformedBytesException.class)
                .hasNoSuppressedExceptions();

        inDatabase(db -> db.delete(nowhere));
        storage = LevelDbStorage.open(directory, "test", NO_CACHE, thread);
        assertThat(storage.hintedNodes()).isEmpty();
    }

    private void inDatabase(Consumer<DB> action) throws IOException {
        try (DB db = Iq80DBFactory.factory.open(directory.toFile(), new Options())) {
            action.accept(db);
        }
    }

    @Test
    void soIsADamagedNote() throws IOException {
        byte[] note = "value 1".getBytes(StandardCharsets.ISO_8859_1);
        thread.<WriteOutcome>ask(reply -> storage.writeNote("membership", note, reply));
        reopen();
        storage.close();
        damageValues();
        storage = LevelDbStorage.open(directory, "test", NO_CACHE, thread);

        assertThatThrownBy(() -> storage.readNote("membership")).isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void afterAFailedWriteNothingIsWrittenAnyMore() {
        AtomicInteger attempts = new AtomicInteger();
        LevelDbStorage broken = over(failingDatabase(attempts), new AtomicLong(Long.MAX_VALUE));
        WriteOutcome first = thread.ask(reply -> broken.write(KEY, Records.numbered(2), reply));
        WriteOutcome second = thread.ask(reply -> broken.write(KEY, Records.numbered(3), reply));
        broken.close();

        assertThat(List.of(first, second)).allMatch(WriteOutcome.Failed.class::isInstance);
        assertThat(second).isEqualTo(first);
        assertThat(attempts).hasValue(1);
        assertThat(broken.state()).isInstanceOf(DiskState.Failed.class);
    }

    @Test
    void belowItsReserveTheDiskIsFullAndWithRoomItIsFineAgain() {
        AtomicLong free = new AtomicLong(NO_CACHE.reserveBytes() - 1);
        LevelDbStorage full = over(failingDatabase(new AtomicInteger()), free);
        DiskState before = full.state();
        free.set(NO_CACHE.reserveBytes());
        DiskState after = full.state();
        full.close();

        assertThat(before).isInstanceOf(DiskState.Full.class);
        assertThat(after).isEqualTo(new DiskState.Fine());
    }

    /** A storage on a disk with so many bytes free, which is looked at every time. */
    private LevelDbStorage over(DB database, AtomicLong free) {
        AtomicLong seconds = new AtomicLong();
        FreeSpace space = new FreeSpace(
                free::get, () -> seconds.incrementAndGet() * 1_000_000_000, NO_CACHE.reserveBytes(), Runnable::run);
        return LevelDbStorage.over(database, space, List.of(), "test", NO_CACHE, thread);
    }

    /** A database that cannot begin a batch. */
    private static DB failingDatabase(AtomicInteger attempts) {
        return (DB) Proxy.newProxyInstance(
                LevelDbStorageTests.class.getClassLoader(), new Class<?>[] {DB.class}, (_, method, _) -> {
                    if (method.getName().equals("createWriteBatch")) {
                        attempts.incrementAndGet();
                        throw new DBException("no space left on device");
                    }
                    return null;
                });
    }

    private void reopen() {
        storage.close();
        storage = LevelDbStorage.open(directory, "test", NO_CACHE, thread);
    }

    /** Changes the text of every value in the database's files, wherever LevelDB has put it. */
    private void damageValues() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                int at = text.indexOf("value 1");
                if (at >= 0) {
                    bytes[at] = 'V';
                    Files.write(file, bytes);
                }
            }
        }
    }
}
