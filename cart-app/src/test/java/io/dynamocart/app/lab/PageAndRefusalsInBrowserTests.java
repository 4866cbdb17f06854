package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the page makes of refusals, in a real browser; docs/security.md, "The web page", says some of it. */
@Timeout(90)
class PageAndRefusalsInBrowserTests {

    private static final String UNWRITTEN = "'replicas': [], 'merged': {'items': []}, 'entries': [], 'remembered': []";

    private static ChromeDriver browser;

    private final StubbedInstance instance = new StubbedInstance();

    PageAndRefusalsInBrowserTests() throws IOException {
        instance.answers("/carts/", 200, cart("[]"));
    }

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        browser.quit();
    }

    @AfterEach
    void stop() {
        instance.close();
        assertThat(Browser.complaints(browser)).isEmpty();
    }

    /** Nor does the browser, in a dialog of its own, for which the request would have to wait. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whereManagementIsNotForItItShowsNoRingAndAsksForNothing(int status) {
        instance.refuses("/actuator/", status, "Basic realm=\"operators\"");

        Page page = Page.open(browser, instance.url(), "alice");

        page.saysOfTheRing("The ring is not shown");
        assertThat(page.nodes()).isEmpty();
        assertThat(page.asksForAToken()).isFalse();
    }

    @Test
    void aNodeThatIsInTroubleIsShownToBe() {
        instance.answers("/actuator/", 503, "{}");

        Page page = Page.open(browser, instance.url(), "alice");

        page.saysOfTheRing("The ring is not shown");
        assertThat(page.nodes()).containsExactly("node-1\ndoes not answer");
    }

    @Test
    void whereCartsAreForTokensItAsksForOne() {
        instance.refuses("/carts/", 401, "Bearer");

        Page.at(browser, instance.url()).asksForAToken(true);
    }

    /** An empty cart of these orders, and what is said of its versions. */
    private static String cart(String orders) {
        return "{'items': [], 'totalQuantity': 0, 'conflictingOrders': %s, %s}".formatted(orders, UNWRITTEN);
    }
}
