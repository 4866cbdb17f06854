package io.dynamocart.app.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to somebody who says all there is to say at once. What is answered must be HTTP, whatever was said. */
final class Conversation {

    /** Nobody has to wait for more, so nothing should take as long as any time-out. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String BEGIN = "HTTP/1.1 ";
    private static final Pattern HEAD =
            Pattern.compile(BEGIN + "([1-5]\\d\\d)[^\\r\\n]*+\\r\\n((?:[A-Za-z-]++:[^\\r\\n]*+\\r\\n)*+)\\r\\n");
    private static final Pattern CHUNK = Pattern.compile("(\\p{XDigit}{1,6})\\r\\n");

    private final String heard;
    private final boolean asksForHeads;
    private final List<Answer> answers = new ArrayList<>();
    private int at;

    private Conversation(String heard, boolean asksForHeads) {
        this.heard = heard;
        this.asksForHeads = asksForHeads;
    }

    /**
     * Says this, and reads until the server ends the connection, which it may do at any time.
     *
     * @throws AssertionError if what it answers is no HTTP
     */
    static List<Answer> with(URI server, byte[] said) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        boolean whole = false;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            say(socket, said);
            socket.getInputStream().transferTo(heard);
            whole = true;
        } catch (SocketException _) {
            // Ended before the server had read everything: the rest of its answer is lost
        }
        Conversation conversation =
                new Conversation(heard.toString(ISO_8859_1), new String(said, ISO_8859_1).contains("HEAD"));
        return conversation.answers(whole);
    }

    private static void say(Socket socket, byte[] said) throws IOException {
        try {
            socket.getOutputStream().write(said);
            socket.shutdownOutput();
        } catch (SocketException _) {
            // It did not listen to the end, but may have answered
        }
    }

    private List<Answer> answers(boolean whole) {
        while (at < heard.length() && readAnswer()) {
            // And the next
        }
        if (at < heard.length() && heard.charAt(at) == '{') {
            // What is left of a request may be one of HTTP/0.9, whose answer has no head and ends with the connection
            answers.add(new Answer(0, headers(""), heard.substring(at)));
        } else if (whole && at < heard.length()) {
            throw new AssertionError("not HTTP, from character %d on: %s".formatted(at, heard));
        }
        return answers;
    }

    /** Whether there is a whole one. */
    private boolean readAnswer() {
        Matcher head = HEAD.matcher(heard).region(at, heard.length());
        if (!head.lookingAt()) {
            return false;
        }
        int status = Integer.parseInt(head.group(1));
        HttpHeaders headers = headers(head.group(2));
        int begin = head.end();
        StringBuilder body = new StringBuilder();
        int end = hasNoBody(status, begin) ? begin : readBody(headers, begin, body);
        if (end < 0 || end > heard.length()) {
            return false;
        }
        at = end;
        answers.add(new Answer(status, headers, body.toString()));
        return true;
    }

    private static HttpHeaders headers(String lines) {
        Map<String, List<String>> headers = new TreeMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        });
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    /** An answer to HEAD has the headers of a body that is not there. */
    private boolean hasNoBody(int status, int begin) {
        return status < 200
                || status == 204
                || status == 304
                || (asksForHeads && (begin == heard.length() || heard.startsWith(BEGIN, begin)));
    }

    /** Where it ends, which may be later than all that was heard; -1 if nowhere. */
    private int readBody(HttpHeaders headers, int begin, StringBuilder body) {
        if (headers.firstValue("Transfer-Encoding").isPresent()) {
            return readChunks(begin, body);
        }
        int length = (int) headers.firstValueAsLong("Content-Length").orElse(heard.length() - begin);
        if (begin + length <= heard.length()) {
            body.append(heard, begin, begin + length);
        }
        return begin + length;
    }

    private int readChunks(int begin, StringBuilder body) {
        Matcher chunk = CHUNK.matcher(heard);
        int next = begin;
        while (chunk.region(next, heard.length()).lookingAt()) {
            int length = Integer.parseInt(chunk.group(1), 16);
            int end = chunk.end() + length;
            if (!heard.startsWith("\r\n", end)) {
                return -1;
            }
            body.append(heard, chunk.end(), end);
            next = end + 2;
            if (length == 0) {
                return next;
            }
        }
        return -1;
    }
}
