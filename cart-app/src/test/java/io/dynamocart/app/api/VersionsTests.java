package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** docs/api.md, "Beyond it": a cart laid open for developers. */
class VersionsTests extends ContractTests {

    @Test
    void everyReplicasVersionsAreShownWithClockWriterAndTime() {
        add("apple", 2);

        JsonNode replica = versions().json().path("replicas").path(0);
        assertThat(replica.path("node").asString()).isEqualTo("node-1");
        JsonNode version = replica.path("versions").path(0);
        assertThat(version.path("version").asString()).startsWith("node-1");
        assertThat(version.path("writtenBy").asString()).isEqualTo("node-1");
        assertThat(Instant.parse(version.path("writtenAt").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(version.path("past").isString()).isTrue();
        assertThat(version.path("items").path(0).path("itemId").asString()).isEqualTo("apple");
    }

    @Test
    void theMergedCartIsTheOneThatIsServed() {
        add("apple", 2);
        add("pear", 1);

        assertThat(versions().json().path("merged")).isEqualTo(read().json());
    }

    @Test
    void everyLineSaysWhyItIsThere() {
        add("apple", 2);

        JsonNode entry = versions().json().path("entries").path(0);
        assertThat(entry.path("itemId").asString()).isEqualTo("apple");
        assertThat(entry.path("kept").asBoolean()).isTrue();
        assertThat(entry.path("rule").asString()).isEqualTo("IN_EVERY_VERSION");
        assertThat(entry.path("because").asString()).isNotBlank();
    }

    @Test
    void everyRemovedLineIsRememberedAsGone() {
        add("apple", 2);
        remove("apple");

        JsonNode remembered = versions().json().path("remembered").path(0);
        assertThat(remembered.path("itemId").asString()).isEqualTo("apple");
        assertThat(remembered.path("operation").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"observed-remove", "paper-union", "last-writer-wins"})
    void anotherMergeOfTheSameVersionsIsShownWithoutWriting(String strategy) {
        add("apple", 2);

        refused(() -> http.get(cart + "/versions?strategy=" + strategy)).is(200).says("strategy", "'" + strategy + "'");
    }

    @Test
    void theMergeThatIsWrittenIsShownUnlessAnotherIsAskedFor() {
        versions().says("strategy", "'observed-remove'");
    }

    @Test
    void aCartThatNobodyWroteHasNoVersions() {
        versions().says("versions", "[]").says("entries", "[]");
    }

    @Test
    void anUnknownStrategyIsRefused() {
        http.get(cart + "/versions?strategy=magic")
                .blames("strategy", "must be one of [observed-remove, paper-union, last-writer-wins], not 'magic'");
    }

    private Answer versions() {
        return http.get(cart + "/versions").is(200);
    }
}
