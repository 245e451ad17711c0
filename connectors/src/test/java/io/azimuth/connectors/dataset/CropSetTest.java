package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.crops.CropReader;
import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.simulation.TownFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropSetTest {
    @TempDir private static Path folder;

    private static final CropSet.Options OPTIONS =
            new CropSet.Options(24, 7, TownFamily.A, SensorChoice.VLP16, true, false, 16, 1);

    @BeforeAll
    static void writeASetOfTwoShards() throws Exception {
        DatasetReport report = CropSet.write(folder.resolve("set"), OPTIONS, "test", line -> {});
        assertThat(report.made()).isEqualTo(2);
    }

    private static CropTable table() throws Exception {
        return CropReader.read(folder.resolve("set"), null);
    }

    @Test
    void everyClassIsDrawnEquallyOften() throws Exception {
        CropTable table = table();
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (int label : table.labels().label()) {
            counts.merge(label, 1, Integer::sum);
        }
        assertThat(table.labels().classes())
                .containsExactly(
                        "car",
                        "large_vehicle",
                        "pedestrian",
                        "cyclist",
                        "pole",
                        "bush",
                        "wall",
                        "box");
        assertThat(counts.keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(Set.copyOf(counts.values())).containsExactly(3);
    }

    @Test
    void cropsAreTheSizeOfWhatTheyShow() throws Exception {
        CropTable table = table();
        for (int i = 0; i < table.size(); i++) {
            Crop crop = table.crop(i);
            assertThat(crop.size()).isGreaterThanOrEqualTo(10);
            double height = range(crop.z());
            double across = Math.hypot(range(crop.x()), range(crop.y()));
            String name = table.labels().classes().get(table.labels().label()[i]);
            assertThat(height).as("height of %s %d", name, i).isBetween(0.0, 6.0);
            assertThat(across)
                    .as("diagonal of %s %d", name, i)
                    .isLessThan(name.equals("pedestrian") ? 3.5 : 18);
        }
    }

    private static double range(double[] v) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double d : v) {
            low = Math.min(low, d);
            high = Math.max(high, d);
        }
        return high - low;
    }

    @Test
    void onlyRoadUsersHaveAHeading() throws Exception {
        CropTable table = table();
        for (int i = 0; i < table.size(); i++) {
            boolean object = table.labels().label()[i] < 4;
            assertThat(Double.isFinite(table.headingRad(i))).isEqualTo(object);
        }
    }

    @Test
    void workersDoNotChangeAByte() throws Exception {
        var two = new CropSet.Options(24, 7, TownFamily.A, SensorChoice.VLP16, true, false, 16, 2);
        Path other = folder.resolve("other");
        CropSet.write(other, two, "test", line -> {});
        for (String name :
                List.of("points.npy", "offsets.npy", "label.npy", "heading.npy", "crops.csv")) {
            assertThat(Files.readAllBytes(other.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(folder.resolve("set").resolve(name)));
        }
    }

    @Test
    void aSetOfOtherOptionsIsNotOverwritten() {
        var other =
                new CropSet.Options(24, 8, TownFamily.A, SensorChoice.VLP16, true, false, 16, 1);
        assertThatThrownBy(() -> CropSet.write(folder.resolve("set"), other, "test", l -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other options");
    }
}
