package io.dynamocart.app.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one instance that all contract tests share: started for the first class of them, closed after the last. */
final class SharedInstance implements BeforeAllCallback {

    private @Nullable Instance instance;
    private @Nullable ApiDescription description;

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store shared = context.getRoot().getStore(Namespace.GLOBAL);
        Instance started = shared.computeIfAbsent(Instance.class, _ -> Instance.alone(), Instance.class);
        instance = started;
        description = shared.computeIfAbsent(
                ApiDescription.class, _ -> ApiDescription.of(started.url()), ApiDescription.class);
    }

    Instance get() {
        return Objects.requireNonNull(instance, "not started");
    }

    /** What it says of its API. */
    ApiDescription description() {
        return Objects.requireNonNull(description, "not started");
    }
}
