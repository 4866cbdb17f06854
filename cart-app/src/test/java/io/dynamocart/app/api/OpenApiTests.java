package io.dynamocart.app.api;

import java.nio.file.*;
import org.junit.jupiter.api.Test;

class OpenApiTests extends ContractTests {
    @Test
    void dump() throws Exception {
        Files.writeString(
                Path.of("/tmp/openapi-rest.json"), http.get("/v3/api-docs").body());
    }
}
