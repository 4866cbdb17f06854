package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Identities as carts on disk hold them: a release that computes others takes a retry for another request. */
class OperationIdTests {

    private static final CartId CART = new CartId("anna");
    private static final String KEY = "retry-1";
    private static final CartId GUEST = new CartId("guest:1");
    private static final ItemId SOCKS = new ItemId("socks");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void neverChanges(String kind, OperationId id, String request) {
        assertThat(id).hasToString("c097d25a630fbe4b21d099b8b5b22f27-" + request);
    }

    static Stream<Arguments> neverChanges() {
        return Stream.of(
                arguments("add", OperationId.ofAdd(CART, KEY, SOCKS, 2, 450), "82cf58af0204fe8eeb359a7b63f2945c"),
                arguments("set", OperationId.ofSet(CART, KEY, SOCKS, 3, 450L), "d4692127f6d49e5980292c6bbbfde07c"),
                arguments("set to 0", OperationId.ofSet(CART, KEY, SOCKS, 0, null), "b93ab076d47971c7ab917d8c3791e4a8"),
                arguments("remove", OperationId.ofRemove(CART, KEY, SOCKS), "54d5ff8b4c0c1353126698e732da08b6"),
                arguments("clear", OperationId.ofClear(CART, KEY), "ff774688aa47c41dc8c204b95ad06246"),
                arguments("checkout", OperationId.ofCheckout(CART, KEY), "6cbf85bc931978b8cdd4fe303a34059d"),
                arguments("merge", OperationId.ofMerge(CART, KEY, GUEST), "b4596b7fa56f70b622b5d7ed787f68d4"));
    }

    @Test
    void thatOfAReleaseNeverChanges() {
        OperationId add = OperationId.ofAdd(GUEST, KEY, SOCKS, 2, 450);
        assertThat(OperationId.ofRelease(GUEST, Register.OWN, List.of(add)))
                .hasToString("32a6ffdf48f48fa7fc713b59e6e9d36e-956621895371dc6812a1184f400e5768");
    }

    @Test
    void thatOfACopyNeverChanges() {
        assertThat(OperationId.ofAdd(CART, KEY, SOCKS, 2, 450).copiedFrom(GUEST))
                .hasToString("b99c7c09ae99d5cd72bc5b4144de5cad-509fe73cebdd469ca5b2ff73bb729240");
    }
}
