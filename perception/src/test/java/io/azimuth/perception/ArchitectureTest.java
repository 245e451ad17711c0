package io.azimuth.perception;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Which package may lean on which, and what no algorithm may touch. */
@AnalyzeClasses(
        packages = "io.azimuth.perception",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.azimuth.perception.";
    private static final int MAX_PUBLIC_TYPES = 12;

    // what any package may use besides its own and what its arrow allows
    private static final String JAVA = "java..";
    private static final String NULLNESS = "org.jspecify..";
    private static final String EJML = "org.ejml..";

    @ArchTest static final ArchRule GEOMETRY_LEANS_ON_NOTHING = arrow("geometry");
    @ArchTest static final ArchRule SIMULATION_ARROW = arrow("simulation", "geometry");
    @ArchTest static final ArchRule GROUND_ARROW = arrow("ground", "geometry");
    @ArchTest static final ArchRule CLUSTER_ARROW = arrow("cluster", "geometry", "ground");
    @ArchTest static final ArchRule TRACKING_ARROW = arrow("tracking", "geometry");
    @ArchTest static final ArchRule EVALUATION_ARROW = arrow("evaluation", "geometry");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_PRINTS =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .orShould()
                    .callMethod(Throwable.class, "printStackTrace");

    /** Enums and exceptions are serializable by birth; nothing else may be. */
    @ArchTest
    static final ArchRule NOTHING_IS_SERIALIZED_BY_JAVA =
            noClasses()
                    .that()
                    .areNotEnums()
                    .and()
                    .areNotAssignableTo(Throwable.class)
                    .should()
                    .beAssignableTo(Serializable.class)
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.io.ObjectOutputStream")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule CHANCE_IS_SEEDED =
            noClasses()
                    .should()
                    .callConstructor(Random.class)
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callMethod(StrictMath.class, "random")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.security.SecureRandom")
                    .orShould()
                    .callMethod(java.util.random.RandomGenerator.class, "getDefault")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule NOTHING_READS_THE_CLOCK =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule STATICS_DO_NOT_CHANGE =
            com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
                    .that()
                    .areStatic()
                    .should()
                    .beFinal();

    @ArchTest
    static void aPackageShowsFewTypes(JavaClasses all) {
        Map<String, Integer> shown = new TreeMap<>();
        for (JavaClass c : all) {
            boolean counts = c.getModifiers().contains(JavaModifier.PUBLIC) && c.isTopLevelClass();
            if (counts) {
                shown.merge(c.getPackageName(), 1, Integer::sum);
            }
        }

        assertThat(shown)
                .isNotEmpty()
                .allSatisfy(
                        (name, count) ->
                                assertThat(count)
                                        .as("public types of %s", name)
                                        .isLessThanOrEqualTo(MAX_PUBLIC_TYPES));
    }

    private static ArchRule arrow(String from, String... to) {
        String[] allowed = new String[to.length + 4];
        allowed[0] = ROOT + from + "..";
        allowed[1] = JAVA;
        allowed[2] = NULLNESS;
        allowed[3] = EJML;
        for (int i = 0; i < to.length; i++) {
            allowed[4 + i] = ROOT + to[i] + "..";
        }
        return classes()
                .that(are(resideInAPackage(ROOT + from + "..")))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true); // a room that is not built yet breaks no rule
    }
}
