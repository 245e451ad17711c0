package io.azimuth.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Holds the arrows between the rooms, seen from the module that sees all of them. */
@AnalyzeClasses(
        packages = "io.azimuth",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    /** In a full build the test classes of other modules come packed. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final int MAX_PUBLIC_TYPES = 12;

    @ArchTest
    static void perceptionLeansOnNothing(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth.perception..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.azimuth.registration..",
                                "io.azimuth.connectors..",
                                "io.azimuth.jobs..");
        rule.check(all);
    }

    @ArchTest
    static void registrationLeansOnPerceptionOnly(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth.registration..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.azimuth.connectors..", "io.azimuth.jobs..");
        rule.check(all);
    }

    @ArchTest
    static void connectorsKnowNoJob(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth.connectors..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.azimuth.jobs..");
        rule.check(all);
    }

    @ArchTest
    static void algorithmsKnowNoFramework(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAnyPackage("io.azimuth.perception..", "io.azimuth.registration..")
                        .and()
                        .resideOutsideOfPackages(
                                "io.azimuth.perception.inference.onnxruntime..",
                                "io.azimuth.perception.inference.tensorrt.djl..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.apache.flink..",
                                "org.apache.kafka..",
                                "ai.djl..",
                                "ai.onnxruntime..");
        rule.check(all);
    }

    @ArchTest
    static void flinkStaysInThePipeline(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth..")
                        .and()
                        .resideOutsideOfPackage("io.azimuth.jobs.pipeline..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.flink..");
        rule.check(all);
    }

    @ArchTest
    static void thePipelineDoesNotKnowItsCallers(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth.jobs.pipeline..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.azimuth.jobs.cli..", "io.azimuth.jobs.config..");
        rule.check(all);
    }

    @ArchTest
    static void noCycles(JavaClasses all) {
        ArchRule rule = slices().matching("io.azimuth.(*).(*)..").should().beFreeOfCycles();
        rule.check(all);
    }

    @ArchTest
    static void onlyTheCommandLinePrints(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.azimuth.jobs.cli..")
                        .should()
                        .accessField(System.class, "out");
        rule.check(all);
    }

    @ArchTest
    static void onePlaceReadsClocks(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth.jobs.pipeline..")
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(java.time.Instant.class, "now");
        rule.check(all);
    }

    @ArchTest
    static void noUnseededRandom(JavaClasses all) {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.azimuth..")
                        .should()
                        .callConstructor(Random.class)
                        .orShould()
                        .callMethod(Math.class, "random");
        rule.check(all);
    }

    /** Flink ships functions by Java serialization; what flows or is stored never goes that way. */
    @ArchTest
    static void noStateIsJavaSerializable(JavaClasses all) {
        ArchRule rule =
                classes()
                        .that()
                        .resideInAPackage("io.azimuth.jobs.pipeline..")
                        .and()
                        .haveNameMatching(
                                ".*\\.(SweepProduct|PlacedSweep|SweepTag|SensorState|VehicleState|OutRecord|Intake|SequenceLog|RigPose)")
                        .should()
                        .notBeAssignableTo(java.io.Serializable.class);
        rule.check(all);
    }

    @ArchTest
    static void packagesHaveAtMostTwelvePublicTypes(JavaClasses all) {
        Map<String, Long> publicTypes =
                all.stream()
                        .filter(c -> c.isTopLevelClass())
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(c -> c.getPackageName().startsWith("io.azimuth.jobs"))
                        .collect(
                                Collectors.groupingBy(
                                        c -> c.getPackageName(), Collectors.counting()));

        assertThat(publicTypes.values()).allMatch(n -> n <= MAX_PUBLIC_TYPES);
    }
}
