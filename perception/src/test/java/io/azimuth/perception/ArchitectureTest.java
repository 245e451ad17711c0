package io.azimuth.perception;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
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

/**
 * Which package may lean on which, and what no algorithm may touch. Rules are methods: the build
 * does not run rules that are fields.
 */
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

    @ArchTest
    static void geometryLeansOnNothing(JavaClasses all) {
        arrow("geometry").check(all);
    }

    @ArchTest
    static void simulationUsesGeometryOnly(JavaClasses all) {
        arrow("simulation", "geometry").check(all);
    }

    @ArchTest
    static void groundUsesGeometryOnly(JavaClasses all) {
        arrow("ground", "geometry").check(all);
    }

    @ArchTest
    static void clusterUsesGeometryAndGround(JavaClasses all) {
        arrow("cluster", "geometry", "ground").check(all);
    }

    @ArchTest
    static void polarUsesGeometryGroundAndInference(JavaClasses all) {
        arrow("polar", "geometry", "ground", "inference").check(all);
    }

    @ArchTest
    static void invariantUsesGeometryGroundAndInference(JavaClasses all) {
        arrow("invariant", "geometry", "ground", "inference").check(all);
    }

    @ArchTest
    static void recognitionUsesGeometryAndInvariant(JavaClasses all) {
        arrow("recognition", "geometry", "invariant").check(all);
    }

    @ArchTest
    static void fusionUsesGeometryOnly(JavaClasses all) {
        arrow("fusion", "geometry").check(all);
    }

    @ArchTest
    static void trackingUsesGeometryOnly(JavaClasses all) {
        arrow("tracking", "geometry").check(all);
    }

    @ArchTest
    static void evaluationUsesGeometryOnly(JavaClasses all) {
        arrow("evaluation", "geometry").check(all);
    }

    @ArchTest
    static void bundlesKnowNoEngine(JavaClasses all) {
        within("inference.bundle..", ROOT + "inference.bundle..", "com.fasterxml.jackson..")
                .check(all);
    }

    @ArchTest
    static void theContractOfInferenceKnowsNoEngine(JavaClasses all) {
        within("inference", ROOT + "inference", ROOT + "inference.bundle..").check(all);
    }

    @ArchTest
    static void enginesStayInTheirPackage(JavaClasses all) {
        within(
                        "inference.onnxruntime..",
                        ROOT + "inference..",
                        "ai.djl.engine..",
                        "ai.onnxruntime..")
                .check(all);
    }

    @ArchTest
    static void theTensorRtEngineKnowsDjlAndItsSeamOnly(JavaClasses all) {
        within("inference.tensorrt.djl..", ROOT + "inference..", "ai.djl..").check(all);
        within("inference.tensorrt", ROOT + "inference..").check(all);
        within("inference.tensorrt.plan..", ROOT + "inference..").check(all);
        within("inference.tensorrt.probe..", ROOT + "inference.tensorrt..").check(all);
    }

    /** Loaded where it cannot work, a native class ends the process or poisons its loader. */
    @ArchTest
    static void nativesAreTouchedBehindTheSeamOnly(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "inference.tensorrt.seam..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(all);
    }

    @ArchTest
    static void onlyTheProbeAndTheBackendMakeTheNatives(JavaClasses all) {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "inference.tensorrt.probe.TrtProbe")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "inference.tensorrt.TrtBackend")
                .should()
                .callConstructor(
                        io.azimuth.perception.inference.tensorrt.seam.JavaCppTrtNative.class)
                .check(all);
    }

    @ArchTest
    static void packagesFormNoCycle(JavaClasses all) {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(all);
    }

    @ArchTest
    static void nothingPrints(JavaClasses all) {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(all);
    }

    /** Enums and exceptions are serializable by birth; nothing else may be. */
    @ArchTest
    static void nothingIsSerializedByJava(JavaClasses all) {
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
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(all);
    }

    @ArchTest
    static void chanceIsSeeded(JavaClasses all) {
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
                .callMethod(java.util.UUID.class, "randomUUID")
                .check(all);
    }

    /** Only what fills the counters of runs may: no result depends on it. */
    @ArchTest
    static void nothingReadsTheClock(JavaClasses all) {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "inference.onnxruntime.RunClock")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "inference.checks.SystemTicker")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(all);
    }

    @ArchTest
    static void staticsDoNotChange(JavaClasses all) {
        fields().that().areStatic().should().beFinal().check(all);
    }

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

    private static ArchRule within(String from, String... to) {
        String[] allowed = new String[to.length + 2];
        allowed[0] = JAVA;
        allowed[1] = NULLNESS;
        System.arraycopy(to, 0, allowed, 2, to.length);
        return classes()
                .that()
                .resideInAPackage(ROOT + from)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
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
                .that()
                .resideInAPackage(ROOT + from + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true); // a room that is not built yet breaks no rule
    }
}
