package io.dynamocart.app.containers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fills carts of its own, one after the other: adds, and at times removes a line. Each write has an {@code Idempotency-Key} and the
 * {@code Cart-Context} of the one before, and goes from one instance to another until one confirms it. So in the end there
 * is no write of unknown outcome, and the carts must hold exactly what is {@link #expected}.
 */
final class Customer implements Runnable {

    private static final int ITEMS = 5;
    private static final int EVERY = 4;
    /** Writes to one cart; a cart takes no more than it can remember. */
    private static final int WRITES = 500;
    /** Between two tries; a write that no instance can take at present is not worth more of the processor. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final int number;
    private final List<String> urls;
    private final Confirmed confirmed;
    private final Map<String, Map<String, Integer>> expected = new TreeMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private String cart = "";
    private @Nullable String context;

    Customer(int number, List<String> urls, Confirmed confirmed) {
        this.number = number;
        this.urls = urls;
        this.confirmed = confirmed;
    }

    /** Of each cart, quantity by item, once it has ended. */
    Map<String, Map<String, Integer>> expected() {
        return expected;
    }

    @Override
    public void run() {
        Map<String, Integer> lines = beginCart(0);
        for (int turn = 1; !confirmed.isOver(); turn++) {
            if (turn % WRITES == 0) {
                lines = beginCart(turn / WRITES);
            }
            String item = "item-" + turn % ITEMS;
            if (turn % EVERY == 0 && lines.containsKey(item)) {
                write("DELETE", "/items/" + item, "", turn);
                lines.remove(item);
            } else {
                write("POST", "/items", "{\"itemId\":\"%s\",\"quantity\":1,\"unitPrice\":100}".formatted(item), turn);
                lines.merge(item, 1, Integer::sum);
            }
        }
    }

    private Map<String, Integer> beginCart(int count) {
        cart = "customer-%d-%d".formatted(number, count);
        context = null;
        return expected.computeIfAbsent(cart, _ -> new TreeMap<>());
    }

    private void write(String method, String path, String body, int turn) {
        for (int tries = 0;
                !confirmed.isAbandoned() && !isConfirmed(instance(turn, tries), method, path, body, turn);
                tries++) {
            confirmed.repeat();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * Always of the same half of the instances. Who goes to and fro while these are apart has soon seen what neither half
     * can read, and cannot remove anything before they meet again.
     */
    private int instance(int turn, int tries) {
        int half = urls.size() / 2;
        return number % 2 * half + (turn + tries) % half;
    }

    private boolean isConfirmed(int instance, String method, String path, String body, int turn) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(urls.get(instance) + "/carts/" + cart + path))
                .timeout(Duration.ofSeconds(2))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "%d-%d".formatted(number, turn))
                .method(method, BodyPublishers.ofString(body));
        if (context != null) {
            request.header("Cart-Context", context);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                confirmed.refused(answer.statusCode(), answer.body());
                return false;
            }
            context = answer.headers().firstValue("Cart-Context").orElse(context);
            confirmed.at(instance);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
