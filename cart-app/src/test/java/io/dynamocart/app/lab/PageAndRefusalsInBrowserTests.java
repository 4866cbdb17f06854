package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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

    private static final String ORDER =
            "{'orderId': 'order-1', 'items': [], 'totals': {'totalQuantity': 1, 'subtotal': 450}}";

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
        page.device("Phone").knows("could not read the cart");

        instance.answers("/carts/", 200, cart("[]"));
        page.usesToken("a-token");

        page.asksForAToken(false);
        page.says("Nobody has written this cart");
        page.device("Phone").knows("sees an empty cart");
        assertThat(page.focused().getAttribute("id")).isEqualTo("cart");
    }

    /** What a proxy says where the instance died over the write, a fault, and a body that was given up: it may be kept. */
    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 504})
    void aWriteOfWhichNobodyKnowsWhatBecameIsSentAgainUnderItsKey(int status) throws InterruptedException {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        instance.answers("/carts/alice/items", status, "<html>");
        phone.adds("socks");
        phone.isTold("(%d)".formatted(status));
        List<StubbedInstance.Write> first = instance.writesSoFar();

        assertThat(phone.maySendAgain()).isTrue();
        instance.answers("/carts/alice/items", 201, "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}");
        phone.presses("Send again, same key");
        phone.isTold("there are now 1");

        assertThat(first).isNotEmpty();
        assertThat(instance.nextWrite().key()).isEqualTo(first.getFirst().key());
        assertThat(phone.maySendAgain()).isFalse();
    }

    /** Who may not ask is told nothing of what became of it before. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void andStillIsWhenItsTokenWasRefusedMeanwhile(int status) throws InterruptedException {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = phoneThatAddedInVain(page);
        StubbedInstance.Write first = instance.nextWrite();

        instance.refuses("/carts/alice/items", status, "Bearer");
        phone.presses("Send again, same key");
        phone.isTold("(%d)".formatted(status));
        assertThat(instance.nextWrite().key()).isEqualTo(first.key());

        assertThat(phone.maySendAgain()).isTrue();
    }

    @Test
    void aTokenForTheSameCartLeavesWhatIsToBeSentAgain() throws InterruptedException {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = phoneThatAddedInVain(page);
        StubbedInstance.Write first = instance.nextWrite();
        instance.refuses("/carts/", 401, "Bearer");
        instance.refuses("/carts/alice", 401, "Bearer");
        phone.presses("Refresh");
        page.asksForAToken(true);

        instance.answers("/carts/alice", 200, cart("[]"));
        instance.answers("/carts/alice/items", 201, "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}");
        page.usesToken("a-token");
        phone.isTold("Read");
        phone.presses("Send again, same key");
        phone.isTold("there are now 1");

        assertThat(instance.nextWrite().key()).isEqualTo(first.key());
    }

    @Test
    void aTokenForAnotherCartOpensThatOne() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = phoneThatAddedInVain(page);
        instance.refuses("/carts/alice", 401, "Bearer");
        phone.presses("Refresh");
        page.asksForAToken(true);

        page.names("bob");
        page.usesToken("a-token-of-bob");
        phone.isTold("Read");

        assertThat(phone.maySendAgain()).isFalse();
    }

    @Test
    void whatWasRefusedForGoodIsNotToBeSentAgain() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        instance.answers("/carts/alice/items", 413, "{}");
        phone.adds("socks");
        phone.isTold("(413)");

        assertThat(phone.maySendAgain()).isFalse();
    }

    @Test
    void whatWasSentAgainLeavesTheFocusAtItsDevice() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = phoneThatAddedInVain(page);

        instance.answers("/carts/alice/items", 201, "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}");
        phone.presses("Send again, same key");
        phone.isTold("there are now 1");

        assertThat(page.focused().getAttribute("name")).isEqualTo("item");
    }

    @Test
    void whatFailedCanStillBeSentAgainWhenAnotherRequestHasSucceeded() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = phoneThatAddedInVain(page);

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

    /** Without a context a checkout takes all that is in the cart, and this device shows an empty one. */
    @Test
    void aDeviceThatHasSeenNothingReadsTheCartInsteadOfOrderingIt() throws InterruptedException {
        instance.answers("/carts/alice", 503, "{}");
        Page page = Page.at(browser, instance.url());
        page.opens("alice");
        Page.Device phone = page.device("Phone");
        phone.isTold("(503)");
        phone.knows("This device could not read the cart, and does not know what is in it.");

        instance.answers("/carts/alice", 200, cartOfSocks(), Map.of("Cart-Context", "seen"));
        instance.answers("/carts/alice/checkout", 200, ORDER);
        phone.presses("Check out");
        phone.isTold("had not seen the cart");
        phone.sees("socks");
        assertThat(instance.writesSoFar()).isEmpty();

        phone.presses("Check out");
        phone.isTold("Order order-1");
        StubbedInstance.Write order = instance.nextWrite();
        assertThat(order.path()).isEqualTo("/carts/alice/checkout");
        assertThat(order.context()).isEqualTo("seen");
    }

    @Test
    void aDeviceThatHasOnlyWrittenDoesNotKnowTheWholeCart() {
        instance.answers("/carts/alice", 503, "{}");
        instance.answers("/carts/alice/items", 201, "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}");
        Page page = Page.at(browser, instance.url());
        page.opens("alice");
        Page.Device phone = page.device("Phone");
        phone.isTold("(503)");

        phone.adds("socks");
        phone.isTold("there are now 1");
        phone.knows("There may be more");

        instance.answers("/carts/alice", 200, cart("[]"));
        phone.presses("Refresh");
        phone.knows("This device sees an empty cart.");
    }

    @Test
    void aDeviceThatHasOrderedDoesNotKnowWhatIsLeft() {
        instance.answers("/carts/alice", 200, cartOfSocks(), Map.of("Cart-Context", "seen"));
        instance.answers("/carts/alice/checkout", 200, ORDER.replace("'items': []", "'items': [{'itemId': 'socks'}]"));
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        phone.sees("socks");

        phone.presses("Check out");
        phone.knows("has not read the cart since its order");
    }

    /** Of a cart that others may hold nobody knows whether it was written, nor whether one version is all. */
    @Test
    void ofReplicasThatCannotBeAskedItClaimsNothing() {
        String silent = ", {'node': 'node-2', 'versions': null, 'problem': 'not reached'}";
        instance.answers("/carts/alice/versions", 200, cartAt("{'node': 'node-1', 'versions': []}" + silent));
        Page page = Page.at(browser, instance.url());
        page.opens("alice");
        page.says("Nothing was heard of this cart. 1 of 2 replicas cannot be asked, and may hold it.");

        String version = "{'version': 'node-1~a#1', 'past': '{}', 'items': []}";
        instance.answers(
                "/carts/alice/versions",
                200,
                cartAt("{'node': 'node-1', 'versions': [%s]}".formatted(version) + silent));
        page.says("One version is known. 1 of 2 replicas cannot be asked, and may hold more.");
    }

    /** Nor does it say again of what is remembered what it says of an entry. */
    @Test
    void reasonsThatAreAlikeAreOne() {
        String entry =
                "{'itemId': 'mug', 'operation': '%s', 'quantity': 1, 'kept': true, 'because': 'it is', 'births': ['node-1~a#1']}";
        String operation = "{'itemId': 'mug', 'operation': '%s', 'at': '2026-01-01T00:00:00Z'}";
        String explained = "'entries': [%s, %s], 'remembered': [%s, %s, %s]"
                .formatted(
                        entry.formatted("one"),
                        entry.formatted("two"),
                        operation.formatted("two"),
                        operation.formatted("three"),
                        operation.formatted("four"));
        instance.answers(
                "/carts/alice/versions",
                200,
                "{'strategy': 'observed-remove', 'replicas': [], 'merged': {'items': []}, %s}".formatted(explained));

        Page page = Page.open(browser, instance.url(), "alice");

        assertThat(page.reasons()).hasSize(2);
        assertThat(page.reasons().getFirst())
                .isEqualTo("+1 mug is there: it is. Brought in by node-1 #1, 2 times, each by a request of its own");
        assertThat(page.reasons().getLast()).startsWith("Earlier changes of mug (2) are over.");
    }

    @Test
    void anItemIsCalledAsTheServiceAllows() {
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        phone.adds("two words");

        assertThat(phone.item().getAttribute("title")).contains("letters, digits");
        assertThat(phone.item().getDomProperty("validationMessage")).isNotEmpty();
        assertThat(instance.writesSoFar()).isEmpty();
    }

    /** Nor does one that sees lines of which nobody told it the context, as behind a proxy that drops it. */
    @ParameterizedTest
    @ValueSource(strings = {"Set", "Remove"})
    void norDoesItTakeOutWhatItHasNoContextFor(String button) throws InterruptedException {
        instance.answers("/carts/alice", 200, cartOfSocks());
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        phone.sees("socks");

        instance.answers("/carts/alice", 200, cartOfSocks(), Map.of("Cart-Context", "seen"));
        phone.presses(button);
        phone.isTold("had not seen the cart");
        assertThat(instance.writesSoFar()).isEmpty();

        phone.presses(button);
        assertThat(instance.nextWrite().context()).isEqualTo("seen");
    }

    @Test
    void aWriteWaitsForTheOneBeforeItAndHasSeenWhatThatOneSaw() throws InterruptedException {
        instance.answers("/carts/alice", 200, cart("[]"), Map.of("Cart-Context", "empty"));
        Page page = Page.open(browser, instance.url(), "alice");
        instance.answers(
                "/carts/alice/items",
                201,
                "{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}",
                Map.of("Cart-Context", "with-socks"));
        instance.answers("/carts/alice/checkout", 200, ORDER);
        CompletableFuture<?> held = instance.holds("/carts/alice/items");
        page.device("Phone").adds("socks");
        assertThat(instance.nextWrite().context()).isEqualTo("empty");

        page.device("Phone").presses("Check out");
        held.complete(null);

        StubbedInstance.Write order = instance.nextWrite();
        assertThat(order.path()).isEqualTo("/carts/alice/checkout");
        assertThat(order.context()).isEqualTo("with-socks");
        page.device("Phone").isTold("Order order-1");
    }

    /** Else a checkout would order what the shopper saw only after it had been pressed. */
    @Test
    void whatIsSentAgainHasSeenWhatItHadAtFirst() throws InterruptedException {
        instance.answers("/carts/alice", 200, cartOfSocks(), Map.of("Cart-Context", "socks"));
        Page page = Page.open(browser, instance.url(), "alice");
        Page.Device phone = page.device("Phone");
        phone.sees("socks");
        instance.answers("/carts/alice/checkout", 504, "<html>");
        phone.presses("Check out");
        phone.isTold("(504)");
        instance.writesSoFar();

        instance.answers("/carts/alice", 200, cartOfSocks(), Map.of("Cart-Context", "socks-and-hat"));
        phone.presses("Refresh");
        phone.isTold("Read");
        instance.answers("/carts/alice/checkout", 200, ORDER, Map.of("Cart-Context", "after-order"));
        phone.presses("Send again, same key");
        phone.isTold("Then read");
        assertThat(instance.nextWrite().context()).isEqualTo("socks");

        phone.presses("Check out");
        assertThat(instance.nextWrite().context()).as("what was read").isEqualTo("socks-and-hat");
    }

    @Test
    void ofTheLastCartNothingIsLeftWhereTheNextIsRefused() {
        instance.answers("/carts/dave", 200, cart("['order-1', 'order-2']"));
        instance.answers("/carts/dave/versions", 200, """
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

    /** What is said of the versions of an empty cart at these replicas. */
    private static String cartAt(String replicas) {
        return cart("[]").replace("'replicas': []", "'replicas': [%s]".formatted(replicas));
    }

    private static String cartOfSocks() {
        return """
                {'items': [{'itemId': 'socks', 'quantity': 1, 'unitPrice': 450}],
                 'totalQuantity': 1, 'conflictingOrders': [], %s}""".formatted(UNWRITTEN);
    }

    /** An empty cart of these orders, and what is said of its versions. */
    private static String cart(String orders) {
        return "{'items': [], 'totalQuantity': 0, 'conflictingOrders': %s, %s}".formatted(orders, UNWRITTEN);
    }

    /** Nobody knows what has become of its socks. */
    private Page.Device phoneThatAddedInVain(Page page) {
        Page.Device phone = page.device("Phone");
        instance.answers("/carts/alice/items", 503, "{}");
        phone.adds("socks");
        phone.isTold("(503)");
        return phone;
    }
}
