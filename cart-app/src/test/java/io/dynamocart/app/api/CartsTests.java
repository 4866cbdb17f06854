package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/api.md, table "Carts": the calls of the public sample whose storefront runs on this service. */
class CartsTests extends ContractTests {

    @Test
    void aCartThatNobodyWroteIsEmptyAndNotMissing() {
        read().is(200)
                .says("{'customerId':'%s','items':[],'totalQuantity':0,'subtotal':0,'conflictingOrders':[]}"
                        .formatted(customer));
        http.get(cart + "/items").is(200).says("[]");
    }

    @Test
    void aCartShowsItsItemsAndTotals() {
        http.post(cart + "/items", line("apple", 2, 150)).is(201);
        http.post(cart + "/items", line("pear", 1, 99)).is(201);

        read().is(200).says("""
                        {'customerId':'%s',
                         'items':[{'itemId':'apple','quantity':2,'unitPrice':150},
                                  {'itemId':'pear','quantity':1,'unitPrice':99}],
                         'totalQuantity':3,'subtotal':399,'conflictingOrders':[]}""".formatted(customer));
        http.get(cart + "/items").is(200).says("""
                        [{'itemId':'apple','quantity':2,'unitPrice':150},
                         {'itemId':'pear','quantity':1,'unitPrice':99}]""");
    }

    @Test
    void addingAnItemThatIsThereMakesItsLineGrow() {
        add("apple", 2).is(201).says(line("apple", 2, PRICE));
        add("apple", 3).is(201).says(line("apple", 5, PRICE));

        assertThat(content()).isEqualTo("apple 5");
    }

    @Test
    void theLaterPriceIsThePriceOfTheLine() {
        http.post(cart + "/items", line("apple", 1, 150)).is(201);

        http.post(cart + "/items", line("apple", 1, 120)).is(201).says(line("apple", 2, 120));
        http.patch(cart + "/items", line("apple", 3, 0)).is(202).says(line("apple", 3, 0));
    }

    @Test
    void oneItemIsShownByItselfOrMissing() {
        add("apple", 2);

        http.get(cart + "/items/apple").is(200).says(line("apple", 2, PRICE));
        http.get(cart + "/items/pear").isProblem(404, "no-such-item");
        http.get("/carts/nobody/items/apple").isProblem(404, "no-such-item");
    }

    @Test
    void patchingSetsTheQuantity() {
        add("apple", 2);

        set("apple", 7).is(202).says(line("apple", 7, PRICE));
        set("pear", 1).is(202).says(line("pear", 1, PRICE));

        assertThat(content()).isEqualTo("apple 7, pear 1");
    }

    @Test
    void settingAQuantityOfZeroRemoves() {
        add("apple", 2);
        add("pear", 1);

        set("apple", 0).is(202).says("quantity", "0");
        http.patch(cart + "/items", "{'itemId':'pear','quantity':0}").is(202);

        assertThat(content()).isEmpty();
    }

    @Test
    void removingAnItemTakesItsLineOut() {
        add("apple", 2);
        add("pear", 1);

        remove("apple").is(202).says("items", "[{'itemId':'pear','quantity':1,'unitPrice':150}]");

        assertThat(content()).isEqualTo("pear 1");
    }

    @Test
    void removingAnItemThatIsNotThereIsFine() {
        remove("apple").is(202).says("items", "[]");
        add("apple", 1);
        remove("apple").is(202);
        remove("apple").is(202).says("items", "[]");
    }

    @Test
    void deletingACartEmptiesIt() {
        add("apple", 2);
        add("pear", 1);

        deleteCart()
                .is(202)
                .says("{'customerId':'%s','items':[],'totalQuantity':0,'subtotal':0,'conflictingOrders':[]}"
                        .formatted(customer));
        assertThat(content()).isEmpty();
        deleteCart().is(202);
    }

    @Test
    void aRemovedItemCanBeAddedAgain() {
        add("apple", 2);
        remove("apple");
        add("apple", 1).is(201).says(line("apple", 1, PRICE));
        deleteCart();
        add("apple", 4).is(201).says(line("apple", 4, PRICE));
    }

    @Test
    void mergingByGetTakesTheGuestsCartIn() {
        String guest = newCustomer();
        http.post("/carts/" + guest + "/items", line("pear", 2, 99)).is(201);
        add("apple", 1);

        http.get(cart + "/merge?sessionId=" + guest).is(202).says("totalQuantity", "3");

        assertThat(content()).isEqualTo("apple 1, pear 2");
        assertThat(contentOf("/carts/" + guest)).isEmpty();
    }

    @Test
    void anItemIdOfOneCartMeansNothingInAnother() {
        add("apple", 2);

        assertThat(contentOf("/carts/" + newCustomer())).isEmpty();
    }

    @Test
    void ninetyAddsAtOnceAllCount() throws Exception {
        Callable<Answer> addOne = () -> add("apple", 1);
        try (ExecutorService shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> adds =
                    IntStream.range(0, 90).mapToObj(_ -> addOne).toList();
            for (Future<Answer> answer : shoppers.invokeAll(adds)) {
                answer.get().is(201);
            }
        }

        assertThat(content()).isEqualTo("apple 90");
    }
}
