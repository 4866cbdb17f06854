package io.dynamocart.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the cart must not touch, so that a seed decides everything that it does, and a reader needs no framework. */
class CartPurityTests {

    private static final JavaClasses CART = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dynamocart.app.cart");

    @Test
    void itKnowsTheStoreJsonACacheAndNothingElse() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.dynamocart..",
                        "com.fasterxml.jackson..",
                        "tools.jackson..",
                        "com.github.benmanes.caffeine.cache",
                        "org.jspecify.annotations",
                        "java.lang..",
                        "java.nio",
                        "java.nio.charset",
                        "java.security",
                        "java.time..",
                        "java.util..")
                .because("Spring, network, disk and log are other packages' business")
                .check(CART);
    }

    @Test
    void itReadsNoClock() {
        check(
                "reads a clock; take Clocks",
                call -> (inJavaTime(call)
                                && (call.getName().equals("now")
                                        || call.getName().startsWith("system")))
                        || is(call, "java.lang.System", "nanoTime", "currentTimeMillis"));
    }

    @Test
    void itThrowsNoDice() {
        check(
                "draws at random; identities come from requests",
                call -> is(call, "java.util.UUID", "randomUUID")
                        || is(call, "java.lang.Math", "random")
                        || is(call, "java.lang.System", "identityHashCode"));
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SecureRandom.class)
                .check(CART);
    }

    @Test
    void itsOrderIsTheSameInEveryJvm() {
        check(
                "iterates in an order that differs between JVMs; use TreeSet, TreeMap or a List",
                call -> is(call, "java.util.Set", "of", "copyOf")
                        || is(call, "java.util.Map", "of", "copyOf", "ofEntries")
                        || is(call, "java.util.stream.Collectors", "toUnmodifiableSet", "toUnmodifiableMap", "toSet"));
    }

    @Test
    void itBlocksNoThreadAndHasNoTimer() {
        String future = CompletableFuture.class.getName();
        check(
                "waits, or lets a timer wait",
                call -> is(call, future, "join", "get", "orTimeout", "completeOnTimeout", "delayedExecutor"));
    }

    @Test
    void itsThreadsAreGivenToIt() {
        check("runs on threads that nobody gave it; name an Executor", CartPurityTests::isAsyncAnywhere);
        List<Class<?>> allowed =
                List.of(CompletableFuture.class, CompletionException.class, ConcurrentHashMap.class, Executor.class);
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "are threads or rule them",
                        type -> type.getPackageName().startsWith("java.util.concurrent")
                                && allowed.stream().noneMatch(type::isEquivalentTo)))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class)
                .check(CART);
    }

    private static void check(String whatItMustNot, Predicate<JavaAccess<?>> predicate) {
        noClasses()
                .should()
                .accessTargetWhere(describe(whatItMustNot, predicate))
                .check(CART);
    }

    private static boolean isAsyncAnywhere(JavaAccess<?> call) {
        return call.getName().endsWith("Async")
                && call.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Executor.class));
    }

    private static boolean inJavaTime(JavaAccess<?> call) {
        return call.getTargetOwner().getPackageName().equals("java.time");
    }

    private static boolean is(JavaAccess<?> call, String owner, String... methods) {
        return call.getTargetOwner().getName().equals(owner) && List.of(methods).contains(call.getName());
    }
}
