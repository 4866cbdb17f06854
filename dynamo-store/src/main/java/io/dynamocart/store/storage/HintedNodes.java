package io.dynamocart.store.storage;

import io.dynamocart.store.ring.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;

/** Finds for which nodes a database holds hints, by jumping from the first hint for one to the first for the next. */
final class HintedNodes {

    private HintedNodes() {}

    static List<NodeId> in(DB db) {
        List<NodeId> nodes = new ArrayList<>();
        try (DBIterator iterator = db.iterator()) {
            iterator.seek(Location.ofHints());
            while (iterator.hasNext()) {
                NodeId node = Location.hintedNodeAt(iterator.peekNext().getKey());
                if (node == null) {
                    break;
                }
                nodes.add(node);
                iterator.seek(Location.behind(Location.ofHintsFor(node)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an iterator did not close", e);
        }
        return nodes.stream().sorted().toList();
    }
}
