package io.dynamocart.store.simulation;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.RangeListing;
import io.dynamocart.store.message.Message.ReplicaPut;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Networks that are worse than usual, and nodes that say the wrong thing. */
final class MutantNetworks {

    private MutantNetworks() {}

    /** Passes on what a fault does not keep back. */
    abstract static class Passing implements Transport {
        final Transport network;

        Passing(Transport network) {
            this.network = network;
        }

        @Override
        public void link(String address) {
            network.link(address);
        }

        @Override
        public void unlink(String address) {
            network.unlink(address);
        }
    }

    /** Brings every few copies of a key a second time, when a hundred other messages have gone by. */
    static final class Laggard extends Passing {

        private static final int EVERY = 5;
        private static final int LATER = 100;

        private record Late(long due, NodeId to, Message message) {}

        private final Deque<Late> late = new ArrayDeque<>();
        private long sent;
        private long copies;

        Laggard(Transport network) {
            super(network);
        }

        @Override
        public boolean send(NodeId to, Message message) {
            sent++;
            network.send(to, message);
            if (message instanceof ReplicaPut && ++copies % EVERY == 0) {
                late.add(new Late(sent + LATER, to, message));
            }
            while (!late.isEmpty() && late.getFirst().due <= sent) {
                Late next = late.remove();
                network.send(next.to, next.message);
            }
            return true;
        }
    }

    /** Loses half of the first copies of deletes, whether they come from a coordinator or out of a hint. */
    static final class Forgetful extends Passing {

        private static final int MOST = 30;

        private final SeededRandom random = new SeededRandom(1);
        private int deletes;

        Forgetful(Transport network) {
            super(network);
        }

        @Override
        public boolean send(NodeId to, Message message) {
            boolean delete = message instanceof ReplicaPut put
                    && put.versions().list().stream().anyMatch(Version::isTombstone);
            boolean lost = delete && deletes++ < MOST && !random.chance(0.5);
            return lost || network.send(to, message);
        }
    }

    /** Says something else, or nothing, instead of one kind of message. */
    static final class Liar<M extends Message> extends Passing {
        private final Class<M> kind;
        private final Function<M, @Nullable Message> forged;

        Liar(Transport network, Class<M> kind, Function<M, @Nullable Message> forged) {
            super(network);
            this.kind = kind;
            this.forged = forged;
        }

        @Override
        public boolean send(NodeId to, Message message) {
            Message said = kind.isInstance(message) ? forged.apply(kind.cast(message)) : message;
            return said == null || network.send(to, said);
        }
    }

    /** Nodes that answer one kind of request wrongly; the same for all nodes, since it knows answers by requests. */
    static final class Conversation<Q extends Message.Request, A extends Message.Response> {

        private final Class<Q> request;
        private final Class<A> answer;
        private final BiFunction<Q, A, Message> forged;
        private final Map<Long, Q> asked = new HashMap<>();

        Conversation(Class<Q> request, Class<A> answer, BiFunction<Q, A, Message> forged) {
            this.request = request;
            this.answer = answer;
            this.forged = forged;
        }

        Mutation mutation() {
            return Mutation.ofTransport(Answering::new);
        }

        private final class Answering extends Passing {

            Answering(Transport network) {
                super(network);
            }

            @Override
            public boolean send(NodeId to, Message message) {
                if (request.isInstance(message)) {
                    Q question = request.cast(message);
                    asked.put(question.number(), question);
                }
                return network.send(to, answer.isInstance(message) ? said(answer.cast(message)) : message);
            }

            private Message said(A reply) {
                Q question = asked.get(reply.number());
                return question == null ? reply : forged.apply(question, reply);
            }
        }
    }

    /** Lists what has not changed since it was first asked, and sends no writes to those who are about to be homes. */
    static final class FirstListing extends Passing {
        private final Map<Key, Digest> first = new TreeMap<>();

        FirstListing(Transport network) {
            super(network);
        }

        @Override
        public boolean send(NodeId to, Message message) {
            return message instanceof Message.JoiningPut
                    || network.send(to, message instanceof RangeListing listing ? old(listing) : message);
        }

        private RangeListing old(RangeListing listing) {
            List<KeyDigest> entries = listing.entries().stream()
                    .filter(entry -> entry.digest().equals(first.computeIfAbsent(entry.key(), _ -> entry.digest())))
                    .toList();
            return new RangeListing(listing.number(), entries, listing.last());
        }
    }
}
