package io.dynamocart.app.cart;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dynamocart.app.cart.Remembered.Retention;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a {@link CartState}. Names are short because there are many of them; each stands beside what it
 * means here.
 */
record StoredCart(
        @JsonProperty("v") int format,
        @JsonProperty("e") @Nullable List<StoredEntry> entries,
        @JsonProperty("r") @Nullable List<StoredOperation> remembered,
        @JsonProperty("o") @Nullable List<StoredOrder> orders,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    static final int FORMAT = 1;

    record StoredEntry(
            @JsonProperty("id") StoredId operation,
            @JsonProperty("i") String item,
            @JsonProperty("b") @Nullable List<StoredDot> births,
            @JsonProperty("s") @Nullable String register,
            @JsonProperty("q") int quantity,
            @JsonProperty("p") long unitPrice,
            @JsonProperty("t") long pricedAt,

            @JsonProperty("x") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean outdated,

            @JsonProperty("g") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean copied) {

        static StoredEntry of(Entry entry) {
            return new StoredEntry(
                    StoredId.of(entry.operation()),
                    entry.item().name(),
                    entry.births().stream().map(StoredDot::of).toList(),
                    entry.effect() instanceof Effect.Sets(Register register) ? register.name() : null,
                    entry.quantity(),
                    entry.unitPrice(),
                    entry.pricedAt().toEpochMilli(),
                    entry.outdated(),
                    entry.copied());
        }

        Entry toEntry(Dot version) {
            return new Entry(
                            operation.toId(),
                            new ItemId(item),
                            orNone(births).stream().map(StoredDot::toDot).toList(),
                            register == null ? new Effect.Adds() : new Effect.Sets(new Register(register)),
                            quantity,
                            unitPrice,
                            Instant.ofEpochMilli(pricedAt),
                            outdated,
                            copied)
                    .foundIn(version);
        }
    }

    record StoredOperation(
            @JsonProperty("id") StoredId operation,
            @JsonProperty("i") @Nullable String item,

            @JsonProperty("g") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean forGuests,

            @JsonProperty("t") long at) {

        static StoredOperation of(Remembered operation) {
            ItemId item = operation.item();
            return new StoredOperation(
                    StoredId.of(operation.operation()),
                    item == null ? null : item.name(),
                    operation.retention() != Retention.WHILE_REPEATABLE,
                    operation.at().toEpochMilli());
        }

        Remembered toRemembered() {
            return new Remembered(
                    operation.toId(), item == null ? null : new ItemId(item), retention(), Instant.ofEpochMilli(at));
        }

        /** Of what is remembered for longer than its client may repeat it, only a release is about a whole cart. */
        private Retention retention() {
            if (!forGuests) {
                return Retention.WHILE_REPEATABLE;
            }
            return item == null ? Retention.WHILE_STANDING : Retention.WHILE_GUESTS_LIVE;
        }
    }

    record StoredOrder(
            @JsonProperty("n") String id,
            @JsonProperty("id") StoredId checkout,
            @JsonProperty("l") @Nullable List<StoredLine> lines,
            @JsonProperty("k") @Nullable List<StoredId> taken,
            @JsonProperty("t") long at) {

        static StoredOrder of(Order order) {
            return new StoredOrder(
                    order.id(),
                    StoredId.of(order.checkout()),
                    order.lines().stream().map(StoredLine::of).toList(),
                    order.taken().stream().map(StoredId::of).toList(),
                    order.at().toEpochMilli());
        }

        Order toOrder() {
            return new Order(
                    id,
                    checkout.toId(),
                    orNone(lines).stream().map(StoredLine::toLine).toList(),
                    orNone(taken).stream().map(StoredId::toId).toList(),
                    Instant.ofEpochMilli(at));
        }
    }

    record StoredLine(
            @JsonProperty("i") String item,
            @JsonProperty("q") long quantity,
            @JsonProperty("p") long unitPrice) {

        static StoredLine of(Line line) {
            return new StoredLine(line.item().name(), line.quantity(), line.unitPrice());
        }

        Line toLine() {
            return new Line(new ItemId(item), quantity, unitPrice);
        }
    }

    /** The two halves of the key's hash, then those of the request's. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"keyHigh", "keyLow", "requestHigh", "requestLow"})
    record StoredId(long keyHigh, long keyLow, long requestHigh, long requestLow) {

        static StoredId of(OperationId id) {
            return new StoredId(
                    id.key().high(),
                    id.key().low(),
                    id.request().high(),
                    id.request().low());
        }

        OperationId toId() {
            return new OperationId(new Hash(keyHigh, keyLow), new Hash(requestHigh, requestLow));
        }
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"node", "birth", "counter"})
    record StoredDot(String node, long birth, long counter) {

        static StoredDot of(Dot dot) {
            return new StoredDot(dot.actor().node(), dot.actor().birth(), dot.counter());
        }

        Dot toDot() {
            return new Dot(new Actor(node, birth), counter);
        }
    }

    static StoredCart of(CartState state) {
        return new StoredCart(
                FORMAT,
                state.entries().values().stream().map(StoredEntry::of).toList(),
                state.remembered().values().stream().map(StoredOperation::of).toList(),
                state.orders().values().stream().map(StoredOrder::of).toList(),
                state.unknown());
    }

    CartState toState(Dot version) {
        SortedMap<OperationId, Entry> entriesById = new TreeMap<>();
        orNone(entries).forEach(entry -> entriesById.put(entry.operation.toId(), entry.toEntry(version)));
        SortedMap<OperationId, Remembered> rememberedById = new TreeMap<>();
        orNone(remembered).forEach(one -> rememberedById.put(one.operation.toId(), one.toRemembered()));
        SortedMap<String, Order> ordersById = new TreeMap<>();
        orNone(orders).forEach(order -> ordersById.put(order.id, order.toOrder()));
        SortedMap<String, Object> passedOn = new TreeMap<>(unknown);
        // Null says no more than absence, and cannot be merged
        passedOn.values().removeIf(Objects::isNull);
        return new CartState(entriesById, rememberedById, ordersById, passedOn);
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
