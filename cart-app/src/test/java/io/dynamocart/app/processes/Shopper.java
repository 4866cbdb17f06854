package io.dynamocart.app.processes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A client as a careful storefront is one: every write has an {@code Idempotency-Key}, and is sent to the next instance
 * if one does not confirm it. Keeps account of what was confirmed.
 */
final class Shopper implements Runnable {

    /**
     * Shoppers go from one to the next right behind each other, so they meet. With fewer carts each would soon be so full
     * that reading and writing it takes most of the processors.
     */
    private static final int CARTS = 48;

    private static final int ITEMS = 3;

    /** Of so many adds, one is taken out again by who made it. */
    private static final int REMOVED = 5;

    private static final int PATIENCE = 100;

    /** What a client thinks between two requests; without it six of them leave no processor to an instance that starts. */
    private static final long THINKING = Duration.ofMillis(25).toNanos();

    /** For an instance that hangs. Others may take as long as a machine with too much to do: that is no refusal. */
    private static final Duration PATIENCE_WITH_HANGING = Duration.ofSeconds(2);

    private static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(20);

    private final String shopping;
    private final int number;
    private final List<CartInstance> instances;
    private final Ledger ledger;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private int tried;

    /** What all shoppers together were told. */
    static final class Ledger {
        private final Map<String, Long> lines = new TreeMap<>();
        private final Set<String> refusals = new TreeSet<>();
        private int mostTries;
        private long repeated;
        private final Set<String> removed = new TreeSet<>();
        private long total;
        private @Nullable AssertionError broken;
        private volatile boolean over;

        void end() {
            over = true;
        }

        /** Quantity that must be there, by cart and item. */
        synchronized Map<String, Long> lines() {
            return Map.copyOf(lines);
        }

        /** Lines that must not be there any more. */
        synchronized Set<String> removed() {
            return Set.copyOf(removed);
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
        synchronized Set<String> refusals() {
            return Set.copyOf(refusals);
        }

        /** Adds confirmed. */
        synchronized long total() {
            return total;
        }

        /** Waits until so many adds are confirmed in all. */
        synchronized void await(long until) throws InterruptedException {
            while (total < until && broken == null) {
                wait();
            }
            if (broken != null) {
                throw broken;
            }
        }

        @Override
        public synchronized String toString() {
            return "%d adds confirmed, %d of them repeated, at most %d tries, %d taken out again"
                    .formatted(total, repeated, mostTries, removed.size());
        }

        private synchronized void confirm(String line, int tries) {
            lines.merge(line, 1L, Long::sum);
            mostTries = Math.max(mostTries, tries);
            repeated += tries > 1 ? 1 : 0;
            total++;
            notifyAll();
        }

        private synchronized void remove(String line) {
            lines.remove(line);
            removed.add(line);
        }

        private synchronized void giveUp(String why) {
            broken = new AssertionError("%s; clients were told %s".formatted(why, refusals));
            over = true;
            notifyAll();
        }

        private synchronized void refuse(String answer) {
            refusals.add(answer);
        }
    }

    Shopper(String shopping, int number, List<CartInstance> instances, Ledger ledger) {
        this.shopping = shopping;
        this.number = number;
        this.instances = instances;
        this.ledger = ledger;
    }

    /** The carts that shoppers share. */
    static List<String> carts(String shopping) {
        return IntStream.range(0, CARTS)
                .mapToObj(cart -> shopping + "-cart-" + cart)
                .toList();
    }

    @Override
    public void run() {
        try {
            shop();
        } catch (NobodyTook nobody) {
            ledger.giveUp("no instance takes " + nobody.key);
        } catch (RuntimeException | Error e) {
            ledger.giveUp("shopper %d ended by %s".formatted(number, e));
        }
    }

    /** All instances have refused a request again and again. */
    private static final class NobodyTook extends Exception {
        private final String key;

        NobodyTook(String key) {
            this.key = key;
        }
    }

    private void shop() throws NobodyTook {
        for (int request = 1; !ledger.over; request++) {
            LockSupport.parkNanos(THINKING);
            String cart = carts(shopping).get((number + request) % CARTS);
            String key = "%s-%d-%d".formatted(shopping, number, request);
            if (request % REMOVED == 0) {
                // Of an item that nobody else takes, and with the context of the add: it has to go, and for good
                String item = "item-of-" + number + "-" + request;
                remove(cart, item, key + "-again", add(cart, item, key));
            } else {
                add(cart, "item-" + request % ITEMS, key);
            }
        }
    }

    private String add(String cart, String item, String key) throws NobodyTook {
        String body = "{\"itemId\":\"%s\",\"quantity\":1,\"unitPrice\":100}".formatted(item);
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        int before = tried;
        HttpResponse<String> confirmed = confirm("/carts/" + cart + "/items", key, request, 201);
        ledger.confirm(cart + "/" + item, tried - before);
        return confirmed.headers().firstValue("Cart-Context").orElseThrow();
    }

    private void remove(String cart, String item, String key, String context) throws NobodyTook {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().header("Cart-Context", context).DELETE();
        confirm("/carts/" + cart + "/items/" + item, key, request, 202);
        ledger.remove(cart + "/" + item);
    }

    /** Sends a request to one instance after the other until one confirms it. */
    private HttpResponse<String> confirm(String path, String key, HttpRequest.Builder request, int confirmation)
            throws NobodyTook {
        request.header("Idempotency-Key", key);
        for (int tries = 1; tries <= PATIENCE; tries++) {
            CartInstance instance = instances.get((number + tried++) % instances.size());
            request.uri(URI.create(instance.url() + path))
                    .timeout(instance.isPaused() ? PATIENCE_WITH_HANGING : PATIENCE_WITH_OTHERS);
            Optional<HttpResponse<String>> answer = send(request.build(), confirmation);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new NobodyTook(key);
    }

    private Optional<HttpResponse<String>> send(HttpRequest request, int confirmation) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == confirmation) {
                return Optional.of(response);
            }
            ledger.refuse(request.uri().getHost() + " " + response.statusCode() + " " + response.body());
        } catch (IOException e) {
            ledger.refuse(request.uri().getHost() + " " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Optional.empty();
    }
}
