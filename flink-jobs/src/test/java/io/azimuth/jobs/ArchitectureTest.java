package io.azimuth.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Holds the arrows between the rooms, seen from the module that sees all of them. */
@AnalyzeClasses(
        packages = "io.azimuth",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
    private static final int MAX_PUBLIC_TYPES = 12;

    @ArchTest
    static final ArchRule PERCEPTION_LEANS_ON_NOTHING =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth.perception..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.azimuth.registration..",
                            "io.azimuth.connectors..",
                            "io.azimuth.jobs..");

    @ArchTest
    static final ArchRule REGISTRATION_LEANS_ON_PERCEPTION_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth.registration..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.azimuth.connectors..", "io.azimuth.jobs..");

    @ArchTest
    static final ArchRule CONNECTORS_KNOW_NO_JOB =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth.connectors..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.azimuth.jobs..");

    @ArchTest
    static final ArchRule ALGORITHMS_KNOW_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.azimuth.perception..", "io.azimuth.registration..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "ai.djl..");

    @ArchTest
    static final ArchRule FLINK_STAYS_IN_THE_PIPELINE =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth..")
                    .and()
                    .resideOutsideOfPackage("io.azimuth.jobs.pipeline..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule THE_PIPELINE_DOES_NOT_KNOW_ITS_CALLERS =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth.jobs.pipeline..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.azimuth.jobs.cli..", "io.azimuth.jobs.config..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.azimuth.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.azimuth.jobs.cli..")
                    .should()
                    .accessField(System.class, "out");

    @ArchTest
    static final ArchRule ONE_PLACE_READS_CLOCKS =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth.jobs.pipeline..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule NO_UNSEEDED_RANDOM =
            noClasses()
                    .that()
                    .resideInAPackage("io.azimuth..")
                    .should()
                    .callConstructor(Random.class)
                    .orShould()
                    .callMethod(Math.class, "random");

    /** Flink ships functions by Java serialization; what flows or is stored never goes that way. */
    @ArchTest
    static final ArchRule NO_STATE_IS_JAVA_SERIALIZABLE =
            classes()
                    .that()
                    .resideInAPackage("io.azimuth.jobs.pipeline..")
                    .and()
                    .haveNameMatching(
                            ".*\\.(SweepProduct|PlacedSweep|SweepTag|SensorState|VehicleState|OutRecord|Intake|SequenceLog|RigPose)")
                    .should()
                    .notBeAssignableTo(java.io.Serializable.class);

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
