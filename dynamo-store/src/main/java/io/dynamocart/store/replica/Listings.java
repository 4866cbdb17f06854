package io.dynamocart.store.replica;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Records.ScanOutcome;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what this node has on disk of a range, for who is about to fetch it. */
public record Listings(Records records) {

    /**
     * A page of a listing.
     *
     * @param entries keys by token, and then by key; a damaged record has the sum of none
     * @param last whether none come after these
     */
    public record Page(List<KeyDigest> entries, boolean last) {}

    /**
     * Replies with nothing where the disk does not answer.
     *
     * @param most entries in it
     */
    public void page(TokenRange range, @Nullable Key after, int most, Reply<Optional<Page>> reply) {
        records.scan(range, after, (now, outcome) -> {
            switch (outcome) {
                case ScanOutcome.Failed _ -> reply.accept(now, Optional.empty());
                case ScanOutcome.Page page -> reply.accept(now, Optional.of(page(page, most)));
            }
        });
    }

    private static Page page(ScanOutcome.Page page, int most) {
        boolean cut = page.items().size() > most;
        List<Item> first = cut ? page.items().subList(0, most) : page.items();
        return new Page(first.stream().map(Listings::entry).toList(), page.last() && !cut);
    }

    private static KeyDigest entry(Item item) {
        return new KeyDigest(
                item.key(),
                item.outcome() instanceof ReadOutcome.Found found
                        ? Digest.of(item.key(), found.record().versions())
                        : Digest.NONE);
    }
}
