package io.dynamocart.store.node;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Durability;
import io.dynamocart.store.replica.ExchangeResponder;
import io.dynamocart.store.replica.Listings;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Written;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers what coordinators elsewhere ask of what this node holds. Not thread-safe. */
final class ReplicaServer {

    private final ActiveRing activeRing;
    private final LocalCopies copies;
    private final ExchangeResponder responder;
    private final Listings listings;

    ReplicaServer(ActiveRing activeRing, LocalCopies copies, ExchangeResponder responder, Listings listings) {
        this.activeRing = activeRing;
        this.copies = copies;
        this.responder = responder;
        this.listings = listings;
    }

    /** Lists what is on disk of a range, whoever asks; all of it that was acknowledged before. */
    void list(Moment now, Message.ListRange asked, Reply<Message> reply) {
        Replica replica = copies.replica();
        String refusal = replica.refusal();
        if (refusal != null && replica.isAhead()) {
            // Whoever asks will ask again; all of these would wait until the disk takes writes
            reply.accept(now, new Message.Refused(asked.number(), Refusal.DISK_FAILED, refusal));
        } else {
            replica.whenWritten(now, _ -> list(asked, reply));
        }
    }

    private void list(Message.ListRange asked, Reply<Message> reply) {
        listings.page(
                asked.range(),
                asked.after(),
                Message.RangeListing.MAX_ENTRIES,
                (then, page) -> reply.accept(
                        then,
                        page.<Message>map(found ->
                                        new Message.RangeListing(asked.number(), found.entries(), found.last()))
                                .orElseGet(() -> new Message.Refused(
                                        asked.number(), Refusal.DISK_FAILED, "its disk does not answer"))));
    }

    /** Answers with its versions, or that they are those the sender has: that takes no look at the disk. */
    void get(Moment now, Message.ReplicaGet asked, Reply<Message> reply) {
        Digest unless = asked.unless();
        if (unless != null && copies.sum(asked.key()).filter(unless::equals).isPresent()) {
            reply.accept(now, new Message.ReplicaGetSame(asked.number(), now.wall()));
        } else {
            get(now, asked.number(), asked.key(), asked.within(), reply);
        }
    }

    void get(Moment now, Message.HintGet asked, Reply<Message> reply) {
        get(now, asked.number(), asked.key(), asked.within(), reply);
    }

    private void get(Moment now, long number, Key key, @Nullable Duration within, Reply<Message> reply) {
        long until = within == null ? Replica.inPatience(now) : now.nanos() + within.toNanos();
        copies.get(now, key, until, (then, copy) -> reply.accept(then, answer(then, number, copy)));
    }

    void put(Moment now, long number, Key key, Versions versions, Durability durability, Reply<Message> reply) {
        copies.replica()
                .merge(now, key, versions, durability, (then, written) -> reply.accept(then, answer(number, written)));
    }

    void keep(Moment now, Message.HintPut put, Reply<Message> reply) {
        copies.keep(
                now,
                put.target(),
                put.key(),
                put.versions(),
                (then, written) -> reply.accept(then, answer(put.number(), written)));
    }

    /** Answers of a partition, if this node is as much a home replica of exactly that partition as the peer says. */
    void compare(Moment now, Message.Compare compare, Reply<Message> reply) {
        if (!activeRing.isHome(compare.partition())) {
            reply.accept(
                    now, new Message.Refused(compare.number(), Refusal.NOT_COMPARABLE, "it is no home replica of it"));
            return;
        }
        responder.answer(
                now,
                compare.partition(),
                compare.question(),
                (then, answer) -> reply.accept(
                        then,
                        answer.<Message>map(given -> new Message.CompareReply(compare.number(), given))
                                .orElseGet(() -> new Message.Refused(
                                        compare.number(), Refusal.NOT_COMPARABLE, "its tree is not complete yet"))));
    }

    private static Message answer(Moment now, long number, Copy copy) {
        return switch (copy) {
            case Copy.Held held -> new Message.ReplicaGetReply(number, held.versions(), now.wall());
            case Copy.Damaged damaged -> new Message.Refused(number, Refusal.DAMAGED, damaged.detail());
            case Copy.Unreadable unreadable -> new Message.Refused(number, Refusal.DISK_FAILED, unreadable.detail());
        };
    }

    private static Message answer(long number, Written written) {
        return switch (written) {
            case Written.Durable _ -> new Message.ReplicaPutReply(number);
            case Written.Buffered _ -> new Message.BufferedPutReply(number);
            case Written.DiskFailed failed -> new Message.Refused(number, Refusal.DISK_FAILED, failed.detail());
            case Written.Full full ->
                new Message.Refused(number, Refusal.HINTS_FULL, "it keeps %d already".formatted(full.most()));
            case Written.TooManyVersions tooMany -> throw new IllegalStateException("a merge was refused: " + tooMany);
        };
    }
}
