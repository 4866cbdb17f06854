package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;

/** Clients that never send the rest of a request (docs/decisions/0019). */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SlowClientsTests {

    private static final int CONNECTIONS = 20;

    /** Nothing at all, half a head, and half a body. */
    private static final List<String> BEGINNINGS = List.of(
            "",
            "POST /carts/c/items HTTP/1.1\r\nHost: local",
            "POST /carts/c/items HTTP/1.1\r\nHost: local\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");

    private static final String HEAD = " HTTP/1.1\r\nHost: local\r\nContent-Type: %s\r\nContent-Length: 16000\r\n\r\n";

    @Test
    void makeRoomForOthersBeforeLong() throws IOException {
        try (Instance instance = Instance.alone(
                        "--server.tomcat.max-connections=" + CONNECTIONS, "--server.tomcat.connection-timeout=300ms");
                Http http = new Http(instance.url())) {
            for (String beginning : BEGINNINGS) {
                List<Socket> slow = new ArrayList<>();
                for (int i = 0; i < 2 * CONNECTIONS; i++) {
                    slow.add(beginRequest(instance.url(), beginning));
                }

                http.get("/carts/c").is(200);
                for (Socket socket : slow) {
                    try (socket) {
                        socket.getInputStream().readAllBytes();
                    }
                }
            }
        }
    }

    private static Socket beginRequest(URI url, String begin) throws IOException {
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Each piece of it is in time. Read to its end, such a body would take minutes here, and a thread all the while. */
    @Test
    void cannotKeepAThreadByABodyThatDrips() throws IOException {
        try (Instance instance = Instance.alone("--server.tomcat.connection-timeout=2s")) {
            assertThat(drip(instance.url(), "POST /carts/c/items")).contains("HTTP/1.1 408", "body-too-slow");
            // What nobody wants to read is answered before, and then ends as well
            assertThat(drip(instance.url(), "POST /carts/c/checkout")).contains("HTTP/1.1 404");
            assertThat(drip(instance.url(), "GET /carts/c")).contains("HTTP/1.1 200");
            assertThat(drip(instance.url(), "POST /nowhere")).contains("HTTP/1.1 404");
            assertThat(drip(instance.url(), "POST /carts/c/items", "application/x-www-form-urlencoded"))
                    .contains("HTTP/1.1 415");
            assertThat(drip(instance.url(), "POST /carts/c/items", "multipart/form-data; boundary=x"))
                    .contains("HTTP/1.1 415");
        }
    }

    /** Nothing comes after the first bytes, if any: the time is over once, and not once more for what is left of the body. */
    @Test
    void cannotKeepAThreadByABodyThatDoesNotCome(CapturedOutput log) throws IOException {
        try (Instance instance = Instance.alone("--server.tomcat.connection-timeout=4s")) {
            for (String body : new String[] {"", "{"}) {
                long begin = System.nanoTime();
                try (Socket socket = beginRequest(
                        instance.url(), "POST /carts/c/items" + HEAD.formatted("application/json") + body)) {
                    Answer answer =
                            Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .isBetween(Duration.ofSeconds(4), Duration.ofMillis(7_500));
                    assertThat(answer.isProblem(408, "body-too-slow").text("detail"))
                            .isEqualTo("the body of a request has to be there within 4000 ms");
                }
            }
        }
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    /** It has its answer, and does not wait until all is read that it said it would send. */
    @Test
    void areNotForTheLogWhereTheyHangUp(CapturedOutput log) throws IOException {
        try (Instance instance = Instance.alone("--server.tomcat.connection-timeout=300ms")) {
            for (String path : new String[] {"POST /carts/c/items", "POST /carts/c/checkout", "GET /carts/c"}) {
                try (Socket socket = beginRequest(instance.url(), path + HEAD.formatted("application/json") + "{")) {
                    socket.setSoTimeout(20);
                    ByteArrayOutputStream heard = new ByteArrayOutputStream();
                    while (heard.size() == 0 && hear(socket, heard)) {
                        socket.getOutputStream().write(' ');
                    }
                    socket.shutdownOutput();
                    while (hear(socket, heard)) {
                        // Until nothing more comes
                    }
                }
            }
        }
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    private static String drip(URI url, String request) throws IOException {
        return drip(url, request, "application/json");
    }

    /** Sends a byte of a body now and then until the server ends the connection, and says what it was answered. */
    private static String drip(URI url, String request, String type) throws IOException {
        String head = request + HEAD.formatted(type) + "{";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = beginRequest(url, head)) {
            socket.setSoTimeout(20);
            while (!Thread.currentThread().isInterrupted() && hear(socket, answer)) {
                socket.getOutputStream().write(' ');
            }
        } catch (SocketException _) {
            // Ended while this was sending
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server may still say something. */
    private static boolean hear(Socket socket, ByteArrayOutputStream heard) throws IOException {
        byte[] bytes = new byte[4096];
        try {
            int read = socket.getInputStream().read(bytes);
            heard.write(bytes, 0, Math.max(0, read));
            return read >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    /** For each whose request is under way 150 KB of the heap, which may be 512 MB, and 120 KB beside it. */
    @Test
    void cannotBeMoreThanAnInstanceHasMemoryFor() {
        try (Instance instance = Instance.alone()) {
            TomcatServerProperties tomcat = instance.bean(TomcatServerProperties.class);

            assertThat(tomcat.getMaxConnections()).isLessThanOrEqualTo(2_000);
            assertThat(tomcat.getThreads().getMax()).isLessThanOrEqualTo(1_000);
            assertThat(tomcat.getConnectionTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
    }
}
