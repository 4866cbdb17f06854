package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** docs/security.md, "The web page": how it is switched off. */
class PageConfigurationTests {

    private final WebApplicationContextRunner contexts = new WebApplicationContextRunner()
            .withUserConfiguration(
                    PageConfiguration.class, PageController.class, LabConfiguration.class, LabController.class)
            .withPropertyValues("dynamo.store.node-id=node-1");

    @Test
    void anInstanceOfItsOwnHasThePageAndNoLab() {
        contexts.run(context -> assertThat(context)
                .hasSingleBean(PageConfiguration.class)
                .hasSingleBean(PageController.class)
                .doesNotHaveBean(LabConfiguration.class)
                .doesNotHaveBean(LabController.class));
    }

    @Test
    void orNeither() {
        contexts.withPropertyValues("cart.page.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(PageConfiguration.class)
                        .doesNotHaveBean(PageController.class));
    }
}
