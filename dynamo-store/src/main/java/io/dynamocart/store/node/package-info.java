/**
 * The Dynamo node: one single-threaded event handler that owns replica, requests and membership, and the only one that
 * knows them all. It has no thread, socket, file, clock or random generator of its own.
 *
 * <p>{@code DynamoNode} puts it together; {@code NodeCore} is what all of it rests on. From there, by what one wants to
 * know:
 *
 * <ul>
 *   <li>requests of clients: {@code NodeStore}, {@code ClientRequests}; reads are {@code GetCoordinator}, puts
 *       {@code PutRouter}, then {@code PutCoordinator} and {@code Replication} where one coordinates;
 *   <li>other nodes: {@code Peers} and {@code Calls} ask them, {@code PeerRequests} and {@code ReplicaServer} answer;
 *       {@code Gossiper} keeps the links, {@code Probing} looks after who is suspected;
 *   <li>what is held here: {@code LocalCopies}, {@code PendingOwnWrites}; the disk under it, {@code WatchedDisk} and
 *       {@code DiskWatch};
 *   <li>who belongs to the cluster: {@code Membership} hears and says, {@code DurableHistory} writes it down,
 *       {@code ActiveRing} is the ring acted by, {@code Proposals} what ought to change; a start is {@code SavedState},
 *       {@code IncarnationRecorder}, {@code HintRecovery} and {@code Readiness};
 *   <li>data that goes elsewhere, {@code Handoffs}: {@code HintedHandoff} (paper §4.6), {@code Transfers} (§4.9) and
 *       {@code LeftoverHandoff}, all of which {@code Delivery} brings home;
 *   <li>copies that have to stay as they should be, {@code Upkeep}: {@code Scrubbing}, {@code DamageRepair},
 *       {@code AntiEntropy} (§4.7), {@code Expirer}, {@code Reaper};
 *   <li>what is told of it: {@code NodeEvent} as it happens, {@code NodeReports} for who asks.
 * </ul>
 */
@NullMarked
package io.dynamocart.store.node;

import org.jspecify.annotations.NullMarked;
