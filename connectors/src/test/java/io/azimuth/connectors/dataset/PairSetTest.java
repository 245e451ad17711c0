package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.Surface;
import io.azimuth.perception.simulation.TownDrive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairSetTest {
    @TempDir Path dir;

    private static PairSetOptions small(PairProfile profile) {
        return PairSetOptions.of(profile, 2, 7).withSensor(SensorChoice.VLP16).withShardSize(1);
    }

    @Test
    void theBytesDoNotDependOnTheWorkersAndTheTableFollowsTheProfile() throws Exception {
        PairSetOptions options = small(PairProfile.SIM_ROT);
        DatasetReport report = PairSet.write(dir.resolve("a"), options, "test", line -> {});
        PairSet.write(dir.resolve("b"), options.withWorkers(2), "test", line -> {});

        assertThat(Trees.digests(dir.resolve("b"))).isEqualTo(Trees.digests(dir.resolve("a")));
        assertThat(Files.readString(dir.resolve("a/options.json"))).doesNotContain("bent");
        List<String> rows = Files.readAllLines(dir.resolve("a/pairs.csv"));
        assertThat(rows).hasSize(3).first().isEqualTo(ScanPair.HEADER);
        for (String row : rows.subList(1, 3)) {
            String[] cells = row.split(",");
            assertThat(Double.parseDouble(cells[2])).isBetween(4.5, 51.0);
            assertThat(Double.parseDouble(cells[3])).isBetween(30.0, 180.0);
            assertThat(Double.parseDouble(cells[16])).isBetween(0.05, 1.0);
        }
        assertThat(report.histograms())
                .extracting(Histogram::total)
                .containsExactly(2L, 2L, 2L, 4L);
    }

    @Test
    void theTruthLaysTheSameWallsOnEachOther() {
        ScanPair pair = new PairDraw(PairSetOptions.of(PairProfile.SIM_ROT, 1, 3)).draw(0);
        RigidTransform truth = java.util.Objects.requireNonNull(pair.targetFromSource());
        RigidTransform off = RigidTransform.ofYaw(0.05, 0.7, 0.7, 0).times(truth);

        double right = quartileMetres(pair, truth);
        assertThat(right).isLessThan(0.15);
        assertThat(quartileMetres(pair, off)).isGreaterThan(2 * right);
        assertThat(quartileMetres(pair, truth.inverse())).isGreaterThan(2 * right);
        assertThat(Math.toDegrees(truth.angleRad())).isBetween(30.0, 180.0);
    }

    /**
     * Distance in plan of house points of the source to the nearest of the target (walls are
     * upright, beams far apart): the quarter that fits best, since much is seen by one scan only.
     */
    private static double quartileMetres(ScanPair pair, RigidTransform targetFromSource) {
        PointCloud t = pair.target().points();
        PointCloud s = pair.source().points();
        double[] best = new double[400];
        int n = 0;
        for (int i = 0; i < s.size() && n < best.length; i += 23) {
            if (pair.source().labels()[i] != Surface.HOUSE.label()) {
                continue;
            }
            double x = targetFromSource.mapX(s.x()[i], s.y()[i], s.z()[i]);
            double y = targetFromSource.mapY(s.x()[i], s.y()[i], s.z()[i]);
            double least = 1e9;
            for (int k = 0; k < t.size(); k++) {
                if (pair.target().labels()[k] == Surface.HOUSE.label()) {
                    double dx = t.x()[k] - x;
                    double dy = t.y()[k] - y;
                    least = Math.min(least, dx * dx + dy * dy);
                }
            }
            best[n++] = Math.sqrt(least);
        }
        assertThat(n).isGreaterThan(100);
        Arrays.sort(best, 0, n);
        return best[n / 4];
    }

    @Test
    void aScanBentOnceIsWhatTheMovingSensorMeasured() {
        TownDrive drive = new PairTown(small(PairProfile.SIM_ROT), 0).drive;
        PointCloud measured = drive.sweep(0, 0, 40).sweep().points();

        PointCloud unbent = PairScan.of(drive, 0, 40, 0).points();
        double still = worstMetres(unbent, measured);
        assertThat(still).isGreaterThan(0.05); // the vehicle drives there
        assertThat(worstMetres(PairScan.of(drive, 0, 40, 1).points(), measured)).isLessThan(1e-4);
        PointCloud twice = PairScan.of(drive, 0, 40, 2).points();
        assertThat(worstMetres(twice, measured)).isCloseTo(still, within(0.1 * still));
        assertThat(worstMetres(twice, unbent)).isCloseTo(2 * still, within(0.2 * still));
    }

    private static double worstMetres(PointCloud a, PointCloud b) {
        double worst = 0;
        for (int i = 0; i < a.size(); i++) {
            worst = Math.max(worst, Math.hypot(a.x()[i] - b.x()[i], a.y()[i] - b.y()[i]));
        }
        return worst;
    }

    @Test
    void bentPairsSayThatTheyAreAndAre() throws Exception {
        PairSetOptions options = PairSetOptions.of(PairProfile.SIM_CROSS, 1, 3);
        PairSet.write(dir.resolve("bent"), options.withBent(true), "test", line -> {});
        PairSet.write(dir.resolve("still"), options, "test", line -> {});

        assertThat(Files.readString(dir.resolve("bent/options.json"))).contains("bent");
        byte[] bent = Files.readAllBytes(dir.resolve("bent/shard-00000/0000000000.bin"));
        byte[] still = Files.readAllBytes(dir.resolve("still/shard-00000/0000000000.bin"));
        assertThat(bent).hasSameSizeAs(still).isNotEqualTo(still); // the same returns, moved
    }

    @Test
    void crossPairsHaveFewerBeamsInTheSource() {
        ScanPair pair = new PairDraw(PairSetOptions.of(PairProfile.SIM_CROSS, 1, 3)).draw(0);

        assertThat(pair.source().points().size())
                .isLessThan((int) (0.7 * pair.target().points().size()));
        assertThat(pair.distanceM()).isBetween(2.0, 20.0);
    }

    @Test
    void negativesComeFromDifferentPlacesOrTowns() {
        PairDraw draw = new PairDraw(small(PairProfile.SIM_NEG));
        ScanPair far = draw.draw(0);
        ScanPair strange = draw.draw(1);

        assertThat(far.negative()).isTrue();
        assertThat(far.distanceM()).isGreaterThan(119.9);
        assertThat(far.overlap()).isLessThan(0.05);
        assertThat(strange.negative()).isTrue();
        assertThat(strange.targetFromSource()).isNull();
        assertThat(strange.row(2, 3)).startsWith("2,3,nan,nan,nan,").contains(",0.0000,1,");
    }

    @Test
    void negativesOfOneTownAreABlockApartAndShareNothing() {
        ScanPair pair = new PairDraw(small(PairProfile.SIM_APART)).draw(1);

        assertThat(pair.negative()).isTrue();
        assertThat(pair.distanceM()).isBetween(59.5, 150.5);
        assertThat(pair.overlap()).isLessThan(0.021);
        assertThat(pair.targetFromSource()).isNotNull();
    }

    @Test
    void aProfileThatCannotBeMetEndsWithAMessageThatSaysSo() {
        PairProfile profile = PairProfile.SIM_LO;
        PairDraw draw =
                new PairDraw(small(profile)) {
                    @Override
                    boolean accepts(ScanPair pair) {
                        return false;
                    }
                };

        assertThatThrownBy(() -> draw.draw(0))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("profile sim-lo")
                .hasMessageContaining("use another seed");
    }

    @Test
    void turningAScanKeepsItWhereItIsInTheWorld() {
        PointCloud cloud = new PointCloud();
        cloud.add(3, 4, 5, 0.5f);
        PairScan scan = new PairScan(cloud, new int[1], RigidTransform.ofYaw(0.3, 10, 20, 1));
        PairScan turned = scan.turned(1.2);

        RigidTransform was = scan.worldFromScan();
        RigidTransform is = turned.worldFromScan();
        PointCloud p = turned.points();
        double x = is.mapX(p.x()[0], p.y()[0], p.z()[0]);
        assertThat(x).isCloseTo(was.mapX(3, 4, 5), within(1e-5));
        assertThat(is.yawRad()).isCloseTo(1.5, within(1e-9));
    }
}
