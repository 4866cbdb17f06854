package io.dynamocart.app.localcluster;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops instances of the local cluster on purpose, and starts them again, one after the other. What it is asked for it
 * only begins: whoever asks may be a request that the instance has to let go before it can stop. Thread-safe.
 */
public final class PowerSwitch {

    private static final Logger log = LoggerFactory.getLogger(PowerSwitch.class);

    private final List<LocalInstance> instances;
    private final Consumer<LocalInstance> starter;
    private final ExecutorService changes;

    /** What was asked for is not possible, or not now; its message says why. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, true, false);
        }
    }

    /** @param starter starts an instance, and returns when it has started */
    PowerSwitch(List<LocalInstance> instances, Consumer<LocalInstance> starter) {
        this.instances = instances;
        this.starter = starter;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.changes = Executors.newSingleThreadExecutor(task -> thread(task, loader));
    }

    /**
     * Begins to stop an instance in order; one that is stopped stays so.
     *
     * @throws Refused if it is the last that runs, since nobody could be asked to start it again; if it is busy with a
     *     change
     * @throws IllegalArgumentException if there is none of this name
     */
    public synchronized void off(String name) {
        LocalInstance instance = settled(name);
        if (instance.state() == InstanceState.RUNNING) {
            if (instances.stream()
                            .filter(it -> it.state() == InstanceState.RUNNING)
                            .count()
                    == 1) {
                throw new Refused("%s is the last that runs; nobody would be left to start the others".formatted(name));
            }
            instance.announce(InstanceState.STOPPING);
            changes.execute(instance::stop);
        }
    }

    /**
     * Begins to start an instance; one that runs goes on.
     *
     * @throws Refused if it is busy with a change
     * @throws IllegalArgumentException if there is none of this name
     */
    public synchronized void on(String name) {
        LocalInstance instance = settled(name);
        if (instance.state() == InstanceState.STOPPED) {
            instance.announce(InstanceState.STARTING);
            changes.execute(() -> start(instance));
        }
    }

    /** Waits until what was begun is done, and begins nothing any more. */
    void close() {
        changes.close();
    }

    private LocalInstance settled(String name) {
        LocalInstance instance = instances.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no instance '%s'".formatted(name)));
        switch (instance.state()) {
            case STARTING -> throw new Refused("%s is about to start; wait until it has".formatted(name));
            case STOPPING -> throw new Refused("%s is about to stop; wait until it has".formatted(name));
            case RUNNING, STOPPED -> {}
        }
        return instance;
    }

    private void start(LocalInstance instance) {
        try {
            starter.accept(instance);
        } catch (RuntimeException e) {
            log.error("{} cannot be started again", instance.name(), e);
        }
    }

    /** It would else have the class loader of the request that it was made for, whose instance may be stopped since. */
    private static Thread thread(Runnable task, ClassLoader loader) {
        Thread thread = Thread.ofPlatform().name("local-cluster").daemon().unstarted(task);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
