package io.dynamocart.store.node;

import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.version.Key;

/** All that this node holds: its own copies and the hints it keeps, which it shows to readers alike. */
record LocalCopies(Replica replica, Hints hints) {

    void get(Moment now, Key key, Reply<Copy> reply) {
        if (hints.hold(key)) {
            replica.get(now, key, (then, own) -> hints.joinTo(then, own, key, reply));
        } else {
            replica.get(now, key, reply);
        }
    }
}
