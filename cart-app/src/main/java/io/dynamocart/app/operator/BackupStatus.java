package io.dynamocart.app.operator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The state of the last backup of an instance.
 *
 * @param begun when it was, the same at all nodes that take part; empty where there is none to tell of
 * @param state {@code running}, {@code done} or {@code failed}; empty where there is none to tell of
 * @param damaged records that were left out
 * @param words all that is known, and of which instance
 * @param exit what a command ends with that had asked for no more
 */
record BackupStatus(String begun, String state, long damaged, String words, int exit) {

    private static final List<String> FIELDS = List.of("latest");

    static BackupStatus of(Instance instance) throws InterruptedException {
        return ask(instance, () -> instance.get("backup", FIELDS));
    }

    /** Begins one. */
    static BackupStatus begin(Instance instance) throws InterruptedException {
        return ask(instance, () -> instance.post("backup/begin", Map.of(), FIELDS));
    }

    /** Whether the instance has come to the end of the backup that was begun then. */
    boolean hasEnded(String time) {
        return begun.equals(time) && !state.equals("running");
    }

    /** Whether the instance has the backup that was begun then, with all its records. */
    boolean isWhole(String time) {
        return begun.equals(time) && state.equals("done") && damaged == 0;
    }

    private interface Question {
        Instance.Answer ask() throws IOException, InterruptedException;
    }

    private static BackupStatus ask(Instance instance, Question question) throws InterruptedException {
        try {
            return switch (question.ask()) {
                case Instance.Answer.Refused(int status, String problem) ->
                    none("%s: refused (%d): %s".formatted(instance.url(), status, problem), 1);
                case Instance.Answer.Given(JsonNode body) -> of(instance, body.path("latest"));
            };
        } catch (IOException e) {
            return none(instance.silence(e), 2);
        }
    }

    private static BackupStatus none(String words, int exit) {
        return new BackupStatus("", "", 0, words, exit);
    }

    private static BackupStatus of(Instance instance, JsonNode report) {
        if (!report.isObject()) {
            return none("%s: no backup since this node was started".formatted(instance.url()), 0);
        }
        String state = report.path("state").asString();
        long damaged = report.path("damaged").asLong();
        String words = "%s: %s %s: %d records, %d bytes%s%s"
                .formatted(
                        instance.url(),
                        report.path("file").asString(),
                        state,
                        report.path("records").asLong(),
                        report.path("bytes").asLong(),
                        damaged == 0 ? "" : ", %d damaged records left out".formatted(damaged),
                        report.path("problem").isString()
                                ? ": " + report.path("problem").asString()
                                : "");
        return new BackupStatus(report.path("begun").asString(), state, damaged, words, state.equals("failed") ? 1 : 0);
    }
}
