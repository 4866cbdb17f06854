package io.dynamocart.store.actuate;

import io.dynamocart.store.backup.BackupException;
import io.dynamocart.store.backup.BackupReport;
import io.dynamocart.store.runtime.NodeDriver;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** Begins backups, and tells how they stand. Thread-safe. */
@Endpoint(id = "backup")
public final class BackupEndpoint {

    private final NodeDriver driver;

    /**
     * The backups of this node, as far as it knows.
     *
     * @param latest the last one since the node's start, null if there was none
     */
    public record Backup(@Nullable BackupReport latest) {}

    public BackupEndpoint(NodeDriver driver) {
        this.driver = driver;
    }

    @ReadOperation
    public Backup backup() {
        return new Backup(driver.latestBackup().orElse(null));
    }

    /** {@code begin} begins a backup; its end is seen by reading. */
    @WriteOperation
    public WebEndpointResponse<Object> change(@Selector String action) {
        if (!action.equals("begin")) {
            return new WebEndpointResponse<>(
                    new RingEndpoint.Problem("there is no '%s', only begin".formatted(action)), 404);
        }
        try {
            return new WebEndpointResponse<>(new Backup(Questions.await(driver.beginBackup())));
        } catch (BackupException refused) {
            return new WebEndpointResponse<>(new RingEndpoint.Problem(String.valueOf(refused.getMessage())), 409);
        }
    }
}
