package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TownTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    /** What no body is made of: the ground itself and returns between surfaces. */
    private static final Set<Surface> NOT_BUILT =
            EnumSet.of(
                    Surface.ROAD,
                    Surface.KERB,
                    Surface.SIDEWALK,
                    Surface.GRASS,
                    Surface.LAWN,
                    Surface.MIXED);

    /** What decoys alone are made of. */
    private static final Set<Surface> DECOYS = EnumSet.of(Surface.BAND);

    private static Town town(long seed) {
        return new Town(new Dice(CounterHash.mix(seed)).bits(), 0.6);
    }

    private static StreetPlan plan(long seed) {
        return new StreetPlan(new Dice(CounterHash.mix(seed)));
    }

    /** Steepest slope over 4 m along the streets' middles, degrees. */
    private static double steepest(StreetPlan plan) {
        double top = 0;
        double[] a = new double[2];
        double[] b = new double[2];
        double end = plan.at[0][StreetPlan.STREETS - 1];
        for (int family = 0; family < 2; family++) {
            for (double middle : plan.at[family]) {
                for (double s = 0; s < end; s += 3) {
                    plan.toWorld(family == 0 ? middle : s, family == 0 ? s : middle, a);
                    plan.toWorld(family == 0 ? middle : s + 4, family == 0 ? s + 4 : middle, b);
                    double rise = plan.base(b[0], b[1]) - plan.base(a[0], a[1]);
                    double run = Math.hypot(b[0] - a[0], b[1] - a[1]);
                    top = Math.max(top, Math.toDegrees(Math.atan(Math.abs(rise) / run)));
                }
            }
        }
        return top;
    }

    @Test
    void decoysAreAddedAndNothingElseChanges() {
        long seed = new Dice(CounterHash.mix(4)).bits();
        Town plain = new Town(seed, 0.6);
        Town crowded = new Town(seed, 0.6, 1);

        Set<Long> places = new HashSet<>();
        crowded.bodies.forEach(b -> places.add(b.seed()));
        assertThat(plain.bodies).allSatisfy(b -> assertThat(places).contains(b.seed()));
        assertThat(crowded.bodies.size() - plain.bodies.size()).isGreaterThan(500);
        assertThat(crowded.parked).hasSameSizeAs(plain.parked);
    }

    @Test
    void someStreetsAreSteepAndNoneSteeperThanStreetsAre() {
        int steep = 0;
        int gentle = 0;
        for (long seed = 0; seed < 12; seed++) {
            double slope = steepest(plan(seed));
            assertThat(slope).as("seed %d", seed).isLessThan(6.5);
            steep += slope > 4 ? 1 : 0;
            gentle += slope < 3.5 ? 1 : 0;
        }
        assertThat(steep).isBetween(1, 7);
        assertThat(gentle).isGreaterThan(4);
    }

    @Test
    void aQuarterOfTheTownsLookAlikeEverywhere() {
        int manhattan = 0;
        for (long seed = 0; seed < 24; seed++) {
            StreetPlan plan = plan(seed);
            if (!plan.manhattan) {
                continue;
            }
            manhattan++;
            double block = plan.at[0][1] - plan.at[0][0];
            for (int k = 1; k < StreetPlan.STREETS; k++) {
                assertThat(plan.at[0][k] - plan.at[0][k - 1]).isCloseTo(block, EXACT);
                assertThat(plan.at[1][k] - plan.at[1][k - 1]).isCloseTo(block, EXACT);
            }
            assertThat(plan.u(100, 50)).isEqualTo(plan.u(100, 350));
        }
        assertThat(manhattan).isBetween(3, 10);
    }

    @Test
    void noBodyStandsOnTheRoad() {
        for (long seed = 1; seed <= 4; seed++) {
            Town town = town(seed);
            double nearest = 1e9;
            for (Body b : town.bodies) {
                double[] q = b.pose();
                nearest = Math.min(nearest, town.plan.kerbDistance(q[9], q[10]));
            }
            assertThat(nearest).isPositive();
        }
    }

    /** Casts straight down from 2 m above the lanes of one street. */
    @Test
    void nothingReachesIntoALane() {
        Town town = town(2);
        Shape.Hit hit = new Shape.Hit();
        double[] w = new double[2];
        double middle = town.plan.at[0][4];
        for (double v = town.plan.at[1][2]; v < town.plan.at[1][6]; v += 1.5) {
            for (double offset = -2.6; offset < 3; offset += 2.6) {
                town.plan.toWorld(middle + offset, v, w);
                double z = town.plan.base(w[0], w[1]) + 2;
                for (Body b : town.bodies) {
                    double[] q = b.pose();
                    double x = w[0] - q[9];
                    double y = w[1] - q[10];
                    double r = b.shape().radius();
                    if (x * x + y * y > r * r) {
                        continue;
                    }
                    hit.t = 1.9;
                    boolean met =
                            b.shape()
                                    .nearest(
                                            q[0] * x + q[3] * y,
                                            q[1] * x + q[4] * y,
                                            z - q[11],
                                            0,
                                            0,
                                            -1,
                                            b.seed(),
                                            hit);
                    assertThat(met).as("at %.1f %.1f", w[0], w[1]).isFalse();
                }
            }
        }
    }

    @Test
    void everyKindOfSurfaceOccurs() {
        Set<Surface> built = EnumSet.noneOf(Surface.class);
        for (long seed = 1; seed <= 3; seed++) {
            town(seed).bodies.forEach(b -> built.addAll(Arrays.asList(b.shape().surface)));
        }

        built.addAll(DECOYS);
        assertThat(built).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(NOT_BUILT)));
    }

    @Test
    void onlyDecoysHaveReflectiveBands() {
        Town plain = new Town(new Dice(CounterHash.mix(4)).bits(), 0.6);
        Town crowded = new Town(new Dice(CounterHash.mix(4)).bits(), 0.6, 1);

        assertThat(plain.bodies).noneMatch(b -> banded(b.shape()));
        assertThat(crowded.bodies.stream().filter(b -> banded(b.shape())).count())
                .isGreaterThan(50);
    }

    private static boolean banded(Shape shape) {
        return Arrays.asList(shape.surface).contains(Surface.BAND);
    }

    @Test
    void slimDecoysAreAsThinAndLowAsBollardsAre() {
        int banded = 0;
        for (int k = 0; k < 200; k++) {
            Shape s = Decoys.slim(new Dice(CounterHash.mix(k)));

            assertThat(s.high[2]).as("height of %d", k).isBetween(0.5, 1.2);
            assertThat(s.radius()).as("radius of %d", k).isLessThan(0.25);
            banded += banded(s) ? 1 : 0;
        }
        assertThat(banded).isBetween(110, 170);
    }

    @Test
    void groundKindsAreGround() {
        for (Surface s : Surface.values()) {
            assertThat(s.isGround())
                    .as(s.name())
                    .isEqualTo(NOT_BUILT.contains(s) && s != Surface.MIXED);
        }
        assertThat(StreetPlan.groundAt(-1)).isEqualTo(Surface.ROAD);
        assertThat(StreetPlan.groundAt(1)).isEqualTo(Surface.SIDEWALK);
        assertThat(StreetPlan.groundAt(5)).isEqualTo(Surface.LAWN);
        assertThat(StreetPlan.groundAt(30)).isEqualTo(Surface.GRASS);
    }

    @Test
    void labelsOfOldFilesKeepTheirMeaning() {
        assertThat(Surface.ROAD.label()).isEqualTo(-1);
        assertThat(Surface.FURNITURE.label()).isEqualTo(-13);
    }

    @Test
    void clutterOutnumbersParkedCars() {
        Town town = town(5);
        long small = town.bodies.stream().filter(b -> b.shape().radius() < 3).count();

        assertThat(small).isGreaterThan(2L * town.parked.size());
        assertThat(town.parked.size()).isGreaterThan(300);
    }

    @Test
    void parkedCarsStandLevelWithTheRoadAndApart() {
        Town town = town(6);
        double closest = 1e9;
        for (double[] a : town.parked) {
            assertThat(town.plan.kerbDistance(a[0], a[1])).isNegative();
            for (double[] b : town.parked) {
                if (a != b) {
                    closest = Math.min(closest, Math.hypot(a[0] - b[0], a[1] - b[1]));
                }
            }
        }
        assertThat(closest).isGreaterThan(2.5);
    }

    @Test
    void housesPartsStayFew() {
        for (Body b : town(7).bodies) {
            assertThat(b.shape().surface.length).isLessThanOrEqualTo(26);
        }
    }

    @Test
    void sameSeedGivesTheSameBodies() {
        Town a = town(8);
        Town b = town(8);

        assertThat(a.bodies).hasSameSizeAs(b.bodies);
        for (int i = 0; i < a.bodies.size(); i++) {
            assertThat(a.bodies.get(i).pose()).isEqualTo(b.bodies.get(i).pose());
            assertThat(a.bodies.get(i).seed()).isEqualTo(b.bodies.get(i).seed());
            assertThat(a.bodies.get(i).shape().albedo).isEqualTo(b.bodies.get(i).shape().albedo);
        }
        assertThat(town(9).bodies.size()).isNotEqualTo(a.bodies.size());
    }

    @Test
    void aTownIsBuiltInAMoment() {
        var threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = threads.getCurrentThreadCpuTime();
            town(20 + i);
            best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
        }
        assertThat(best / 1e6).as("milliseconds of CPU").isLessThan(1000);
    }
}
