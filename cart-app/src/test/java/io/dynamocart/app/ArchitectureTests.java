package io.dynamocart.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dynamocart.store.HouseRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The application's part of docs/architecture.md, "Packages, and who may know whom". */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTests {

    private static final String ROOT = "io.dynamocart.app";
    private static final String STORE = "io.dynamocart.store";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Each package, and the packages of ours that it may know. */
    private static Map<String, List<String>> mayKnow() {
        String cart = ROOT + ".cart";
        String localCluster = ROOT + ".localcluster";
        Map<String, List<String>> rules = new LinkedHashMap<>();
        rules.put(cart, List.of(STORE, STORE + ".version"));
        rules.put(ROOT + ".access", List.of());
        rules.put(ROOT + ".api", List.of(cart, ROOT + ".access", STORE, STORE + ".version"));
        rules.put(
                localCluster,
                List.of(
                        STORE,
                        STORE + ".version",
                        STORE + ".ring",
                        STORE + ".node",
                        STORE + ".runtime",
                        STORE + ".port",
                        STORE + ".transport"));
        rules.put(ROOT + ".lab", List.of(localCluster, ROOT + ".access", STORE));
        rules.put(ROOT + ".operator", List.of(ROOT + ".access", STORE + ".backup"));
        rules.put(ROOT, List.of(cart, localCluster, ROOT + ".operator", STORE + ".."));
        return rules;
    }

    @TestFactory
    Stream<DynamicTest> packageKnowsOnlyWhatItMay() {
        return mayKnow().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                    Stream<String> known = Stream.concat(Stream.of(rule.getKey()), rule.getValue().stream());
                    noClasses()
                            .that(resideInAPackage(rule.getKey()))
                            .should()
                            .dependOnClassesThat(resideInAPackage("io.dynamocart..")
                                    .and(not(resideInAnyPackage(known.toArray(String[]::new)))))
                            .check(CODE);
                }));
    }

    @Test
    void everyPackageIsOnTheList() {
        classes()
                .should()
                .resideInAnyPackage(mayKnow().keySet().toArray(String[]::new))
                .check(CODE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.dynamocart.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void noThreadIsVirtual() {
        HouseRules.noThreadIsVirtual().check(CODE);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        HouseRules.everyPackageSaysWhatItIs(CODE).check(CODE);
    }
}
