package io.dynamocart.app.processes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A client as a careful storefront is one: every add has an {@code Idempotency-Key}, and is sent to the next instance if
 * one does not confirm it. Counts what was confirmed.
 */
final class Shopper implements Runnable {

    private static final int CARTS = 4;

    private final int number;
    private final List<CartInstance> instances;
    private final Ledger ledger;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** What all shoppers together were told. */
    static final class Ledger {
        private final Map<String, Long> confirmed = new TreeMap<>();
        private int mostTries;
        private long repeated;
        private long total;
        private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
        private volatile boolean over;

        void end() {
            over = true;
        }

        /** Quantity confirmed, by cart and item. */
        synchronized Map<String, Long> confirmed() {
            return Map.copyOf(confirmed);
        }

        /** Tries of the add that needed most. */
        synchronized int mostTries() {
            return mostTries;
        }

        /** Adds that needed more than one try. */
        synchronized long repeated() {
            return repeated;
        }

        /** What clients got instead of a confirmation, each kind once. */
        Set<String> refusals() {
            return new TreeSet<>(refusals);
        }

        synchronized long total() {
            return total;
        }

        /** Waits until so much is confirmed in all. */
        synchronized void await(long until) throws InterruptedException {
            while (total < until) {
                wait();
            }
        }

        private synchronized void confirm(String line, int tries) {
            confirmed.merge(line, 1L, Long::sum);
            mostTries = Math.max(mostTries, tries);
            repeated += tries > 1 ? 1 : 0;
            total++;
            notifyAll();
        }
    }

    Shopper(int number, List<CartInstance> instances, Ledger ledger) {
        this.number = number;
        this.instances = instances;
        this.ledger = ledger;
    }

    @Override
    public void run() {
        for (int request = 1; !ledger.over; request++) {
            String cart = "cart-" + (number + request) % CARTS;
            String item = "item-" + request % 3;
            add(cart, item, "shopper-%d-%d".formatted(number, request), request);
        }
    }

    private void add(String cart, String item, String key, int first) {
        for (int tries = 1; true; tries++) {
            CartInstance instance = instances.get((first + tries) % instances.size());
            if (isConfirmed(instance, cart, item, key)) {
                ledger.confirm(cart + "/" + item, tries);
                return;
            }
            if (tries == 100) {
                throw new AssertionError("no instance takes " + key);
            }
        }
    }

    private boolean isConfirmed(CartInstance instance, String cart, String item, String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(instance.url() + "/carts/" + cart + "/items"))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"itemId\":\"%s\",\"quantity\":1,\"unitPrice\":100}".formatted(item)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                ledger.refusals.add(response.statusCode() + " " + response.body());
            }
            return response.statusCode() == 201;
        } catch (IOException e) {
            ledger.refusals.add(String.valueOf(e.getClass().getSimpleName()));
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
