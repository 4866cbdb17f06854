package io.dynamocart.app.lab;

import io.dynamocart.app.localcluster.Links.Link;
import io.dynamocart.app.localcluster.LocalCluster;
import io.dynamocart.app.localcluster.PowerSwitch;
import io.dynamocart.app.localcluster.Quorum;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Faults on purpose, in the local cluster only: links that are cut, instances that are stopped, other quorums. Every instance
 * answers for all of them. What is put is what is wanted from now on, so it can be repeated.
 */
@RestController
@InLocalCluster
@RequestMapping(path = "/lab", produces = MediaType.APPLICATION_JSON_VALUE)
class LabController {

    private final LocalCluster cluster;
    private final DynamoStore store;

    /**
     * The cluster as it is now.
     *
     * @param cuts links over which everything is lost
     */
    record Lab(int n, int r, int w, List<Instance> instances, List<Link> cuts) {}

    /** @param state running, stopped, or on its way to either */
    record Instance(String name, String url, String state) {}

    /** @param cuts all that are to be cut; the others are healed */
    record Cuts(@NotNull(message = "is missing") List<@NotNull(message = "is missing") Link> cuts) {}

    /** @param running whether the instance is to run */
    record Power(@NotNull(message = "is missing") Boolean running) {}

    /**
     * What requests need from now on, at most N.
     *
     * @param r replicas that must answer a read
     * @param w nodes that must have a write on disk
     */
    record Needed(
            @NotNull(message = "is missing") @Min(value = 1, message = "must be at least 1")
            Integer r,

            @NotNull(message = "is missing") @Min(value = 1, message = "must be at least 1")
            Integer w) {}

    LabController(LocalCluster cluster, DynamoStore store) {
        this.cluster = cluster;
        this.store = store;
    }

    @GetMapping
    Lab lab() {
        ReadOptions reads = store.readOptions();
        WriteOptions writes = store.writeOptions();
        List<Instance> instances = cluster.instances().stream()
                .map(it -> new Instance(it.name(), it.url(), it.state().name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Lab(
                reads.n(), reads.r(), writes.w(), instances, cluster.links().cut());
    }

    @PutMapping(path = "/cuts", consumes = MediaType.APPLICATION_JSON_VALUE)
    Lab cut(@Valid @RequestBody Cuts body) {
        List<String> names = names();
        for (Link link : body.cuts()) {
            if (!names.contains(link.from()) || !names.contains(link.to())) {
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "a link leads from and to one of %s".formatted(names));
            }
        }
        cluster.links().cut(body.cuts());
        return lab();
    }

    @PutMapping(path = "/instances/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Lab power(@PathVariable String name, @Valid @RequestBody Power body) {
        if (!names().contains(name)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no instance '%s'".formatted(name));
        }
        try {
            if (body.running()) {
                cluster.power().on(name);
            } else {
                cluster.power().off(name);
            }
        } catch (PowerSwitch.Refused refused) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, refused.getMessage(), refused);
        }
        return lab();
    }

    @PutMapping(path = "/quorum", consumes = MediaType.APPLICATION_JSON_VALUE)
    Lab quorum(@Valid @RequestBody Needed body) {
        int n = store.readOptions().n();
        if (body.r() > n || body.w() > n) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "r and w are at most n, %d".formatted(n));
        }
        cluster.quorum().set(new Quorum.Size(body.r(), body.w()));
        return lab();
    }

    private List<String> names() {
        return cluster.instances().stream().map(LocalCluster.Instance::name).toList();
    }
}
