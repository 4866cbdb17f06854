package io.dynamocart.store.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The door to a store that answers when the test says so. */
class GuardedStoreTests {

    private static final Key KEY = Key.of("cart-1");
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Test
    void aRequestThatDoesNotEvenBeginLeavesItsPlaceToOthers() {
        GuardedStore door = new GuardedStore(
                store(() -> {
                    throw new IllegalStateException("a test says so");
                }),
                1);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> get(door)).hasMessage("a test says so");
        }
    }

    @Test
    void whoIsInsideWhenTheNodeEndsIsTold() {
        GuardedStore door = new GuardedStore(store(CompletableFuture::new), 2);
        CompletableFuture<?> get = get(door);
        CompletableFuture<?> put = door.put(KEY, Context.none(KEY), Value.of("milk"), WriteOptions.of(3, 2, A_SECOND));
        assertThat(door.close(Duration.ZERO)).isFalse();
        assertThat(get).isNotDone();

        door.abandon();
        assertThat(get.exceptionNow()).isInstanceOf(StoreException.NotReady.class);
        assertThat(put.exceptionNow()).isInstanceOf(StoreException.OutcomeUnknown.class);
    }

    private static CompletableFuture<GetResult> get(GuardedStore door) {
        return door.get(KEY, ReadOptions.of(3, 2, A_SECOND));
    }

    private static DynamoStore store(Supplier<CompletableFuture<?>> answer) {
        return (DynamoStore) Proxy.newProxyInstance(
                DynamoStore.class.getClassLoader(), new Class<?>[] {DynamoStore.class}, (_, _, _) -> answer.get());
    }
}
