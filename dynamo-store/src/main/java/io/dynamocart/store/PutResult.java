package io.dynamocart.store;

import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;

/**
 * The result of an acknowledged write.
 *
 * @param dot the name of the version it made
 * @param context what its client has now seen: the context it came with, and this version
 * @param homeReplicas how many home replicas had acknowledged it: they have it on disk, or on the way there if the
 *     nodes are set up so
 * @param standIns how many stand-ins had
 */
public record PutResult(Dot dot, Context context, int homeReplicas, int standIns) {}
