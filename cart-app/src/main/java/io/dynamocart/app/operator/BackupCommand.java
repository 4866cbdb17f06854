package io.dynamocart.app.operator;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command line for backups, {@code java -jar cart-app.jar backup …}: talks to the Actuator endpoints of instances
 * that run on the same machine, or ask for a password.
 */
public final class BackupCommand {

    /** After that a node that has not ended took no part, or is gone: five minutes. */
    static final int MOST_LOOKS_IN_VAIN = 60;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final String URL_OPTION = "--url=";
    private static final String WAIT_OPTION = "--wait";
    private static final String USAGE = """
            backup begin          every node writes a backup into its own dynamo.store.backup-dir
            backup begin --wait   and this command ends with them: with 0 if all that are asked have it whole
            backup status         how the last one stands; with 0 also while it runs
            with --url=http://127.0.0.1:8080   the instance to ask; several with commas between them, of which the first begins
            """;

    private final PrintStream out;
    private final Map<String, String> environment;
    private final Pause pause;

    /** What there is between two looks. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /** @param environment what the shell gives: the name and password of an instance that asks for them */
    public BackupCommand(PrintStream out, Map<String, String> environment) {
        this(out, environment, () -> Thread.sleep(BETWEEN_LOOKS));
    }

    BackupCommand(PrintStream out, Map<String, String> environment, Pause pause) {
        this.out = out;
        this.environment = environment;
        this.pause = pause;
    }

    /** Runs one command, without the word {@code backup}; returns the exit code. */
    public int run(List<String> args) {
        Arguments arguments = Arguments.of(args);
        boolean begins = arguments.words().equals(List.of("begin"));
        boolean waits = arguments.have(WAIT_OPTION);
        boolean looks = arguments.words().equals(List.of("status")) && !waits;
        if (!arguments.haveOnly(URL_OPTION, WAIT_OPTION) || !(begins || looks)) {
            out.print(USAGE);
            return 1;
        }
        List<String> urls = urls(arguments);
        List<String> others = urls.stream().filter(url -> !Instance.isUrl(url)).toList();
        if (!others.isEmpty()) {
            others.forEach(url -> out.println(Instance.noUrl(url)));
            return 1;
        }
        List<Instance> instances =
                urls.stream().map(url -> new Instance(url, environment)).toList();
        try {
            return looks ? status(instances) : begin(instances, waits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }

    /** Whether these arguments of the jar are a command for backups. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && args[0].equals("backup");
    }

    private static List<String> urls(Arguments arguments) {
        // Also what is empty, and so no url: a comma too many may stand for an instance that was forgotten
        return List.of(arguments.value(URL_OPTION).orElse(Instance.STANDARD_URL).split(",", -1));
    }

    private int status(List<Instance> instances) throws InterruptedException {
        int exit = 0;
        for (Instance instance : instances) {
            BackupStatus status = BackupStatus.of(instance);
            out.println(status.words());
            exit = Math.max(exit, status.exit());
        }
        return exit;
    }

    /** One of them tells all others of the cluster, also those that were not named. */
    private int begin(List<Instance> instances, boolean waits) throws InterruptedException {
        BackupStatus first = BackupStatus.begin(instances.getFirst());
        out.println(first.words());
        return first.exit() != 0 || !waits ? first.exit() : awaitEnd(first, instances);
    }

    /** Says what is new at each look, until all have ended, or for too long nothing is. */
    private int awaitEnd(BackupStatus first, List<Instance> instances) throws InterruptedException {
        Set<String> said = new TreeSet<>(Set.of(first.words()));
        List<BackupStatus> latest;
        int looksInVain = 0;
        do {
            pause.pass();
            latest = look(instances);
            List<String> news =
                    latest.stream().map(BackupStatus::words).filter(said::add).toList();
            news.forEach(out::println);
            looksInVain = news.isEmpty() ? looksInVain + 1 : 0;
        } while (looksInVain < MOST_LOOKS_IN_VAIN
                && !latest.stream().allMatch(status -> status.hasEnded(first.begun())));
        long done =
                latest.stream().filter(status -> status.isWhole(first.begun())).count();
        out.printf("the backup of %s is whole at %d of %d%n", first.begun(), done, instances.size());
        return done == instances.size() ? 0 : 1;
    }

    private static List<BackupStatus> look(List<Instance> instances) throws InterruptedException {
        List<BackupStatus> found = new ArrayList<>();
        for (Instance instance : instances) {
            found.add(BackupStatus.of(instance));
        }
        return found;
    }
}
