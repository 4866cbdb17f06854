package io.dynamocart.store.node;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.replica.ReplicaLimits;

/** Settings that differ from others in one thing. */
public final class ChangedSettings {

    private ChangedSettings() {}

    public static NodeSettings with(NodeSettings settings, Member self) {
        return with(settings, self, settings.limits(), settings.repair());
    }

    public static NodeSettings with(NodeSettings settings, ReplicaLimits limits) {
        return with(settings, settings.self(), limits, settings.repair());
    }

    public static NodeSettings with(NodeSettings settings, RepairSettings repair) {
        return with(settings, settings.self(), settings.limits(), repair);
    }

    public static RepairSettings with(RepairSettings repair, ReapSettings reaping) {
        return new RepairSettings(
                repair.exchangeEvery(), repair.exchange(), repair.scrubEvery(), repair.foregroundLimit(), reaping);
    }

    private static NodeSettings with(NodeSettings settings, Member self, ReplicaLimits limits, RepairSettings repair) {
        return new NodeSettings(
                self,
                settings.seeds(),
                settings.join(),
                settings.partitioning(),
                settings.read(),
                settings.write(),
                settings.detector(),
                limits,
                settings.hints(),
                settings.hedgesPerRead(),
                settings.repairWait(),
                settings.gossipEvery(),
                repair,
                settings.expiry());
    }
}
