package io.dynamocart.app.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The words and options behind the name of a command.
 *
 * @param words what is to be done, and to what
 * @param options what begins with two hyphens; of those that take a value, {@code --option=value}
 */
record Arguments(List<String> words, List<String> options) {

    static Arguments of(List<String> args) {
        return new Arguments(
                args.stream().filter(arg -> !arg.startsWith("--")).toList(),
                args.stream().filter(arg -> arg.startsWith("--")).toList());
    }

    /**
     * Whether there are no options but these, and none twice. Another one is a slip of the hand, and a command that went
     * on without it would do something that nobody asked for.
     *
     * @param known names of options; one that ends in {@code =} has to have a value
     */
    boolean haveOnly(String... known) {
        boolean allKnown =
                options.stream().allMatch(option -> Arrays.stream(known).anyMatch(name -> isNamed(name, option)));
        return allKnown && options.stream().map(Arguments::nameOf).distinct().count() == options.size();
    }

    boolean have(String option) {
        return options.contains(option);
    }

    /** @param name with its {@code =} */
    Optional<String> value(String name) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .map(option -> option.substring(name.length()))
                .findFirst();
    }

    private static boolean isNamed(String name, String option) {
        return name.endsWith("=") ? option.startsWith(name) && !option.equals(name) : option.equals(name);
    }

    private static String nameOf(String option) {
        return option.replaceFirst("=.*", "");
    }
}
