package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    void whereCartsAreForTokensItAsksForOneAndGoesOnWithTheCart() {
        instance.refuses("/carts/", 401, "Bearer");
        Page page = Page.at(browser, instance.url());
        page.asksForAToken(true);

        instance.answers("/carts/", 200, cart("[]"));
        page.usesToken("a-token");

        page.asksForAToken(false);
        page.says("Nobody has written this cart");
        assertThat(page.focused().getAttribute("id")).isEqualTo("cart");
    }

    @Test
    void whatWasSentAgainLeavesTheFocusAtItsDevice() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        instance.answers("/carts/alice/items", 503, "{}");
        phone.adds("socks");
        phone.isTold("(503)");

        instance.answers("/carts/alice/items", 201, "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}");
        phone.presses("Send again, same key");
        phone.isTold("there are now 1");

        assertThat(page.focused().getAttribute("name")).isEqualTo("item");
    }

    @Test
    void whatFailedCanStillBeSentAgainWhenAnotherRequestHasSucceeded() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        instance.answers("/carts/alice/items", 503, "{}");
        phone.adds("socks");
        phone.isTold("(503)");

        instance.answers("/carts/alice", 200, cart("[]"));
        phone.presses("Refresh");
        phone.isTold("Read");

        assertThat(phone.maySendAgain()).isTrue();
    }

    /** What became of the write nobody knows then, so it is to be sent again under its key. */
    @Test
    void aSuccessWhoseBodyCannotBeReadIsNoAnswer() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        instance.answers("/carts/alice/items", 201, "<html>");
        phone.adds("socks");

        phone.isTold("cannot be read");
        assertThat(phone.maySendAgain()).isTrue();
    }

    @Test
    void thePageGoesOnLookingWhenABodyCouldNotBeRead() {
        instance.answers("/page/settings.json", 200, "{'instances': [{'name': 'node-1', 'url': ''}], 'lab': true}");
        instance.answers("/lab", 200, "<html>");
        instance.answers("/carts/alice/versions", 200, "<html>");
        Page page = Page.at(browser, instance.url());
        page.opens("alice");
        page.labSays("No instance answers");
        page.says("cannot be read");

        instance.answers("/lab", 200, """
                {'n': 1, 'r': 1, 'w': 1, 'cuts': [], 'instances': [{'name': 'node-1', 'state': 'stopped'}]}""");
        instance.answers("/carts/alice/versions", 200, cart("[]"));
        page.says("Nobody has written this cart");
        page.becomes("Start node-1");
    }

    @Test
    void whatFailedOnTheLastCartIsNotToBeSentAgainOnTheNext() throws InterruptedException {
        Page page = Page.open(browser, instance.url(), "alice");
        instance.answers("/carts/alice/items", 503, "{}");
        CompletableFuture<?> held = instance.holds("/carts/alice/items");
        page.device("Phone").adds("socks");
        assertThat(instance.nextWrite().path()).isEqualTo("/carts/alice/items");

        page.opens("bob");
        page.device("Phone").isTold("Read");
        held.complete(null);
        instance.answers("/carts/bob", 200, cart("['order-1']"));
        page.device("Laptop").presses("Refresh");
        page.device("Laptop").warns("Orders over the same things: order-1. Fulfilment has to cancel all but one.");

        assertThat(page.device("Phone").isToldOf("503")).isFalse();
        assertThat(page.device("Phone").maySendAgain()).isFalse();
    }

    @Test
    void aWriteWaitsForTheOneBeforeItAndHasSeenWhatThatOneSaw() throws InterruptedException {
        Page page = Page.open(browser, instance.url(), "alice");
        instance.answers(
                "/carts/alice/items",
                201,
                "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}",
                Map.of("Cart-Context", "with-socks"));
        instance.answers(
                "/carts/alice/checkout",
                200,
                "{'orderId': 'order-1', 'items': [], 'totals': {'totalQuantity': 1, 'subtotal': 450}}");
        CompletableFuture<?> held = instance.holds("/carts/alice/items");
        page.device("Phone").adds("socks");
        assertThat(instance.nextWrite().context()).isNull();

        page.device("Phone").presses("Check out");
        held.complete(null);

        assertThat(instance.nextWrite()).isEqualTo(new StubbedInstance.Write("/carts/alice/checkout", "with-socks"));
        page.device("Phone").isTold("Order order-1");
    }

    @Test
    void ofTheLastCartNothingIsLeftWhereTheNextIsRefused() {
        instance.answers("/carts/alice", 200, cart("['order-1', 'order-2']"));
        instance.answers("/carts/alice/versions", 200, """
                {'strategy': 'observed-remove',
                 'replicas': [{'node': 'node-1', 'versions': [
                     {'version': 'node-1~a#1', 'past': '{}', 'items': [{'itemId': 'socks', 'quantity': 1}]}]}],
                 'merged': {'items': [{'itemId': 'socks', 'quantity': 1}]},
                 'entries': [{'itemId': 'socks', 'quantity': 1, 'kept': true, 'because': 'it is', 'births': []}],
                 'remembered': []}""");
        Page page = Page.at(browser, instance.url());
        page.holds("node-1: 1 socks");
        page.device("Phone")
                .warns("Orders over the same things: order-1, order-2. Fulfilment has to cancel all but one.");

        instance.answers("/carts/", 503, "{}");
        page.opens("bob");
        page.device("Phone").isTold("(503)");
        page.says("(503)");

        page.device("Phone").warns("");
        page.holds();
        assertThat(page.reasons()).isEmpty();
    }

    /** An empty cart of these orders, and what is said of its versions. */
    private static String cart(String orders) {
        return "{'items': [], 'totalQuantity': 0, 'conflictingOrders': %s, %s}".formatted(orders, UNWRITTEN);
    }
}
