package io.dynamocart.app.processes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Six clients that add and remove through all instances, until they are told to stop. */
final class Shopping implements AutoCloseable {

    private static final int SHOPPERS = 6;

    private final String name;
    private final Shopper.Ledger ledger = new Shopper.Ledger();
    private final List<Thread> shoppers;

    /** @param name of the carts, so that others do not shop in them */
    Shopping(String name, List<CartInstance> instances) {
        this.name = name;
        this.shoppers = IntStream.range(0, SHOPPERS)
                .mapToObj(number -> Thread.ofVirtual().start(new Shopper(name, number, instances, ledger)))
                .toList();
    }

    String name() {
        return name;
    }

    /** Waits until so many more adds are confirmed. */
    void goesOnFor(int adds) throws InterruptedException {
        ledger.await(ledger.total() + adds);
    }

    /** What the clients were told so far. */
    Shopper.Ledger soFar() {
        return ledger;
    }

    /** Lets the clients finish what they are at, and tells what they were told. */
    Shopper.Ledger end() throws InterruptedException {
        ledger.end();
        for (Thread shopper : shoppers) {
            shopper.join();
        }
        ledger.await(0);
        return ledger;
    }

    /** Quantity by cart and item, as an instance answers it. */
    Map<String, Long> linesAt(CartInstance instance) {
        Map<String, Long> lines = new TreeMap<>();
        for (String cart : Shopper.carts(name)) {
            for (JsonNode line : instance.cart(cart).get("items")) {
                lines.put(
                        cart + "/" + line.get("itemId").asString(),
                        line.get("quantity").asLong());
            }
        }
        return lines;
    }

    @Override
    public void close() {
        ledger.end();
    }
}
