package io.dynamocart.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** A request that was right, of the API or of what else an instance serves, before a seeded source spoilt it in some places. */
final class MangledRequest {

    private static final String CART = "/carts/fuzzed";
    private static final String ITEM = "{\"itemId\":\"apple\",\"quantity\":1,\"unitPrice\":150}";
    private static final String GUEST = "{\"sessionId\":\"guest\"}";

    private static final List<Right> RIGHT = List.of(
            new Right("GET", CART, ""),
            new Right("HEAD", CART, ""),
            new Right("DELETE", CART, ""),
            new Right("GET", CART + "/items", ""),
            new Right("POST", CART + "/items", ITEM),
            new Right("POST", CART + "/items", ITEM),
            new Right("PATCH", CART + "/items", ITEM),
            new Right("GET", CART + "/items/apple", ""),
            new Right("DELETE", CART + "/items/apple", ""),
            new Right("GET", CART + "/merge?sessionId=guest", ""),
            new Right("POST", CART + "/merge", GUEST),
            new Right("POST", CART + "/checkout", ""),
            new Right("GET", CART + "/versions?strategy=paper-union", ""),
            new Right("GET", "/", ""),
            new Right("GET", "/page/settings.json", ""),
            new Right("GET", "/readyz", ""),
            new Right("GET", "/actuator/ring", ""),
            new Right("GET", "/actuator/key/fuzzed", ""),
            new Right("POST", "/actuator/ring/commit", "{\"id\":\"none\"}"));

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "BREW",
            "get",
            "",
            "P\0ST",
            "GET,POST",
            "PRI",
            "X".repeat(9_000));

    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/1.1", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1 x", "http/1.1", "", "HTTP/");

    private static final List<String> IN_TARGETS = List.of(
            "%",
            "%zz",
            "%00",
            "%0a",
            "%0d%0a",
            "%2e%2e",
            "%2f",
            "%5c",
            "%25",
            "%ff",
            "%c0%ae",
            "%ed%a0%80",
            "..",
            "/../",
            "/./",
            "//",
            ";a=b",
            ";",
            "?",
            "??",
            "#",
            "&",
            "=",
            "\\",
            "|",
            "[",
            "]",
            "{",
            "}",
            "^",
            "\"",
            "<",
            "*",
            "@",
            ":",
            "+",
            " ",
            "\t",
            "\0",
            "\u0001",
            "\u007f",
            "\u0085",
            "\u00ff",
            "http://",
            "//evil.example/",
            "?sessionId=%zz",
            "?sessionId=%ff",
            "?strategy=%",
            "?strategy[]=x",
            "?" + "a&".repeat(1_500),
            "a".repeat(200),
            "x".repeat(9_000),
            "/".repeat(3_000),
            "%41".repeat(2_000));

    private static final List<String> NAMES = List.of(
            "Content-Type",
            "Content-Length",
            "Transfer-Encoding",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "Idempotency-Key",
            "Cart-Context",
            "Authorization",
            "Range",
            "If-Range",
            "Expect",
            "Host",
            "Connection",
            "Upgrade",
            "HTTP2-Settings",
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "Content-Encoding",
            "Origin",
            "Access-Control-Request-Method",
            "Sec-Fetch-Site",
            "X-Request-Id",
            "X-Forwarded-For",
            "X-Forwarded-Prefix",
            "Forwarded",
            "X-HTTP-Method-Override",
            "traceparent",
            "baggage",
            "Cookie",
            "TE",
            "Trailer",
            "",
            " ",
            "A B",
            "A\0B",
            "A\u00e4",
            "(",
            "N".repeat(9_000));

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "1",
            "-1",
            "+5",
            "5, 5",
            "5, 6",
            "0x10",
            "16385",
            "99999999999999999999",
            "*",
            "*/*",
            "a/b;q=2",
            "a/b," + "a/b,".repeat(2_000),
            "text/html;q=0.1, application/json",
            "application/json",
            "application/json; charset=klingon",
            "application/json; charset=\"",
            "application/json; charset=utf-16",
            "application/json;;;=",
            "application/*",
            "application/*+json;q=0.5",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/problem+json",
            "application/cbor",
            "chunked",
            "chunked, chunked",
            "gzip, chunked",
            "identity",
            "\u000bchunked",
            "100-continue",
            "200-ok",
            "bytes=0-0",
            "bytes=9-1",
            "bytes=-",
            "bytes=" + "0-1,".repeat(3_000),
            "\"a\", W/\"b\"",
            "\"",
            "x" + " ".repeat(6_000) + "x",
            "W/".repeat(3_000),
            "\"\",".repeat(3_000),
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Thu, 99 Foo 9999999999 00:00:00 GMT",
            "Bearer x",
            "Bearer " + "=".repeat(4_000),
            "Basic",
            "Basic !!!",
            "Basic dXNlcg==",
            "localhost:99999",
            "localhost:",
            "[::1",
            "a, b",
            "http://evil.example",
            "null",
            "upgrade",
            "close",
            "keep-alive, close, TE",
            "h2c",
            "websocket",
            "AAMAAABkAAQAAP__",
            "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-ff",
            "for=\"[",
            "zh-Hant-x-" + "a".repeat(200),
            "en;q=x",
            "a=b; ".repeat(2_000),
            "\0",
            "\u0001",
            "\u0085",
            "\u00e4\u00f6",
            "a\r\n b",
            "a\rb",
            "A".repeat(255),
            "A".repeat(256),
            "A".repeat(6_000));

    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "\"",
            "{",
            ITEM + ITEM,
            ITEM + " ".repeat(16_384),
            ITEM + " ".repeat(100_000),
            "[".repeat(8_000),
            "{\"itemId\":" + "[".repeat(8_000),
            "{\"a\":".repeat(2_000),
            "{\"quantity\":1e999999999}",
            "{\"quantity\":" + "9".repeat(10_000) + "}",
            "{\"unitPrice\":-0.0000000001E-2147483648}",
            "{\"itemId\":\"\\ud800\",\"quantity\":1,\"unitPrice\":1}",
            "{\"itemId\":\"" + "a".repeat(12_000) + "\",\"quantity\":1,\"unitPrice\":1}",
            "{\"" + "k".repeat(12_000) + "\":1}",
            "{\"itemId\":\"\\u0000\",\"quantity\":null,\"unitPrice\":true}",
            "\0\0\0{",
            "\u00fe\u00ff\0{\0}",
            "\u00ff\u00fe{\0}\0",
            "\u00ef\u00bb\u00bf" + ITEM,
            "\u00ff\u00fe\u00fd",
            "a=b&a=%zz&=&%",
            "a&".repeat(6_000),
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n",
            "\u00bffid" + "\u009f".repeat(3_000),
            "\u001f\u008b\b\0");

    private static final List<String> CHUNKS = List.of(
            "zz\r\n",
            "-1\r\n",
            "ffffffffffffffff\r\n",
            "7fffffff\r\n",
            "0\r\n",
            "0\r\nX: y\r\n",
            "0\r\nno colon\r\n\r\n",
            "5;" + "e".repeat(9_000) + "\r\n",
            "5;a=\"\r\n",
            "1\r\nab\r\n",
            "1\na\n",
            "\r\n",
            "00000000000000001\r\na\r\n",
            "0\r\n" + "X: y\r\n".repeat(2_000));

    /** As an instance takes it. */
    private record Right(String method, String target, String json) {}

    private final SeededRandom random;
    private String method;
    private String target;
    private String version = "HTTP/1.1";
    private String body;
    private final List<String> headers = new ArrayList<>(List.of("Host: localhost", "Content-Type: application/json"));

    private MangledRequest(SeededRandom random) {
        this.random = random;
        Right right = random.pick(RIGHT);
        this.method = right.method;
        // One of a hundred carts, so that none becomes a large one
        this.target = right.target.replace("fuzzed", "fuzzed-" + random.nextInt(100));
        this.body = right.json;
    }

    /** What somebody sends on one connection: such requests one after the other, the last of them maybe not to its end. */
    static byte[] several(SeededRandom random) {
        StringBuilder sent = new StringBuilder();
        int requests = 1 + random.nextInt(3);
        for (int i = 0; i < requests; i++) {
            sent.append(one(random));
        }
        byte[] bytes = sent.toString().getBytes(ISO_8859_1);
        return random.chance(0.2) ? Damage.any(bytes, random) : bytes;
    }

    private static String one(SeededRandom random) {
        MangledRequest request = new MangledRequest(random);
        int spoilt = random.nextInt(4);
        for (int i = 0; i < spoilt; i++) {
            request.spoil();
        }
        return request.text();
    }

    private void spoil() {
        switch (random.nextInt(8)) {
            case 0 -> method = random.pick(METHODS);
            case 1 -> version = random.pick(VERSIONS);
            case 2, 3 -> target = with(target, random.pick(IN_TARGETS));
            case 4, 5 ->
                headers.add(random.nextInt(headers.size() + 1), random.pick(NAMES) + ": " + random.pick(VALUES));
            case 6 -> headers.remove(random.pick(List.of("Host: localhost", "Content-Type: application/json")));
            default -> body = random.pick(BODIES);
        }
    }

    /** Somewhere in it. */
    private String with(String text, String part) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + part + text.substring(at);
    }

    private String text() {
        boolean chunked = !body.isEmpty() && random.chance(0.2);
        List<String> all = new ArrayList<>(headers);
        if (chunked) {
            all.add("Transfer-Encoding: chunked");
        } else if (!body.isEmpty()) {
            all.add("Content-Length: " + (random.chance(0.9) ? body.length() : random.nextInt(2 * body.length())));
        }
        String head = method + " " + target + " " + version + "\r\n" + String.join("\r\n", all) + "\r\n\r\n";
        return head + (chunked ? inChunks() : body);
    }

    private String inChunks() {
        String chunks = "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
        return random.chance(0.5) ? chunks : with(chunks, random.pick(CHUNKS));
    }
}
