package io.dynamocart.store.node;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * The membership history of this node. What it learns and what it has to say goes to its disk first; only what is there
 * it acts on and speaks of, so that it never takes back what others have heard of it. Not thread-safe.
 */
final class DurableHistory {

    private final Storage storage;
    private final Reader reader;
    private MembershipHistory newest;
    private MembershipHistory durable;
    private boolean writing;
    private boolean spoken;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** Told of each change of the history on disk, to act on it. */
    @FunctionalInterface
    interface Reader {

        /**
         * There is something new on disk.
         *
         * @param spoken whether this node said something of its own, which the others wait for
         */
        void onDurable(Moment now, boolean spoken);
    }

    /** @param known what was on disk at the start */
    DurableHistory(Storage storage, MembershipHistory known, Reader reader) {
        this.storage = storage;
        this.reader = reader;
        this.newest = known;
        this.durable = known;
    }

    /** The history that is on disk. */
    MembershipHistory durable() {
        return durable;
    }

    /** The history with what is still to be written to disk: only for what this node does not have to say again. */
    MembershipHistory newest() {
        return newest;
    }

    /** Whether the newest history is on disk. */
    boolean isDurable() {
        return newest.equals(durable);
    }

    /** Merges the history that another node told. */
    void learn(MembershipHistory told) {
        newest = newest.merge(told);
        write();
    }

    /** Adds a statement of this node to the history. */
    void say(UnaryOperator<MembershipHistory> statement) {
        MembershipHistory before = newest;
        newest = statement.apply(before);
        spoken |= !newest.equals(before);
        write();
    }

    /**
     * Runs something once all is on disk that there is now: at once, or after a write. Not while the disk takes none.
     */
    void whenDurable(Runnable then) {
        waiting.add(then);
        write();
    }

    /**
     * Writes what is not on disk, unless that is under way; to be called now and then as well, since a write may fail.
     */
    void write() {
        if (writing) {
            return;
        }
        if (isDurable()) {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
            return;
        }
        writing = true;
        MembershipHistory next = newest;
        boolean withStatement = spoken;
        spoken = false;
        ByteWriter out = new ByteWriter();
        next.writeTo(out);
        storage.writeNote(SavedState.MEMBERSHIP_NOTE, out.toByteArray(), (now, outcome) -> {
            writing = false;
            // That it failed is told by the watch over the disk
            if (outcome instanceof WriteOutcome.Committed) {
                durable = next;
                reader.onDurable(now, withStatement);
                write();
            } else {
                spoken |= withStatement;
            }
        });
    }
}
