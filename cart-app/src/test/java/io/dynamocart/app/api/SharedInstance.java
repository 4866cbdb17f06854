package io.dynamocart.app.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one instance that all contract tests share: started for the first class of them, closed after the last. */
final class SharedInstance implements BeforeAllCallback {

    private @Nullable Instance instance;

    @Override
    public void beforeAll(ExtensionContext context) {
        instance = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Instance.class, _ -> Instance.alone(), Instance.class);
    }

    Instance get() {
        return Objects.requireNonNull(instance, "not started");
    }
}
