package io.dynamocart.app.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The jar that was built, unpacked, with a cache of loaded classes, as docs/operations.md describes it: the many
 * instances of these tests start with half the work. Made once.
 */
final class Unpacked {

    private static final Path DIRECTORY = Path.of("target", "unpacked");
    private static final Path CACHE = DIRECTORY.resolve("cart-app.aot");
    private static final List<String> JAVA = List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED");
    private static final Path JAR = make();

    private Unpacked() {}

    /** The command that starts an instance, without the settings of it. */
    static List<String> command() {
        return java("-XX:AOTCache=" + CACHE, "-jar", JAR.toString());
    }

    private static Path make() {
        try {
            FileSystemUtils.deleteRecursively(DIRECTORY);
            Path built = built();
            run("-Djarmode=tools", "-jar", built.toString(), "extract", "--destination", DIRECTORY.toString());
            Path jar = DIRECTORY.resolve(built.getFileName());
            run(
                    "-XX:AOTCacheOutput=" + CACHE,
                    "-Dspring.context.exit=onRefresh",
                    "-jar",
                    jar.toString(),
                    "--dynamo.store.node-id=build",
                    "--dynamo.store.data-dir=" + DIRECTORY.resolve("data"));
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path built() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("cart-app-.*\\.jar"))
                    .filter(file -> !file.toString().endsWith("-tests.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no jar in target; run ./mvnw verify"));
        }
    }

    private static void run(String... arguments) {
        Commands.run(java(arguments).toArray(String[]::new));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of(arguments));
        return command;
    }
}
