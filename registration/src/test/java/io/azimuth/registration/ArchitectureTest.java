package io.azimuth.registration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.azimuth.registration", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.azimuth.registration.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule neighboursKnowNothingOfRegistration =
            noClasses()
                    .that()
                    .resideInAPackage("..registration.neighbours..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..registration.icp..", "..registration.odometry..");

    @ArchTest
    static final ArchRule icpKnowsNothingOfOdometry =
            noClasses()
                    .that()
                    .resideInAPackage("..registration.icp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..registration.odometry..");

    @ArchTest
    static final ArchRule algorithmsArePlainLibraries =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.apache.kafka..",
                            "ai.djl..",
                            "io.azimuth.connectors..",
                            "io.azimuth.jobs..",
                            "java.io..");

    @ArchTest
    static final ArchRule nothingMeasuresWallTime =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");
}
