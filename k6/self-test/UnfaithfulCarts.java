import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cart service in memory that now and then breaks a promise, to see that the audit notices.
 *
 * <pre>java UnfaithfulCarts.java FAULT PORT PORT...</pre>
 *
 * All ports are "instances" over the same carts. FAULT is one of {@code none}, {@code lose} (confirms an add and forgets
 * it), {@code double} (counts an add twice), {@code lose-shared} and {@code double-shared} (the same, only with the line of
 * the hot cart), {@code resurrect} (confirms a remove, and the line stays), {@code forget-order} (an order is not there when
 * its checkout is repeated) and {@code apart} (each instance has its own carts). {@code hidden} breaks none: it is as seen
 * through a balancer that hides what is for operators, and carts are for the token {@code operator} only.
 */
public class UnfaithfulCarts {

    /** One in so many operations of its kind is done wrong. */
    private static final int EVERY = 3;

    private static final Pattern CART = Pattern.compile("/carts/([^/]+)(/items|/merge|/checkout)?(?:/([^/]+))?");

    private final String fault;
    private final Map<String, Map<String, Integer>> carts = new HashMap<>();
    private final Map<String, String> confirmed = new HashMap<>();
    private int operations;

    UnfaithfulCarts(String fault) {
        this.fault = fault;
    }

    public static void main(String[] arguments) throws IOException {
        String fault = arguments[0];
        UnfaithfulCarts shared = new UnfaithfulCarts(fault);
        for (String port : List.of(arguments).subList(1, arguments.length)) {
            UnfaithfulCarts carts = fault.equals("apart") ? new UnfaithfulCarts(fault) : shared;
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), 0);
            server.createContext("/carts/", exchange -> answer(exchange, carts));
            if (!fault.equals("hidden")) {
                server.createContext("/readyz", exchange -> send(exchange, 200, "{}"));
            }
            server.start();
        }
    }

    private static void answer(HttpExchange exchange, UnfaithfulCarts carts) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (carts.fault.equals("hidden") && !"Bearer operator".equals(token)) {
            send(exchange, 401, "{}");
            return;
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String answer;
        synchronized (carts) {
            answer = carts.handle(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body, String.valueOf(key));
        }
        int status = exchange.getRequestMethod().equals("POST") && exchange.getRequestURI().getPath().endsWith("items")
                ? 201
                : 200;
        send(exchange, answer.isEmpty() ? 404 : status, answer);
    }

    /** The body of the answer; empty for 404. */
    private String handle(String method, String path, String body, String key) {
        Matcher asked = CART.matcher(path);
        if (!asked.matches()) {
            return "";
        }
        Map<String, Integer> cart = carts.computeIfAbsent(asked.group(1), _ -> new TreeMap<>());
        String item = asked.group(3) == null ? field(body, "itemId") : asked.group(3);
        String operation = method + (asked.group(2) == null ? "" : asked.group(2));
        String repeated = confirmed.get(key);
        if (repeated != null) {
            return repeated;
        }
        String answer = switch (operation) {
            case "GET" -> cart(cart);
            case "GET/items" -> cart.containsKey(item) ? line(item, cart.get(item)) : "";
            case "POST/items" -> add(cart, item, Integer.parseInt(field(body, "quantity")));
            case "PATCH/items" -> set(cart, item, Integer.parseInt(field(body, "quantity")));
            case "DELETE/items" -> remove(cart, item);
            case "POST/merge" -> merge(cart, carts.computeIfAbsent(field(body, "sessionId"), _ -> new TreeMap<>()));
            case "POST/checkout" -> checkOut(cart, key);
            default -> "";
        };
        boolean forgets = operation.equals("POST/checkout") && strikes("forget-order");
        if (!method.equals("GET") && !answer.isEmpty() && !forgets) {
            confirmed.put(key, answer);
        }
        return answer;
    }

    private String add(Map<String, Integer> cart, String item, int quantity) {
        String which = item.equals("for-all") ? "-shared" : "";
        int counted = strikes("lose" + which) ? 0 : strikes("double" + which) ? 2 * quantity : quantity;
        cart.merge(item, counted, Integer::sum);
        return line(item, cart.get(item));
    }

    private String set(Map<String, Integer> cart, String item, int quantity) {
        cart.put(item, quantity);
        return line(item, quantity);
    }

    private String remove(Map<String, Integer> cart, String item) {
        if (!strikes("resurrect")) {
            cart.remove(item);
        }
        return cart(cart);
    }

    private String merge(Map<String, Integer> cart, Map<String, Integer> guest) {
        guest.forEach((item, quantity) -> cart.merge(item, quantity, Integer::sum));
        guest.clear();
        return cart(cart);
    }

    private String checkOut(Map<String, Integer> cart, String key) {
        if (cart.isEmpty()) {
            return "";
        }
        String order = "{\"orderId\":\"order-" + key + "\"," + cart(cart).substring(1);
        cart.clear();
        return order;
    }

    private boolean strikes(String which) {
        return fault.equals(which) && ++operations % EVERY == 0;
    }

    private static String cart(Map<String, Integer> cart) {
        return cart.entrySet().stream()
                .filter(line -> line.getValue() > 0)
                .map(line -> line(line.getKey(), line.getValue()))
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static String line(String item, int quantity) {
        return "{\"itemId\":\"%s\",\"quantity\":%d}".formatted(item, quantity);
    }

    private static String field(String body, String name) {
        Matcher value = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(body);
        return value.find() ? value.group(1) : "";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
