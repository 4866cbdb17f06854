package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** docs/api.md, "Headers": the Cart-Context selects what a remove, set or checkout takes. */
class ContextTests extends ContractTests {

    private static final String CONTEXT = "Cart-Context";

    @Test
    void everyAnswerAboutACartHasAContextThatIsSafeInAUrl() {
        List<Answer> answers = List.of(
                add("apple", 2),
                read(),
                http.get(cart + "/items"),
                http.get(cart + "/items/apple"),
                set("apple", 3),
                remove("apple"),
                add("apple", 1),
                checkOut(),
                deleteCart());

        assertThat(answers).allSatisfy(answer -> assertThat(answer.context()).matches("[A-Za-z0-9_-]+"));
    }

    @Test
    void aRemoveTakesWhatItsClientSaw() {
        add("apple", 2);
        String seen = read().context();
        add("apple", 3);

        remove("apple", "Cart-Context", seen).is(202);

        assertThat(content()).isEqualTo("apple 3");
    }

    @Test
    void aSetReplacesWhatItsClientSawAndTheRestAddsToIt() {
        add("apple", 2);
        String seen = read().context();
        add("apple", 3);

        set("apple", 4, "Cart-Context", seen).is(202).says(line("apple", 7, PRICE));
    }

    @Test
    void aSetToZeroTakesWhatItsClientSaw() {
        add("apple", 2);
        String seen = read().context();
        add("apple", 3);

        set("apple", 0, "Cart-Context", seen).is(202).says(line("apple", 3, PRICE));
    }

    @Test
    void deletingTheCartTakesWhatItsClientSaw() {
        add("apple", 2);
        String seen = read().context();
        add("apple", 3);
        add("pear", 1);

        deleteCart("Cart-Context", seen).is(202).says("totalQuantity", "4");

        assertThat(content()).isEqualTo("apple 3, pear 1");
    }

    @Test
    void theAnswerToAnAddHasSeenItsLineAndNothingElse() {
        add("pear", 1);
        String seen = add("apple", 2).context();

        deleteCart("Cart-Context", seen).is(202);

        assertThat(content()).isEqualTo("pear 1");
    }

    @Test
    void aClientThatSendsItsContextWithAnAddHasSeenBoth() {
        add("pear", 1);
        String seen = add("apple", 2, "Cart-Context", read().context()).context();
        add("plum", 1);

        deleteCart("Cart-Context", seen).is(202);

        assertThat(content()).isEqualTo("plum 1");
    }

    @Test
    void soHasTheAnswerToAReadOfOneLine() {
        add("pear", 1);
        add("apple", 2);
        String seen = http.get(cart + "/items/apple").context();

        deleteCart("Cart-Context", seen).is(202);

        assertThat(content()).isEqualTo("pear 1");
    }

    @Test
    void aClientThatSendsItsContextWithAReadOfOneLineHasSeenBoth() {
        add("pear", 1);
        String before = read().context();
        add("apple", 2);
        String seen =
                http.get(cart + "/items/apple", "Cart-Context", before).is(200).context();
        add("plum", 1);

        checkOut("Cart-Context", seen).is(200).says("totals", "{'totalQuantity':3,'subtotal':450}");

        assertThat(content()).isEqualTo("plum 1");
    }

    @Test
    void anAddIsDoneWhateverItsClientHasSeen() {
        String nothing = read().context();
        add("apple", 2);

        add("apple", 3, "Cart-Context", nothing).is(201).says(line("apple", 5, PRICE));
    }

    @Test
    void whatWasSeenBeforeARemoveDoesNotTouchWhatIsAddedAgain() {
        add("apple", 2);
        String seen = read().context();
        remove("apple");
        add("apple", 1);

        remove("apple", "Cart-Context", seen).is(202);
        set("apple", 3, "Cart-Context", seen).is(202);

        assertThat(content()).isEqualTo("apple 4");
    }

    @Test
    void withoutAContextTheServerActsOnWhatItReads() {
        add("apple", 2);
        add("apple", 3);

        remove("apple").is(202);

        assertThat(content()).isEmpty();
    }

    @Test
    void aContextOfAnotherCartIsRefused() {
        add("apple", 2);

        everyCallThatTakesOneRefuses(http.get("/carts/" + newCustomer()).context());
    }

    @Test
    void aChangedContextIsRefused() {
        String context = add("apple", 2).context();

        everyCallThatTakesOneRefuses((context.charAt(0) == 'B' ? 'C' : 'B') + context.substring(1));
    }

    @Test
    void whatIsNoContextIsRefused() {
        List.of("", "AQ", "garbage", "not a context!", "A".repeat(4097)).forEach(this::everyCallThatTakesOneRefuses);
    }

    @Test
    void nobodyHasSeenTwoThings() {
        String first = add("apple", 2).context();
        String second = read().context();

        for (Function<String[], Answer> call : callsThatTakeOne()) {
            refused(() -> call.apply(new String[] {CONTEXT, first, CONTEXT, second}))
                    .blames(CONTEXT, "is given more than once");
        }
    }

    private void everyCallThatTakesOneRefuses(String context) {
        for (Function<String[], Answer> call : callsThatTakeOne()) {
            refused(() -> call.apply(new String[] {CONTEXT, context}))
                    .blames(CONTEXT, "is not one that this service has given for this cart");
        }
    }

    private List<Function<String[], Answer>> callsThatTakeOne() {
        return List.of(
                headers -> http.get(cart + "/items/apple", headers),
                headers -> add("apple", 1, headers),
                headers -> set("apple", 1, headers),
                headers -> remove("apple", headers),
                headers -> deleteCart(headers),
                headers -> checkOut(headers),
                headers -> http.get(cart + "/merge?sessionId=guest", headers),
                headers -> http.post(cart + "/merge", "{'sessionId':'guest'}", headers));
    }
}
