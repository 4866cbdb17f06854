package io.dynamocart.app.api;

import io.dynamocart.app.access.CartAccess;
import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartSnapshot;
import io.dynamocart.app.cart.Carts;
import io.dynamocart.app.cart.Identifiers;
import io.dynamocart.app.cart.ItemId;
import io.dynamocart.app.cart.MergeStrategy;
import io.dynamocart.app.cart.ObservedRemove;
import io.dynamocart.app.cart.Operation;
import io.dynamocart.app.cart.OperationId;
import io.dynamocart.app.cart.Shown;
import io.dynamocart.store.version.Clock;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Carts over HTTP. The first seven calls and the merge by GET are those of the public AWS retail store sample, so that
 * its storefront runs on this service; the rest is ours.
 */
@RestController
@RequestMapping(path = "/carts/{customerId}", produces = MediaType.APPLICATION_JSON_VALUE)
class CartController {

    private final Carts carts;
    private final Answers answers;
    private final CartAccess access;

    CartController(Carts carts, Answers answers, CartAccess access) {
        this.carts = carts;
        this.answers = answers;
        this.access = access;
    }

    @GetMapping
    @Described("Shows a cart; one that nobody wrote is empty")
    ResponseEntity<CartView> cart(@PathVariable String customerId) {
        return answers.cart(HttpStatus.OK, Waiting.forAnswer(carts.get(new CartId(customerId))));
    }

    @DeleteMapping
    @Described(value = "Takes everything out of a cart", success = HttpStatus.ACCEPTED)
    ResponseEntity<CartView> deleteCart(@PathVariable String customerId, WriteHeaders headers) {
        CartId cart = new CartId(customerId);
        Clock seen = answers.seen(cart, headers.context());
        var clear =
                new Operation.Clear(OperationId.ofClear(cart, headers.idempotencyKey()), seen, headers.repeatable());
        return answers.cart(HttpStatus.ACCEPTED, apply(cart, clear, new Shown.Whole(), headers));
    }

    @GetMapping("/items")
    @Described("Shows the lines of a cart")
    ResponseEntity<List<ItemView>> items(@PathVariable String customerId) {
        return answers.lines(HttpStatus.OK, Waiting.forAnswer(carts.get(new CartId(customerId))));
    }

    @GetMapping("/items/{itemId}")
    @Described(value = "Shows one line of a cart", mayBeMissing = true)
    ResponseEntity<ItemView> item(
            @PathVariable String customerId,
            @PathVariable String itemId,
            @RequestHeader(name = Answers.CART_CONTEXT, required = false) @Nullable String context) {
        CartId id = new CartId(customerId);
        var line = new Shown.OneLine(new ItemId(itemId), answers.seen(id, context));
        CartSnapshot cart = Waiting.forAnswer(carts.get(id));
        if (cart.state().line(line.item()).isEmpty()) {
            throw new NoSuchItem(id, line.item());
        }
        return answers.line(HttpStatus.OK, cart, line);
    }

    @PostMapping("/items")
    @Described(value = "Adds to a line; the cart comes into being with its first item", success = HttpStatus.CREATED)
    ResponseEntity<ItemView> addItem(
            @PathVariable String customerId, @Valid @RequestBody AddItem body, WriteHeaders headers) {
        CartId cart = new CartId(customerId);
        ItemId item = new ItemId(body.itemId());
        var line = new Shown.OneLine(item, answers.seen(cart, headers.context()));
        var add = new Operation.Add(
                OperationId.ofAdd(cart, headers.idempotencyKey(), item, body.quantity(), body.unitPrice()),
                item,
                body.quantity(),
                body.unitPrice());
        return answers.line(HttpStatus.CREATED, apply(cart, add, line, headers), line);
    }

    @PatchMapping("/items")
    @Described(value = "Sets the quantity of a line; 0 removes it", success = HttpStatus.ACCEPTED)
    ResponseEntity<ItemView> setItem(
            @PathVariable String customerId, @Valid @RequestBody SetItem body, WriteHeaders headers) {
        CartId cart = new CartId(customerId);
        Clock seen = answers.seen(cart, headers.context());
        ItemId item = new ItemId(body.itemId());
        var line = new Shown.OneLine(item, seen);
        var id = OperationId.ofSet(cart, headers.idempotencyKey(), item, body.quantity(), body.unitPrice());
        Operation operation = body.quantity() == 0
                ? new Operation.Remove(id, item, seen, headers.repeatable())
                : new Operation.SetQuantity(id, item, body.quantity(), body.priceOfItem(), seen);
        return answers.line(HttpStatus.ACCEPTED, apply(cart, operation, line, headers), line);
    }

