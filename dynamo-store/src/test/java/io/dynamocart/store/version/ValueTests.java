package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How values are shown to developers: by the Actuator endpoint of keys, and by tests that fail. */
class ValueTests {

    @Test
    void textIsShownInWhateverLanguage() {
        assertThat(Value.of("Käse 1,50 €")).hasToString("Käse 1,50 €");
    }

    @Test
    void bytesThatAreNoTextAreCounted() {
        assertThat(Value.of(new byte[] {(byte) 0xC3, 'a'}).toString()).startsWith("<2 bytes #");
        assertThat(Value.of(new byte[] {'a', 0}).toString()).startsWith("<2 bytes #");
    }
}
