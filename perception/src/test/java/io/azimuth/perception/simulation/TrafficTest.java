package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final TownDrive A = drive(TownFamily.A, 11, 300);
    private static final TownDrive B = drive(TownFamily.B, 3, 300);

    private static TownDrive drive(TownFamily family, long seed, int sweeps) {
        SensorModel sensor = SensorModel.hdl64("top").withColumns(256);
        return new TownDrive(
                TownConfig.of(seed).withFamily(family).withSweeps(sweeps).withSensors(sensor));
    }

    @Test
    void nobodyTouchesAnybodyInEitherFamily() {
        for (TownDrive drive : List.of(A, B)) {
            List<Actor> actors = drive.actors();
            double[] p = new double[4];
            double[] q = new double[4];
            for (double t = 0.05; t < 30; t += 0.7) {
                for (int i = 0; i < actors.size(); i++) {
                    Actor a = actors.get(i);
                    a.planar(t, p);
                    for (int k = 0; a.moves() && k < actors.size(); k++) {
                        Actor b = actors.get(k);
                        b.planar(t, q);
                        if (k != i && a.presentAt(t) && b.presentAt(t)) {
                            assertThat(Footprint.touch(a.shape, p, b.shape, q, 0, 0))
                                    .as("%s and %s at %.1f s", a.objectClass, b.objectClass, t)
                                    .isFalse();
                        }
                    }
                }
            }
        }
    }

    @Test
    void footprintsTouchExactlyWhereRectanglesMeet() {
        Shape car = new Shape().box(-2, 2, 0.9, 0, 1.5);
        double[] origin = {0, 0, 1, 0};

        assertThat(Footprint.touch(car, origin, car, new double[] {3.99, 0, 1, 0}, 0, 0)).isTrue();
        assertThat(Footprint.touch(car, origin, car, new double[] {4.01, 0, 1, 0}, 0, 0)).isFalse();
        assertThat(Footprint.touch(car, origin, car, new double[] {0, 2.89, 0, 1}, 0, 0)).isTrue();
        assertThat(Footprint.touch(car, origin, car, new double[] {0, 2.91, 0, 1}, 0, 0)).isFalse();
        assertThat(Footprint.touch(car, origin, car, new double[] {4.01, 0, 1, 0}, 0.1, 0))
                .isTrue();
    }

    @Test
    void everyClassAppearsOftenEnoughToLearnIt() {
        for (TownFamily family : TownFamily.values()) {
            Map<ObjectClass, Integer> moving = new EnumMap<>(ObjectClass.class);
            for (long seed = 1; seed <= 10; seed++) {
                for (Actor a : drive(family, seed, 40).actors()) {
                    if (a.moves() || a.objectClass == ObjectClass.PEDESTRIAN) {
                        moving.merge(a.objectClass, 1, Integer::sum);
                    }
                }
            }
            int all = moving.values().stream().mapToInt(Integer::intValue).sum();
            for (ObjectClass c : List.of(ObjectClass.VAN, ObjectClass.TRUCK, ObjectClass.BUS)) {
                assertThat(moving.getOrDefault(c, 0))
                        .as("%s %s", family, c)
                        .isGreaterThan(all * 2 / 100);
            }
            for (ObjectClass c :
                    List.of(ObjectClass.CAR, ObjectClass.CYCLIST, ObjectClass.PEDESTRIAN)) {
                assertThat(moving.getOrDefault(c, 0))
                        .as("%s %s", family, c)
                        .isGreaterThan(all * 8 / 100);
            }
        }
    }

    @Test
    void actorsStopTurnAndStandInGroups() {
        for (TownDrive drive : List.of(A, B)) {
            int stopped = 0;
            int turned = 0;
            int together = 0;
            double[] p = new double[4];
            double[] q = new double[4];
            for (Actor a : drive.actors()) {
                a.planar(0, p);
                if (a.moves()) {
                    a.planar(29, q);
                    turned += p[2] * q[2] + p[3] * q[3] < 0.5 ? 1 : 0;
                    boolean halts = false;
                    for (double t = 2; t < 29; t += 0.5) {
                        halts |= a.speedMps(t) < 0.05;
                    }
                    stopped += halts ? 1 : 0;
                } else if (a.objectClass == ObjectClass.PEDESTRIAN) {
                    for (Actor b : drive.actors()) {
                        b.planar(0, q);
                        if (b != a
                                && !b.moves()
                                && b.objectClass == ObjectClass.PEDESTRIAN
                                && Math.hypot(p[0] - q[0], p[1] - q[1]) < 2) {
                            together++;
                            break;
                        }
                    }
                }
            }
            assertThat(stopped).as("stopped").isGreaterThan(15);
            assertThat(turned).as("turned").isGreaterThan(15);
            assertThat(together).as("in groups").isGreaterThan(4);
        }
    }

    @Test
    void familyBIsDrivenThroughEndToEnd() {
        SimulatedSweep s = B.sweep(0, 0, 100);
        SimulatedSweep again = drive(TownFamily.B, 3, 300).sweep(0, 0, 100);

        assertThat(B.driveId()).isEqualTo("sim-b-3");
        assertThat(s.sweep().points().size()).isGreaterThan(8000);
        assertThat(s.boxes().stream().mapToInt(TruthBox::points).filter(n -> n > 20).count())
                .isGreaterThan(3);
        assertThat(Arrays.stream(s.pointLabels()).distinct().filter(l -> l < 0).count())
                .isGreaterThan(5);
        assertThat(again.sweep().points().copy().x()).isEqualTo(s.sweep().points().copy().x());
        assertThat(again.pointLabels()).isEqualTo(s.pointLabels());
        assertThat(again.boxes()).isEqualTo(s.boxes());
    }

    @Test
    void familyBsStreetsRunInManyDirections() {
        assertThat(headings(B)).hasSizeGreaterThan(9);
        assertThat(headings(A)).hasSizeLessThan(8);
    }

    /** Headings of roads in the world, modulo 180 degrees, in steps of 15. */
    private static Set<Integer> headings(TownDrive drive) {
        StreetGraph g = drive.world().graph();
        Set<Integer> out = new TreeSet<>();
        double[] a = new double[2];
        double[] b = new double[2];
        for (StreetGraph.Road r : g.roads) {
            int n = r.line().length;
            g.chart.toWorld(r.line()[0], r.line()[1], a);
            g.chart.toWorld(r.line()[n - 2], r.line()[n - 1], b);
            double deg = Math.toDegrees(Math.atan2(b[1] - a[1], b[0] - a[0]));
            out.add((int) Math.floor((deg + 360) % 180 / 15));
        }
        return out;
    }
}