    @DeleteMapping("/items/{itemId}")
    @Described(value = "Takes a line out of a cart, whether or not it is there", success = HttpStatus.ACCEPTED)
    ResponseEntity<CartView> removeItem(
            @PathVariable String customerId, @PathVariable String itemId, WriteHeaders headers) {
        CartId cart = new CartId(customerId);
        ItemId item = new ItemId(itemId);
        var remove = new Operation.Remove(
                OperationId.ofRemove(cart, headers.idempotencyKey(), item),
                item,
                answers.seen(cart, headers.context()),
                headers.repeatable());
        return answers.cart(HttpStatus.ACCEPTED, apply(cart, remove, new Shown.Whole(), headers));
    }

    @GetMapping("/merge")
    @Described(value = "Does what the POST does, for clients that know it so", success = HttpStatus.ACCEPTED)
    ResponseEntity<CartView> mergeByGet(
            @PathVariable String customerId, @RequestParam String sessionId, WriteHeaders headers) {
        return answers.cart(HttpStatus.ACCEPTED, merged(customerId, sessionId, headers));
    }

    @PostMapping("/merge")
    @Described("Takes a guest's cart into that of the customer the guest turns out to be")
    ResponseEntity<CartView> merge(
            @PathVariable String customerId, @Valid @RequestBody MergeGuest body, WriteHeaders headers) {
        return answers.cart(HttpStatus.OK, merged(customerId, body.sessionId(), headers));
    }

    @PostMapping("/checkout")
    @Described(value = "Makes an order of what the shopper saw, and takes it out of the cart", mayBeMissing = true)
    ResponseEntity<OrderView> checkOut(@PathVariable String customerId, WriteHeaders headers) {
        CartId cart = new CartId(customerId);
        var order = new Shown.OrderOnly(answers.seen(cart, headers.context()));
        var checkout = new Operation.Checkout(OperationId.ofCheckout(cart, headers.idempotencyKey()), order.before());
        return answers.order(HttpStatus.OK, apply(cart, checkout, order, headers), checkout.id(), order);
    }

    @GetMapping("/versions")
    @Described("Shows every replica's versions of a cart, and why each line is there or gone")
    ExplanationView versions(
            @PathVariable String customerId, @RequestParam(defaultValue = ObservedRemove.NAME) String strategy) {
        CartId cart = new CartId(customerId);
        return ExplanationView.of(Waiting.forAnswer(carts.explain(cart, strategyNamed(strategy))));
    }

    private CartSnapshot merged(String customerId, String sessionId, WriteHeaders headers) {
        CartId customer = new CartId(customerId);
        CartId guest = guest(sessionId);
        // It takes what is in it; that the caller may use the other was seen by the path
        access.check(guest.name());
        // A merge takes in whatever the guest has; what its client saw only has to be readable
        Clock _ = answers.seen(customer, headers.context());
        return Waiting.forAnswer(carts.mergeGuest(
                customer,
                guest,
                OperationId.ofMerge(customer, headers.idempotencyKey(), guest),
                headers.repeatable(),
                headers.ifMatch()));
    }

    private CartSnapshot apply(CartId cart, Operation operation, Shown shown, WriteHeaders headers) {
        return Waiting.forAnswer(carts.apply(cart, operation, shown, headers.ifMatch()));
    }

    private static CartId guest(String sessionId) {
        try {
            return new CartId(sessionId);
        } catch (IllegalArgumentException e) {
            throw InvalidField.of("sessionId", Identifiers.RULE);
        }
    }

    private static MergeStrategy strategyNamed(String name) {
        try {
            return MergeStrategy.named(name);
        } catch (IllegalArgumentException e) {
            throw InvalidField.of("strategy", String.valueOf(e.getMessage()));
        }
    }
}
