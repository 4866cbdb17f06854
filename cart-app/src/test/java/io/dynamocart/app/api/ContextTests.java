package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, "Headers": the Cart-Context selects what a remove, set or checkout takes. */
class ContextTests extends ContractTests {

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
        String foreign = http.get("/carts/" + newCustomer()).context();

        everyCallThatTakesOneRefuses(foreign, "the context belongs to another key or cluster, or was changed");
    }

    @Test
    void aChangedContextIsRefused() {
        String context = add("apple", 2).context();
        String changed = (context.charAt(0) == 'B' ? 'C' : 'B') + context.substring(1);

        everyCallThatTakesOneRefuses(changed, "the context belongs to another key or cluster, or was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ"})
    void aContextThatIsTooShortIsRefused(String context) {
        everyCallThatTakesOneRefuses(context, "the context is cut off");
    }

    @Test
    void whatIsNoContextIsRefused() {
        everyCallThatTakesOneRefuses("not a context!", "the context is not base64url");
        everyCallThatTakesOneRefuses("A".repeat(4097), "a context has up to 4096 characters");
    }

    private void everyCallThatTakesOneRefuses(String context, String reason) {
        List<Function<String, Answer>> calls = List.of(
                text -> http.get(cart + "/items/apple", "Cart-Context", text),
                text -> add("apple", 1, "Cart-Context", text),
                text -> set("apple", 1, "Cart-Context", text),
                text -> remove("apple", "Cart-Context", text),
                text -> deleteCart("Cart-Context", text),
                text -> checkOut("Cart-Context", text),
                text -> http.get(cart + "/merge?sessionId=guest", "Cart-Context", text),
                text -> http.post(cart + "/merge", "{'sessionId':'guest'}", "Cart-Context", text));
        for (Function<String, Answer> call : calls) {
            refused(() -> call.apply(context)).blames("Cart-Context", reason);
        }
    }
}
