package io.dynamocart.app.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.runtime.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which instances may be stopped and started when; here they have nothing to run. */
class PowerSwitchTests {

    private final LocalClusterProperties properties = new LocalClusterProperties(1, 4, Path.of("nowhere"));
    private final List<LocalInstance> instances = IntStream.rangeClosed(1, 3)
            .mapToObj(number -> new LocalInstance(number, properties))
            .toList();
    private PowerSwitch power = new PowerSwitch(instances, PowerSwitchTests::run);

    PowerSwitchTests() {
        instances.forEach(PowerSwitchTests::run);
    }

    @AfterEach
    void close() {
        power.close();
    }

    @Test
    void aStoppedInstanceCanBeStartedAgain() {
        power.off("node-2");
        await(1, InstanceState.STOPPED);

        power.on("node-2");
        await(1, InstanceState.RUNNING);
    }

    @Test
    void whatIsAskedForTwiceIsDoneOnce() {
        power.off("node-2");
        await(1, InstanceState.STOPPED);
        power.off("node-2");
        power.on("node-1");

        assertThat(instances)
                .extracting(LocalInstance::state)
                .containsExactly(InstanceState.RUNNING, InstanceState.STOPPED, InstanceState.RUNNING);
    }

    @Test
    void theLastThatRunsIsNotStopped() {
        power.off("node-1");
        power.off("node-3");

        assertThatThrownBy(() -> power.off("node-2"))
                .isInstanceOf(PowerSwitch.Refused.class)
                .hasMessageContaining("the last");
        assertThat(instances.get(1).state()).isEqualTo(InstanceState.RUNNING);
    }

    @Test
    void anInstanceThatIsBusyWithAChangeTakesNoOther() {
        CountDownLatch mayStart = new CountDownLatch(1);
        power.close();
        power = new PowerSwitch(instances, instance -> {
            awaitUninterruptibly(mayStart);
            run(instance);
        });
        power.off("node-2");
        await(1, InstanceState.STOPPED);
        power.on("node-2");

        assertThatThrownBy(() -> power.off("node-2")).isInstanceOf(PowerSwitch.Refused.class);
        mayStart.countDown();
        await(1, InstanceState.RUNNING);
    }

    @Test
    void nobodyElseCanBeStopped() {
        assertThatThrownBy(() -> power.off("node-4")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void run(LocalInstance instance) {
        instance.announce(InstanceState.RUNNING);
    }

    private void await(int instance, InstanceState goal) {
        Await.until(
                instances.get(instance).name() + " is " + goal,
                () -> instances.get(instance).state() == goal);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
