package io.azimuth.connectors;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.azimuth.connectors.kafka.TimeSource;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rules are methods: rules in fields are skipped without a word by this build's test runner. */
@AnalyzeClasses(
        packages = "io.azimuth.connectors",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoGenerated.class})
class ArchitectureTest {
    private static final String ROOT = "io.azimuth.connectors.";
    private static final String ENGINE = "io.azimuth.";
    private static final int MAX_PUBLIC_TYPES = 12;

    /** Arrows of the module: what of ours each room may know, its own classes apart. */
    private static final Map<String, List<String>> MAY_USE =
            Map.of(
                    "format", List.of("perception.geometry"),
                    "drive",
                            List.of(
                                    "perception.geometry",
                                    "perception.simulation",
                                    "perception.evaluation",
                                    "connectors.format"),
                    "wire",
                            List.of(
                                    "perception.geometry",
                                    "perception.tracking",
                                    "registration.odometry"),
                    "kafka", List.of("perception.geometry", "connectors.wire", "connectors.drive"));

    static final class NoGenerated implements com.tngtech.archunit.core.importer.ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/wire/proto/");
        }
    }

    @ArchTest
    static void roomsKnowOnlyWhatTheirArrowsAllow(JavaClasses all) {
        MAY_USE.forEach(
                (room, allowed) ->
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + room + "..")
                                .should()
                                .dependOnClassesThat(areOursBut(room, allowed))
                                .check(all));
    }

    @ArchTest
    static void packagesFormNoCycles(JavaClasses all) {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(all);
    }

    @ArchTest
    static void kafkaStaysInItsRoomAndFlinkOutside(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..")
                .check(all);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "ai.djl..")
                .check(all);
    }

    @ArchTest
    static void nobodyPrints(JavaClasses all) {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(all);
    }

    @ArchTest
    static void clocksAreReadInOnePlace(JavaClasses all) {
        noClasses()
                .that(describe("are not the time source", c -> !isTimeSource(c)))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(all);
    }

    @ArchTest
    static void randomNumbersAreSeeded(JavaClasses all) {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(all);
    }

    @ArchTest
    static void nothingUsesJavaSerialization(JavaClasses all) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                .check(all);
    }

    @ArchTest
    static void packagesStaySmall(JavaClasses all) {
        TreeMap<String, Integer> count = new TreeMap<>();
        for (JavaClass c : all) {
            if (c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC)) {
                count.merge(c.getPackageName(), 1, Integer::sum);
            }
        }
        assertThat(count).isNotEmpty();
        assertThat(count.values()).as(count.toString()).allMatch(n -> n <= MAX_PUBLIC_TYPES);
    }

    private static DescribedPredicate<JavaClass> areOursBut(String room, List<String> allowed) {
        return describe(
                "are ours and neither of " + room + " nor of " + allowed,
                c -> {
                    String name = c.getPackageName() + ".";
                    return name.startsWith(ENGINE)
                            && !name.startsWith(ROOT + room + ".")
                            && allowed.stream().noneMatch(a -> name.startsWith(ENGINE + a + "."));
                });
    }

    private static boolean isTimeSource(JavaClass c) {
        return c.getName().startsWith(TimeSource.class.getName());
    }
}
