package io.dynamocart.app.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs commands of the operating system. */
final class Commands {

    private Commands() {}

    /** What a command printed, and how it ended. */
    record Outcome(int exit, String output) {}

    /** Runs a command that has to succeed. */
    static void run(String... command) {
        Outcome outcome = attempt(command);
        if (outcome.exit != 0) {
            throw new AssertionError("%s: %s".formatted(List.of(command), outcome));
        }
    }

    /** Runs a command that may fail, or not be there. */
    static Outcome attempt(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
