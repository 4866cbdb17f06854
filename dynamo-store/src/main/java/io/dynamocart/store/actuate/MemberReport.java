package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import java.util.List;

/**
 * A report on one node on the ring.
 *
 * @param owns partitions of which it is the first home replica
 * @param holds partitions of which it is a home replica
 * @param joining partitions that are on their way to it
 */
public record MemberReport(
        String id, String address, String zone, int weight, String incarnation, int owns, int holds, int joining) {

    static MemberReport of(Member member, List<PreferenceList> lists) {
        NodeId id = member.id();
        return new MemberReport(
                id.name(),
                member.address(),
                member.zone(),
                member.weight(),
                Long.toHexString(member.number()),
                (int) lists.stream()
                        .filter(list ->
                                list.homes() > 0 && list.nodes().getFirst().equals(id))
                        .count(),
                (int) lists.stream().filter(list -> list.isHome(id)).count(),
                (int) lists.stream().filter(list -> list.joining().contains(id)).count());
    }
}
