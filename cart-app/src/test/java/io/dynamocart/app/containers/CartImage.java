package io.dynamocart.app.containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The image of the application, built from its Dockerfile on a base image that is made of this machine's JDK. */
final class CartImage {

    private static final String BASE = "dynamo-cart-base:25";
    private static final Path MAKES_BASE = Path.of("../.ci/base-image");

    private CartImage() {}

    /** Builds the image; where that cannot be done here, the test is skipped, and says why. */
    static ImageFromDockerfile build() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            skip("no Docker engine is running");
        }
        String problem = makeBase();
        if (!problem.isEmpty()) {
            skip("no base image can be made: " + problem);
        }
        return new ImageFromDockerfile("dynamo-cart:test", false)
                .withDockerfile(Path.of("Dockerfile").toAbsolutePath())
                .withBuildArg("BASE_IMAGE", BASE)
                .withBuildArg("TRAINING", "start");
    }

    /** What went wrong; empty if nothing did. */
    private static String makeBase() {
        try {
            Process script = new ProcessBuilder(MAKES_BASE.toString(), BASE)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return script.waitFor() == 0 ? "" : output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void skip(String reason) {
        System.out.println("Container tests are skipped: " + reason);
        Assumptions.abort(reason);
    }
}
