package io.dynamocart.store;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Rules that hold in both modules; each module's ArchitectureTests check them for its own code. */
public final class HouseRules {

    private HouseRules() {}

    public static ArchRule noThreadIsVirtual() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "makes a virtual thread; use one of the platform",
                        access -> is(
                                access.getTarget(),
                                "java.lang.Thread.ofVirtual",
                                "java.lang.Thread.startVirtualThread",
                                "java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor")))
                .because("they can stand still for ever while classes are loaded (docs/decisions/0021)");
    }

    /** @param code with the package-infos that there are */
    public static ArchRule everyPackageSaysWhatItIs(JavaClasses code) {
        String[] described = code.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .toArray(String[]::new);
        return classes()
                .should()
                .resideInAnyPackage(described)
                .because("package-info carries what a package is and @NullMarked");
    }

    static boolean is(AccessTarget target, String... methods) {
        return List.of(methods).contains(target.getOwner().getFullName() + "." + target.getName());
    }
}
