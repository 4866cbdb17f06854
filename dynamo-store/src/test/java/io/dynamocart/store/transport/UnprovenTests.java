package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers of a node that gives them a moment to prove who they are; with too many, see {@link StrangersTests}. */
class UnprovenTests {

    private final EventLoopThread loop = new EventLoopThread("node");
    private final Unproven unproven = new Unproven(loop, System::nanoTime, Duration.ofMillis(20));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void whoeverIsSilentIsClosedAndAPeerIsNot() {
        EmbeddedChannel peer = new EmbeddedChannel();
        List<EmbeddedChannel> silent =
                Stream.generate(EmbeddedChannel::new).limit(3).toList();
        loop.submitAndWait(() -> {
            unproven.add(peer);
            silent.forEach(unproven::add);
            unproven.onProven(peer);
        });

        Awaitility.await("the silent are closed").until(() -> silent.stream().noneMatch(EmbeddedChannel::isOpen));
        assertThat(peer.isOpen()).isTrue();
    }

    @Test
    void whoeverComesLaterHasAsMuchTime() {
        EmbeddedChannel first = new EmbeddedChannel();
        loop.submitAndWait(() -> unproven.add(first));
        Awaitility.await("the first is closed").until(() -> !first.isOpen());

        EmbeddedChannel second = new EmbeddedChannel();
        loop.submitAndWait(() -> {
            unproven.add(second);
            assertThat(second.isOpen()).isTrue();
        });
        Awaitility.await("so is the second").until(() -> !second.isOpen());
    }

    /** Else those who come and go would drive out those who stay. */
    @Test
    void whoeverHasGoneTakesNoPlace() {
        Unproven patient = new Unproven(loop, System::nanoTime, Duration.ofMinutes(1));
        EmbeddedChannel stays = new EmbeddedChannel();
        loop.submitAndWait(() -> {
            patient.add(stays);
            for (int i = 0; i < 2 * Unproven.MOST; i++) {
                EmbeddedChannel goes = new EmbeddedChannel();
                patient.add(goes);
                goes.close().syncUninterruptibly();
            }
        });

        assertThat(stays.isOpen()).isTrue();
    }
}
