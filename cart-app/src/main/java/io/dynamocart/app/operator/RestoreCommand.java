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
    private static final String OTHER_OPTION = "--cluster=";
    private static final String USAGE = """
            restore FILE --data-dir=DIR                   one node, while others of its cluster live
            restore FILE --data-dir=DIR --whole-cluster   all nodes are lost: each from its own file of one backup
            restore FILE --data-dir=DIR --cluster=NAME    to look at what was, in another cluster of that name
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
        Arguments arguments = Arguments.of(args);
        List<String> files = arguments.words();
        Optional<Path> directory = arguments.value(DIRECTORY_OPTION).map(Path::of);
        Optional<String> other = arguments.value(OTHER_OPTION);
        boolean all = arguments.have(ALL_OPTION);
        boolean contradictory = all && other.isPresent();
        boolean understood = arguments.haveOnly(DIRECTORY_OPTION, ALL_OPTION, OTHER_OPTION);
        if (files.size() != 1 || directory.isEmpty() || contradictory || !understood) {
            out.print(USAGE);
            return 1;
        }
        return restore(Path.of(files.getFirst()), directory.get(), all ? Extent.WHOLE_CLUSTER : Extent.ONE_NODE, other);
    }

    /** Whether these arguments of the jar are this command. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && args[0].equals("restore");
    }

    private int restore(Path file, Path directory, Extent extent, Optional<String> other) {
        try {
            BackupHeader header = other.isPresent()
                    ? Restoration.restoreInto(other.get(), file, directory)
                    : Restoration.restore(file, directory, extent, clock.instant());
            out.printf(
                    "%s is %s of cluster %s as it was at %s%n",
                    directory, header.node(), other.orElse(header.cluster()), header.begun());
            return 0;
        } catch (BackupException refused) {
            out.println(refused.getMessage());
            return 1;
        }
    }
}
