package io.dynamocart.app.lab;

import io.dynamocart.app.localcluster.LocalCluster;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page which instances it can talk to. */
@RestController
@WithPage
class PageController {

    private final Settings settings;

    /**
     * What the page has to know before anything else.
     *
     * @param instances those that it may talk to
     * @param lab whether they can be put in trouble on purpose
     */
    record Settings(List<Instance> instances, boolean lab) {}

    /** @param url where it serves; empty for the one that served the page */
    record Instance(String name, String url) {}

    PageController(ObjectProvider<LocalCluster> cluster, @Value("${dynamo.store.node-id}") String node) {
        LocalCluster local = cluster.getIfAvailable();
        this.settings = local == null
                ? new Settings(List.of(new Instance(node, "")), false)
                : new Settings(
                        local.instances().stream()
                                .map(it -> new Instance(it.name(), it.url()))
                                .toList(),
                        true);
    }

    @GetMapping("/page/settings.json")
    Settings settings() {
        return settings;
    }
}
