package io.dynamocart.app.operator;

import io.dynamocart.store.backup.BackupException;
import io.dynamocart.store.backup.BackupHeader;
import io.dynamocart.store.backup.Restoration;
import io.dynamocart.store.backup.Restoration.Extent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The command line that makes a data directory of a backup, {@code java -jar cart-app.jar restore …}. */
public final class RestoreCommand {

    private static final String DIRECTORY_OPTION = "--data-dir=";
    private static final String ALL_OPTION = "--whole-cluster";
    private static final String USAGE = """
            restore FILE --data-dir=DIR                   one node, while others of its cluster live
            restore FILE --data-dir=DIR --whole-cluster   all nodes are lost: each from its own file of one backup
            DIR must be empty, or not there; it is the node's dynamo.store.data-dir
            """;

    private final PrintStream out;
    private final Clock clock;

    /** @param clock tells how old a backup is */
    public RestoreCommand(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Runs the command, without the word {@code restore}; returns the exit code. */
    public int run(List<String> args) {
        List<String> files = args.stream().filter(arg -> !arg.startsWith("--")).toList();
        Optional<String> directory = args.stream()
                .filter(arg -> arg.startsWith(DIRECTORY_OPTION))
                .map(arg -> arg.substring(DIRECTORY_OPTION.length()))
                .filter(path -> !path.isEmpty())
                .findFirst();
        boolean understood = args.stream()
                .filter(arg -> arg.startsWith("--"))
                .allMatch(arg -> arg.startsWith(DIRECTORY_OPTION) || arg.equals(ALL_OPTION));
        if (files.size() != 1 || directory.isEmpty() || !understood) {
            out.print(USAGE);
            return 1;
        }
        return restore(
                Path.of(files.getFirst()),
                Path.of(directory.get()),
                args.contains(ALL_OPTION) ? Extent.WHOLE_CLUSTER : Extent.ONE_NODE);
    }

    /** Whether these arguments of the jar are this command. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && args[0].equals("restore");
    }

    private int restore(Path file, Path directory, Extent extent) {
        try {
            BackupHeader header = Restoration.restore(file, directory, extent, clock.instant());
            out.printf(
                    "%s is %s of cluster %s as it was at %s%n",
                    directory, header.node(), header.cluster(), header.begun());
            return 0;
        } catch (BackupException refused) {
            out.println(refused.getMessage());
            return 1;
        }
    }
}
