package io.dynamocart.store.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingsTests {

    private final List<String> closed = new ArrayList<>();
    private final Closings closings = new Closings();

    @Test
    void whatWasOpenedLastIsClosedFirstAndNothingTwice() {
        closings.add(() -> closed.add("directory"));
        closings.add(() -> closed.add("storage"));
        closings.close();
        closings.close();

        assertThat(closed).containsExactly("storage", "directory");
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingClosed() {
        closings.add(() -> closed.add("directory"));
        closings.add(() -> fail("storage"));
        closings.add(() -> fail("transport"));

        assertThatThrownBy(closings::close)
                .hasMessage("transport")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("storage"));
        assertThat(closed).containsExactly("directory");
    }

    @Test
    void theFailureForWhichEverythingIsClosedIsTheOneToBeTold() {
        IllegalStateException failure = new IllegalStateException("no port");
        closings.add(() -> closed.add("directory"));
        closings.add(() -> fail("storage"));
        closings.closeAfter(failure);

        assertThat(failure.getSuppressed()).extracting(Throwable::getMessage).containsExactly("storage");
        assertThat(closed).containsExactly("directory");
    }

    private static void fail(String what) {
        throw new IllegalStateException(what);
    }
}
