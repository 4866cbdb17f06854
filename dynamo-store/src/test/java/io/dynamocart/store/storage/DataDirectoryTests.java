package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    @TempDir
    Path temporary;

    @Test
    void isCreatedWhereItIsNotThere() {
        Path path = temporary.resolve("a/b");
        try (DataDirectory directory = DataDirectory.take(path, "cluster", "node-1")) {
            assertThat(directory.database().getParent()).isEqualTo(path);
            assertThat(path).isDirectory();
        }
    }

    @Test
    void belongsToOneProcessAtATime() {
        try (DataDirectory _ = DataDirectory.take(temporary, "cluster", "node-1")) {
            assertThatThrownBy(() -> DataDirectory.take(temporary, "cluster", "node-1"))
                    .isInstanceOf(DataDirectory.Unusable.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("dynamo.store.data-dir");
        }
        DataDirectory.take(temporary, "cluster", "node-1").close();
    }

    @Test
    void belongsToOneNodeForEver() {
        DataDirectory.take(temporary, "cluster", "node-1").close();

        assertThatThrownBy(() -> DataDirectory.take(temporary, "cluster", "node-2"))
                .isInstanceOf(DataDirectory.Unusable.class)
                .hasMessageContaining("belongs to node node-1");
        assertThatThrownBy(() -> DataDirectory.take(temporary, "another", "node-1"))
                .isInstanceOf(DataDirectory.Unusable.class)
                .hasMessageContaining("of cluster cluster");
        DataDirectory.take(temporary, "cluster", "node-1").close();
    }

    @Test
    void ofAnUnknownFormatIsRefused() throws IOException {
        Files.writeString(temporary.resolve("OWNER"), "99\ncluster\nnode-1\n");

        assertThatThrownBy(() -> DataDirectory.take(temporary, "cluster", "node-1"))
                .isInstanceOf(DataDirectory.Unusable.class)
                .hasMessageContaining("has format 99, this release reads format 1: start the release that wrote it");
        assertThat(temporary).isDirectoryNotContaining("glob:**/db");
    }

    @Test
    void thatCannotBeCreatedIsRefused() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.take(file.resolve("data"), "cluster", "node-1"))
                .isInstanceOf(DataDirectory.Unusable.class);
    }
}
