package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.cart.ModelAnswer.Seen;
import io.dynamocart.app.cart.ModelCart.Draft;
import io.dynamocart.app.cart.Operation.Absorb;
import io.dynamocart.store.version.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link CartHistory} that has taken up one request and read the cart for it.
 *
 * @param reachable the nodes on its side of a partition, itself among them
 */
record Server(CartHistory history, ModelCart cart, List<ModelNode> reachable, Sight sight, Instant clock) {

    /**
     * Whichever is asked.
     *
     * @param context what its client has seen, as far as that matters
     */
    static Server any(CartHistory history, ModelCart cart, @Nullable Seen context) {
        List<ModelNode> reachable = history.nodes().somewhere();
        Clock seen = context == null ? Clock.empty() : context.clock();
        Sight read = history.readSome(cart, reachable);
        Sight sight = switch (history.rules().contexts()) {
            case ONLY_WHAT_WAS_READ -> read.covers(seen) ? read : history.read(cart, reachable);
            case JOINED_WITH_THE_CLIENTS -> read.claiming(seen);
            case JOINED_WITH_ALL_IT_EVER_READ -> read.claiming(cart.everReadBy(reachable.getFirst(), read));
        };
        return new Server(history, cart, reachable, sight, history.clockOf(reachable.getFirst()));
    }

    /** Does what a device asks for, in so far as there is still anything to do. */
    void perform(String request, Operation operation, @Nullable Seen context, Consumer<ModelAnswer> answer) {
        Set<Integer> seen = context == null ? null : context.writes();
        ExactWrite write = exactly(request, seen).perform(operation);
        try {
            submit(operation, write, answer);
        } catch (CartProblem.ContextNotCovered refused) {
            history.tally().count("contexts not covered");
            boolean covered = seen == null || sight.writes().containsAll(seen);
            assertThat(covered).as("what %s has seen can be read here", request).isFalse();
        } catch (CartProblem.NothingToCheckOut refused) {
            history.tally().count("checkouts of nothing");
            assertThat(write.takes()).as("what %s is to take", request).isEmpty();
        }
    }

    /** Takes a guest's cart into this one; whoever asked may be gone before it is taken out of the guest's. */
    void absorb(ModelCart guest, String key) {
        Sight read = Server.any(history, guest, null).sight;
        Seen seen = new Seen(read.context().clock(), read.writes());
        List<Entry> originals = List.copyOf(read.state().entries().values());
        List<Entry> copies =
                originals.stream().map(entry -> copyOf(entry, guest)).toList();
        SortedSet<OperationId> withdrawn = history.rules()
                .withdrawn()
                .apply(read.state(), guest.id())
                .collect(Collectors.toCollection(TreeSet::new));
        OperationId id = history.rules().ids().apply(cart.id(), key);
        ExactWrite write = exactly(cart.id() + " " + key, null)
                .absorb(guest.id(), guest.exact(), read.writes(), withdrawnFrom(guest, read));
        if (!write.takes().isEmpty()) {
            history.tally().count("logins that took out what the guest had taken out");
        }
        if (sight.state().knows(id) && !write.changesNothing()) {
            history.tally().count("logins that were ended under their own key");
        }
        Absorb login = history.rules().logins().apply(new Absorb(id, copies, withdrawn, true), sight.state());
        submit(login, write, merged -> {
            history.tally().count("logins");
            SortedSet<OperationId> copied = originals.stream()
                    .filter(entry ->
                            merged.cart().state().knows(copyOf(entry, guest).operation()))
                    .map(Entry::operation)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> names =
                    new TreeSet<>(guest.exact().present(read.writes()).keySet());
            names.removeIf(name -> !cart.exact().isDone(ExactRequest.copy(name, guest.id()), merged.writes()));
            history.within(
                    CartHistory.UNDER_WAY,
                    () -> Server.any(history, guest, seen).release(id.copiedFrom(guest.id()), copied, names, seen));
        });
    }

    /** What is forgotten is no login's business any more, and when it is, only the cart itself knows. */
    private Set<String> withdrawnFrom(ModelCart guest, Sight read) {
        Set<String> withdrawn = guest.exact().withdrawn(read.writes());
        withdrawn.removeIf(name -> !read.state().knows(idOf(guest, name)));
        withdrawn.addAll(guest.exact()
                .ordered(checkout -> read.state().orderOf(idOf(guest, checkout)).isPresent(), read.writes()));
        return withdrawn;
    }

    private OperationId idOf(ModelCart guest, String name) {
        return history.rules().ids().apply(guest.id(), name.substring((guest.id() + " ").length()));
    }

    private void release(OperationId id, SortedSet<OperationId> copied, Set<String> names, Seen seen) {
        names.retainAll(cart.exact().present(sight.writes()).keySet());
        ExactWrite write = ExactWrite.of("a login's end", history.time()).taking(names);
        if (!names.isEmpty()) {
            write = write.releasing(cart.exact().release(sight.writes(), names));
        }
        try {
            Operation release = new Operation.Release(id, copied, seen.clock());
            submit(release, write, _ -> history.tally().count("logins that came to their end"));
        } catch (CartProblem.ContextNotCovered refused) {
            history.tally().count("logins that could not read again what they had copied");
            assertThat(sight.writes().containsAll(seen.writes())).isFalse();
        }
    }

    private void submit(Operation operation, ExactWrite write, Consumer<ModelAnswer> answer) {
        Draft draft = cart.decide(sight, operation, write, clock);
        if (draft == null) {
            assertThat(write.changesNothing())
                    .as("%s has nothing to do", operation)
                    .isTrue();
            history.tally().count("requests with nothing left to do");
            answer.accept(sight.shown());
        } else {
            if (draft.forgets()) {
                history.tally().count("writes that forgot something");
            }
            write(draft, answer);
        }
    }

    /** Writes at once or after a while, at one node or, where that one does not answer, at two. */
    private void write(Draft draft, Consumer<ModelAnswer> answer) {
        history.within(history.chance(0.3) ? CartHistory.UNDER_WAY : 0, () -> {
            ModelAnswer shown = writeAtOne(draft);
            if (history.chance(0.1)) {
                shown = writeAtOne(draft);
            }
            if (history.chance(0.7)) {
                answer.accept(shown);
            }
        });
    }

    private ModelAnswer writeAtOne(Draft draft) {
        history.tally().count("writes");
        ModelNode node = history.nodes().some(reachable).getFirst();
        ModelAnswer shown = cart.write(node, draft, history.time());
        List<ModelNode> others =
                history.chance(0.4) ? reachable : history.nodes().some(reachable);
        others.forEach(other -> cart.send(node, other));
        return shown;
    }

    private ExactRequest exactly(String request, @Nullable Set<Integer> seen) {
        return new ExactRequest(cart.exact(), request, seen, sight.writes(), clock, history.time());
    }

    private Entry copyOf(Entry entry, ModelCart guest) {
        return history.rules().copies().apply(entry, guest.id());
    }
}
