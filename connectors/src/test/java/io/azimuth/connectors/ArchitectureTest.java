package io.azimuth.connectors;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rules are methods: as fields they would silently not run. */
@AnalyzeClasses(packages = "io.azimuth.connectors", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int MOST_PUBLIC_TYPES = 12;
    private static final int MOST_PACKAGES = 12;

    @ArchTest
    static void packagesFormNoCycles(JavaClasses all) {
        slices().matching("io.azimuth.connectors.(*)..").should().beFreeOfCycles().check(all);
    }

    @ArchTest
    static void formatKnowsOnlyGeometry(JavaClasses all) {
        onlyKnows(all, "format", "io.azimuth.perception.geometry..");
    }

    @ArchTest
    static void rosKnowsOnlyBytesReportsAndGeometry(JavaClasses all) {
        onlyKnows(
                all,
                "ros",
                "io.azimuth.connectors.bytes..",
                "io.azimuth.connectors.format..",
                "io.azimuth.perception.geometry..");
        noClasses()
                .that()
                .resideOutsideOfPackage("io.azimuth.connectors.ros..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.compress..")
                .check(all);
    }

    @ArchTest
    static void bytesKnowOnlyGeometry(JavaClasses all) {
        onlyKnows(all, "bytes", "io.azimuth.perception.geometry..");
    }

    @ArchTest
    static void mcapKnowsOnlyBytesAndGeometry(JavaClasses all) {
        onlyKnows(all, "mcap", "io.azimuth.connectors.bytes..", "io.azimuth.perception.geometry..");
    }

    @ArchTest
    static void packetsKnowOnlyGeometry(JavaClasses all) {
        onlyKnows(all, "packets", "io.azimuth.perception.geometry..");
    }

    @ArchTest
    static void driveKnowsFormatsSimulationAndLabels(JavaClasses all) {
        onlyKnows(
                all,
                "drive",
                "io.azimuth.connectors.format..",
                "io.azimuth.connectors.packets..",
                "io.azimuth.connectors.mcap..",
                "io.azimuth.connectors.ros..",
                "io.azimuth.perception.geometry..",
                "io.azimuth.perception.simulation..",
                "io.azimuth.perception.evaluation..");
    }

    @ArchTest
    static void datasetKnowsFormatsDrivesDetectorsAndSimulation(JavaClasses all) {
        onlyKnows(
                all,
                "dataset",
                "io.azimuth.connectors.format..",
                "io.azimuth.connectors.drive..",
                "io.azimuth.perception.cluster..",
                "io.azimuth.perception.geometry..",
                "io.azimuth.perception.ground..",
                "io.azimuth.perception.polar..",
                "io.azimuth.perception.inference.onnxruntime..", // candidates are what it finds
                "io.azimuth.perception.simulation..",
                "io.azimuth.perception.evaluation..");
    }

    @ArchTest
    static void wireKnowsOnlyWhatItCarries(JavaClasses all) {
        onlyKnows(
                all,
                "wire",
                "io.azimuth.perception.geometry..",
                "io.azimuth.perception.tracking..",
                "io.azimuth.registration.odometry..",
                "io.azimuth.registration.recovery..");
        noClasses()
                .that(resideInAPackage("io.azimuth.connectors.wire.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "com.fasterxml..")
                .check(all);
    }

    @ArchTest
    static void kafkaKnowsWireAndDrives(JavaClasses all) {
        onlyKnows(
                all,
                "kafka",
                "io.azimuth.connectors.wire..",
                "io.azimuth.connectors.drive..",
                "io.azimuth.perception.geometry..");
    }

    @ArchTest
    static void drivesAreReadInOnePlaceOfKafka(JavaClasses all) {
        noClasses()
                .that(resideInAPackage("io.azimuth.connectors.kafka.."))
                .and()
                .doNotHaveSimpleName("DriveSource")
                .should()
                .dependOnClassesThat(resideInAPackage("io.azimuth.connectors.drive.."))
                .check(all);
    }

    @ArchTest
    static void brokersInsidesAreMetOnlyInItsOwnProcess(JavaClasses all) {
        noClasses()
                .that()
                .doNotHaveSimpleName("BrokerMain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "scala..")
                .check(all);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(all);
    }

    @ArchTest
    static void kafkaStaysInItsRoom(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.azimuth.connectors.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..")
                .check(all);
    }

    @ArchTest
    static void randomNumbersAreSeededAndNothingIsSerialized(JavaClasses all) {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(all);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                .check(all);
    }

    @ArchTest
    static void nothingIsPrinted(JavaClasses all) {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(all);
    }

    @ArchTest
    static void clocksAreReadInOnePlace(JavaClasses all) {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.TimeSource(\\$1)?")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(all);
    }

    @ArchTest
    static void packagesStaySmall(JavaClasses all) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JavaClass c : all) {
            if (c.isTopLevelClass()
                    && c.getModifiers().contains(JavaModifier.PUBLIC)
                    && !c.getPackageName().endsWith(".proto")) {
                counts.merge(c.getPackageName(), 1, Integer::sum);
            }
        }
        assertThat(counts.keySet()).hasSizeLessThanOrEqualTo(MOST_PACKAGES);
        assertThat(counts)
                .allSatisfy((name, n) -> assertThat(n).isLessThanOrEqualTo(MOST_PUBLIC_TYPES));
    }

    private static void onlyKnows(JavaClasses all, String name, String... others) {
        String own = "io.azimuth.connectors." + name + "..";
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.azimuth..");
        DescribedPredicate<JavaClass> allowed =
                resideInAnyPackage(others).or(resideInAPackage(own));
        classes()
                .that(resideInAPackage(own))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(ours).or(allowed))
                .check(all);
    }
}
