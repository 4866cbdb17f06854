package io.dynamocart.app;

import static java.util.stream.Collectors.joining;

import io.dynamocart.app.UnknownSettings.UnknownSettingsException;
import java.util.Comparator;
import java.util.SortedSet;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which setting was probably meant. */
final class UnknownSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnknownSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownSettingsException cause) {
        return new FailureAnalysis(
                "The instance did not start: there is no setting %s."
                        .formatted(cause.unknown().stream()
                                .map(ConfigurationPropertyName::toString)
                                .collect(joining(", nor "))),
                cause.unknown().stream()
                        .map(name -> "Write %s instead of %s, or leave it out."
                                .formatted(nearest(name, cause.known()), name))
                        .collect(joining("\n")),
                cause);
    }

    private static ConfigurationPropertyName nearest(
            ConfigurationPropertyName name, SortedSet<ConfigurationPropertyName> known) {
        return known.stream()
                .min(Comparator.comparingInt(each -> distance(each.toString(), name.toString())))
                .orElseThrow();
    }

    /** How many letters have to be put in, left out or replaced to make the one of the other (Levenshtein 1965). */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
