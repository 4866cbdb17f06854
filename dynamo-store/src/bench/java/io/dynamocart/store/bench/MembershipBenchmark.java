package io.dynamocart.store.bench;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Move;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.ring.Claim;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Seat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What members and partitions cost the thread that serves requests, when there are many; docs/hundreds-of-nodes.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MembershipBenchmark {

    private static final int HOMES = 3;

    /** Members, and partitions. */
    @Param({"20/1024", "100/1024", "100/4096", "300/4096", "300/8192"})
    public String size = "";

    private int partitions;
    private List<Seat> seats = List.of();
    private MembershipHistory quiet = MembershipHistory.empty();
    private MembershipHistory underPlan = MembershipHistory.empty();
    private @Nullable Plan plan;
    private @Nullable Move move;

    @Setup
    public void found() {
        String[] sizes = size.split("/", 2);
        partitions = Integer.parseInt(sizes[1]);
        List<Member> members = IntStream.range(0, Integer.parseInt(sizes[0]))
                .mapToObj(MembershipBenchmark::member)
                .toList();
        seats = members.stream().map(Member::seat).toList();
        quiet = new MembershipHistory(new Founding(partitions, HOMES, members));
        plan = planThatOneJoins();
        underPlan = quiet.propose(plan);
        for (Member member : members) {
            underPlan = underPlan.stored(member.incarnation());
        }
        move = plan.moves().stream()
                .filter(each -> each.from() != null)
                .findFirst()
                .orElseThrow();
        if (firstRelease().equals(underPlan)) {
            throw new IllegalStateException("the plan is not carried out");
        }
    }

    private static Member member(int number) {
        return new Member(new NodeId("node-" + number), "10.0.0." + number + ":7000", "zone-" + number % 3, 1, number + 1);
    }

    /** Who owns what, at a start. */
    @Benchmark
    public List<NodeId> owners() {
        return Claim.forNewRing(seats, partitions, HOMES);
    }

    /** A plan, when it is made. */
    @Benchmark
    public Plan planThatOneJoins() {
        Member author = quiet.members().getFirst();
        return quiet.plan(author.incarnation(), List.of(new Change.Join(member(seats.size()))));
    }

    /** The ring under a plan, for each change of it. */
    @Benchmark
    public Optional<Ring> ringAfterARelease() {
        return firstRelease().ring();
    }

    private MembershipHistory firstRelease() {
        Move released = Objects.requireNonNull(move, "no move");
        Incarnation from = Objects.requireNonNull(released.from(), "from nowhere");
        return underPlan.release(Objects.requireNonNull(plan, "no plan").id(), from, List.of(released.partition()));
    }
}
