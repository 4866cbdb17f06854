package io.dynamocart.store.gossip;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.ring.Partitioning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The birth of a cluster (docs/architecture.md, "Birth of a cluster"; paper §4.8.2): a seed that knows of no cluster
 * and has met every other seed in the same state founds one with all of them. Two seeds that do so at once found the
 * same one. A node that meets a cluster takes that one instead, so a seed that lost its disk founds no second: another
 * seed tells it of the first. The only seed has no other, and listens for some rounds to whoever calls it. Not
 * thread-safe.
 */
public final class Birth {

    /** Rounds of gossip in which the only seed listens. */
    private static final int ROUNDS_ALONE = 5;

    private final Partitioning partitioning;
    private final int homes;
    private final Set<String> seeds;
    private final Map<String, Member> met = new TreeMap<>();
    private int rounds;

    /**
     * Waits for the seeds.
     *
     * @param seeds addresses of all seeds; a node whose own address is not among them founds nothing
     */
    public Birth(Member self, List<String> seeds, Partitioning partitioning, int homes) {
        this.partitioning = partitioning;
        this.homes = homes;
        this.seeds = new TreeSet<>(seeds);
        met.put(self.address(), self);
    }

    /** Another node introduced itself and knew of no cluster either. */
    public void onMet(Member other) {
        met.put(other.address(), other);
    }

    /** A round of gossip begins, and nobody has told of a cluster yet. */
    public void onRound() {
        rounds++;
    }

    /** The new cluster, once every seed was met and this node is one of them; later, if it is the only one. */
    public Optional<MembershipHistory> founded(Member self) {
        if (!seeds.contains(self.address()) || !met.keySet().containsAll(seeds) || waitsAlone()) {
            return Optional.empty();
        }
        List<Member> founders = seeds.stream().map(met::get).toList();
        return Optional.of(new MembershipHistory(new Founding(partitioning, homes, founders)));
    }

    private boolean waitsAlone() {
        return seeds.size() == 1 && rounds <= ROUNDS_ALONE;
    }

    /** Seeds that have not been met yet. */
    public List<String> missing() {
        return seeds.stream().filter(seed -> !met.containsKey(seed)).toList();
    }
}
