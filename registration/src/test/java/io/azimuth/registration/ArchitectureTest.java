package io.azimuth.registration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

@AnalyzeClasses(packages = "io.azimuth.registration", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static void packagesFormNoCycles(JavaClasses all) {
        slices().matching("io.azimuth.registration.(*)..").should().beFreeOfCycles().check(all);
    }

    @ArchTest
    static void neighboursKnowNothingOfRegistration(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("..registration.neighbours..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..registration.icp..", "..registration.odometry..")
                .check(all);
    }

    @ArchTest
    static void icpKnowsNothingOfOdometry(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("..registration.icp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..registration.odometry..")
                .check(all);
    }

    @ArchTest
    static void pclKnowsIcpAndNeighboursOnly(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("..registration.pcl..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.azimuth..")
                                .and(
                                        resideOutsideOfPackages(
                                                "..perception.geometry..",
                                                "..registration.icp..",
                                                "..registration.neighbours..",
                                                "..registration.pcl..")))
                .check(all);
    }

    @ArchTest
    static void nothingOfOursKnowsPcl(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackage("..registration.pcl..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..registration.pcl..", "org.bytedeco..")
                .check(all);
    }

    /** Only the weights read anything: themselves, from a resource beside them. */
    @ArchTest
    static void algorithmsArePlainLibraries(JavaClasses all) {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.azimuth.registration.ume.UmeWeights")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..",
                        "org.apache.kafka..",
                        "ai.djl..",
                        "io.azimuth.connectors..",
                        "io.azimuth.jobs..",
                        "java.io..")
                .check(all);
    }

    @ArchTest
    static void nothingMeasuresWallTime(JavaClasses all) {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(all);
    }
}
