package io.dynamocart.store;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.dynamocart.store.HouseRules.is;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** docs/architecture.md, "Packages, and who may know whom", and what the sans-io packages must not touch. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTests {

    private static final String ROOT = "io.dynamocart.store";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final String[] SANS_IO = {
        ROOT,
        in("codec"),
        in("trace"),
        in("version"),
        in("ring"),
        in("merkle"),
        in("membership"),
        in("message"),
        in("port"),
        in("coordination"),
        in("replica"),
        in("handoff"),
        in("gossip"),
        in("antientropy"),
        in("reaping"),
        in("expiry"),
        in("node")
    };

    /** Each package, and the packages of ours that it may know; the root is written "". */
    private static Map<String, List<String>> mayKnow() {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        rules.put("codec", List.of());
        rules.put("trace", List.of());
        rules.put("version", List.of("codec"));
        rules.put("ring", List.of("codec", "version"));
        rules.put("merkle", List.of("version", "ring"));
        rules.put("membership", List.of("codec", "ring"));
        rules.put("message", List.of("trace", "version", "ring", "merkle", "membership"));
        rules.put("port", List.of("version", "ring", "message"));
        rules.put("", List.of("trace", "version"));
        rules.put("coordination", List.of("", "version", "ring"));
        rules.put("replica", List.of("version", "ring", "merkle", "port"));
        rules.put("handoff", List.of("version", "ring", "merkle", "port", "replica"));
        rules.put("gossip", List.of("ring", "membership"));
        rules.put("antientropy", List.of("version", "ring", "merkle"));
        rules.put("expiry", List.of("", "version", "ring"));
        rules.put("reaping", List.of("version", "ring", "merkle", "message"));
        rules.put(
                "node",
                List.of(
                        "",
                        "codec",
                        "trace",
                        "version",
                        "ring",
                        "membership",
                        "message",
                        "port",
                        "coordination",
                        "replica",
                        "handoff",
                        "gossip",
                        "antientropy",
                        "reaping",
                        "expiry",
                        "merkle"));
        rules.put("storage", List.of("codec", "version", "ring", "port"));
        rules.put("backup", List.of("codec", "ring", "storage"));
        rules.put("transport", List.of("codec", "trace", "version", "ring", "merkle", "membership", "message", "port"));
        rules.put(
                "runtime",
                List.of(
                        "",
                        "codec",
                        "version",
                        "ring",
                        "membership",
                        "message",
                        "port",
                        "node",
                        "storage",
                        "backup",
                        "transport"));
        rules.put(
                "autoconfigure",
                List.of(
                        "",
                        "version",
                        "ring",
                        "membership",
                        "port",
                        "gossip",
                        "antientropy",
                        "replica",
                        "node",
                        "storage",
                        "backup",
                        "transport",
                        "runtime",
                        "actuate"));
        rules.put(
                "actuate",
                List.of("", "trace", "version", "ring", "membership", "port", "handoff", "node", "backup", "runtime"));
        return rules;
    }

    @TestFactory
    Stream<DynamicTest> packageKnowsOnlyWhatItMay() {
        return mayKnow().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest("'" + rule.getKey() + "'", () -> {
                    Stream<String> allowed = Stream.concat(Stream.of(rule.getKey()), rule.getValue().stream());
                    String[] packages = allowed.map(ArchitectureTests::in).toArray(String[]::new);
                    noClasses()
                            .that(resideInAPackage(in(rule.getKey())))
                            .should()
                            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages))))
                            .because("arrows point up the table of docs/architecture.md, and none points down")
                            .check(CODE);
                }));
    }

    @Test
    void everyPackageIsOnTheList() {
        String[] known = mayKnow().keySet().stream().map(ArchitectureTests::in).toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(CODE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void sansIoPackagesUseNoOutsideWorld() {
        noClasses()
                .that()
                .resideInAnyPackage(SANS_IO)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "io.netty..",
                        "org.iq80..",
                        "com.github..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.util.concurrent.locks..",
                        "org.slf4j..")
                .because("network, disk and logs are behind port and NodeEvent, so that a seed decides everything")
                .check(CODE);
    }

    @Test
    void sansIoPackagesHaveNoClockThreadOrDice() {
        noClasses()
                .that()
                .resideInAnyPackage(SANS_IO)
                .should()
                .accessTargetWhere(describe(
                        "reads a clock; take a Moment as an argument",
                        call -> is(
                                call.getTarget(),
                                "java.time.Instant.now",
                                "java.lang.System.nanoTime",
                                "java.lang.System.currentTimeMillis",
                                "java.time.Clock.systemUTC")))
                .orShould()
                .accessTargetWhere(describe(
                        "draws at random; take a RandomSource",
                        call -> is(
                                call.getTarget(),
                                "java.util.UUID.randomUUID",
                                "java.lang.Math.random",
                                "java.lang.System.identityHashCode")))
                .orShould()
                .accessTargetWhere(describe(
                        "may differ in its last bit between platforms; use whole numbers or StrictMath",
                        call -> is(
                                call.getTarget(),
                                "java.lang.Math.exp",
                                "java.lang.Math.log",
                                "java.lang.Math.log10",
                                "java.lang.Math.pow")))
                .orShould()
                .accessTargetWhere(describe(
                        "iterates in an order that differs between JVMs; use TreeSet, TreeMap or a List",
                        call -> isUnordered(call.getTarget())))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Random.class, SecureRandom.class)
                .check(CODE);
        noClasses()
                .that()
                .resideInAnyPackage(SANS_IO)
                .should()
                .dependOnClassesThat(describe(
                        "hand work to other threads; the node has one",
                        type -> type.getPackageName().startsWith("java.util.concurrent")
                                && !type.getSimpleName().startsWith("Complet")))
                .check(CODE);
    }

    @Test
    void onlyTheNodeSends() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        in("coordination"), in("replica"), in("gossip"), in("antientropy"), in("reaping"), in("expiry"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(in("port") + ".Transport")
                .check(CODE);
    }

    @Test
    void autoConfigurationsArePublicAndFinal() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .bePublic()
                .check(CODE);
    }

    @Test
    void noThreadIsVirtual() {
        HouseRules.noThreadIsVirtual().check(CODE);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        HouseRules.everyPackageSaysWhatItIs(CODE).check(CODE);
    }

    private static boolean isUnordered(AccessTarget target) {
        boolean ofSetOrMap =
                target.getOwner().isEquivalentTo(Set.class) || target.getOwner().isEquivalentTo(Map.class);
        return (ofSetOrMap && List.of("of", "copyOf", "ofEntries").contains(target.getName()))
                || List.of("toUnmodifiableSet", "toUnmodifiableMap", "toSet", "parallelStream")
                        .contains(target.getName());
    }

    private static String in(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }
}
