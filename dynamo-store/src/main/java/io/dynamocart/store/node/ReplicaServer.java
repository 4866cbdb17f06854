package io.dynamocart.store.node;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Written;

/** Answers what coordinators elsewhere ask of this node's replica. Not thread-safe. */
final class ReplicaServer {

    private final Replica replica;

    ReplicaServer(Replica replica) {
        this.replica = replica;
    }

    void get(Moment now, Message.ReplicaGet get, Reply<Message> reply) {
        replica.get(
                now,
                get.key(),
                (then, copy) -> reply.accept(
                        then,
                        switch (copy) {
                            case Copy.Held held ->
                                new Message.ReplicaGetReply(get.number(), held.versions(), then.wall());
                            case Copy.Damaged damaged ->
                                new Message.Refused(get.number(), Refusal.DAMAGED, damaged.detail());
                            case Copy.Unreadable unreadable ->
                                new Message.Refused(get.number(), Refusal.DISK_FAILED, unreadable.detail());
                        }));
    }

    void put(Moment now, Message.ReplicaPut put, Reply<Message> reply) {
        replica.merge(
                now,
                put.key(),
                put.versions(),
                (then, written) -> reply.accept(
                        then,
                        switch (written) {
                            case Written.Durable durable -> new Message.ReplicaPutReply(put.number());
                            case Written.DiskFailed failed ->
                                new Message.Refused(put.number(), Refusal.DISK_FAILED, failed.detail());
                            case Written.TooManyVersions tooMany ->
                                throw new IllegalStateException("a merge was refused: " + tooMany);
                        }));
    }
}
