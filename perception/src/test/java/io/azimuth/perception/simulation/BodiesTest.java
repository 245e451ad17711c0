package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import org.junit.jupiter.api.Test;

class BodiesTest {
    private static final int DRAWN = 600;

    private static Figure figure(TownFamily family, SizeRegion sizes, ObjectClass c, int key) {
        return Bodies.of(family, sizes, c, new Dice(CounterHash.mix(7919L * key + 1)));
    }

    /** Means of length, width, height and their deviations. */
    private static double[] sizes(SizeRegion region, ObjectClass c) {
        double[] out = new double[6];
        for (int k = 0; k < DRAWN; k++) {
            Shape s = figure(TownFamily.A, region, c, k).shape;
            for (int i = 0; i < 3; i++) {
                double v = s.high[i] - s.low[i];
                out[i] += v / DRAWN;
                out[3 + i] += v * v / DRAWN;
            }
        }
        for (int i = 0; i < 3; i++) {
            out[3 + i] = Math.sqrt(out[3 + i] - out[i] * out[i]);
        }
        return out;
    }

    private static void expectMean(
            SizeRegion region, ObjectClass c, double length, double width, double height) {
        double[] mean = sizes(region, c);
        assertThat(mean[0]).as("%s %s length", region, c).isCloseTo(length, within(0.08 * length));
        assertThat(mean[1]).as("%s %s width", region, c).isCloseTo(width, within(0.08 * width));
        assertThat(mean[2]).as("%s %s height", region, c).isCloseTo(height, within(0.08 * height));
    }

    @Test
    void europeanSizesFollowLabelledSets() {
        expectMean(SizeRegion.EUROPE, ObjectClass.CAR, 4.2, 1.72, 1.5);
        expectMean(SizeRegion.EUROPE, ObjectClass.VAN, 5.06, 1.9, 2.2);
        expectMean(SizeRegion.EUROPE, ObjectClass.TRUCK, 10.1, 2.6, 3.25);
        expectMean(SizeRegion.EUROPE, ObjectClass.CYCLIST, 1.76, 0.6, 1.74);
        double[] car = sizes(SizeRegion.EUROPE, ObjectClass.CAR);
        assertThat(car[3]).isBetween(0.25, 0.45);
        assertThat(car[4]).isBetween(0.05, 0.12);
        assertThat(car[5]).isBetween(0.06, 0.14);
    }

    @Test
    void americanCarsAreLongerAndWider() {
        double[] europe = sizes(SizeRegion.EUROPE, ObjectClass.CAR);
        double[] states = sizes(SizeRegion.UNITED_STATES, ObjectClass.CAR);

        assertThat(states[0] - europe[0]).isBetween(0.6, 0.9);
        assertThat(states[1]).isBetween(1.85, 1.95);
        expectMean(SizeRegion.UNITED_STATES, ObjectClass.TRUCK, 6.9, 2.5, 2.9);
        expectMean(SizeRegion.UNITED_STATES, ObjectClass.BUS, 11.2, 2.8, 3.4);
    }

    @Test
    void peopleAreAsTallWideAndLongAsLabelled() {
        double[] mean = sizes(SizeRegion.EUROPE, ObjectClass.PEDESTRIAN);

        assertThat(mean[0]).isBetween(0.7, 0.95);
        assertThat(mean[1]).isBetween(0.5, 0.7);
        assertThat(mean[2]).isBetween(1.6, 1.8);
    }

    @Test
    void noBodyIsAPlainBox() {
        for (TownFamily family : TownFamily.values()) {
            for (SizeRegion region : SizeRegion.values()) {
                for (int k = 0; k < 60; k++) {
                    for (ObjectClass c : ObjectClass.values()) {
                        int parts = figure(family, region, c, k).shape.albedo.length;
                        assertThat(parts)
                                .as("%s %s %d", family, c, k)
                                .isBetween(c == ObjectClass.CAR ? 8 : 6, 30);
                    }
                }
            }
        }
    }

    @Test
    void theHullBoundsEveryPoseAndIsTight() {
        for (TownFamily family : TownFamily.values()) {
            for (ObjectClass c : new ObjectClass[] {ObjectClass.PEDESTRIAN, ObjectClass.CYCLIST}) {
                for (int k = 0; k < 8; k++) {
                    Figure f = figure(family, SizeRegion.EUROPE, c, k);
                    double[] low = {9, 9, 9};
                    double[] high = {-9, -9, -9};
                    for (int p = 0; p < f.phases(); p++) {
                        assertThat(f.phase(p).low).isEqualTo(f.shape.low);
                        assertThat(f.phase(p).high).isEqualTo(f.shape.high);
                        reach(f.phase(p), low, high);
                    }
                    if (f.phases() == 0) {
                        reach(f.shape, low, high);
                    }
                    for (int i = 0; i < 3; i++) {
                        String what = "%s %s %d axis %d".formatted(family, c, k, i);
                        assertThat(low[i] - f.shape.low[i]).as(what).isBetween(-0.02, 0.1);
                        assertThat(f.shape.high[i] - high[i]).as(what).isBetween(-0.02, 0.1);
                    }
                }
            }
        }
    }

    @Test
    void vehiclesStayInTheirBoxesButForMirrors() {
        for (TownFamily family : TownFamily.values()) {
            for (ObjectClass c : ObjectClass.values()) {
                if (!c.isVehicle()) {
                    continue;
                }
                for (int k = 0; k < 6; k++) {
                    Shape s = figure(family, SizeRegion.EUROPE, c, k).shape;
                    double[] low = {99, 99, 99};
                    double[] high = {-99, -99, -99};
                    reach(s, low, high);
                    double[] slack = {0.06, 0.3, 0.02};
                    for (int i = 0; i < 3; i++) {
                        String what = "%s %s %d axis %d".formatted(family, c, k, i);
                        assertThat(low[i] - s.low[i]).as(what).isBetween(-slack[i], 0.15);
                        assertThat(s.high[i] - high[i]).as(what).isBetween(-slack[i], 0.15);
                    }
                }
            }
        }
    }

    /** Grows limits by hits of rays from all sides along the axes. */
    private static void reach(Shape s, double[] low, double[] high) {
        Shape.Hit hit = new Shape.Hit();
        double[] o = new double[3];
        double[] d = new double[3];
        double[] from = {s.low[0] - 0.4, s.low[1] - 0.4, s.low[2] + 0.005};
        double[] to = {s.high[0] + 0.4, s.high[1] + 0.4, s.high[2] + 0.2};
        for (int axis = 0; axis < 3; axis++) {
            int u = (axis + 1) % 3;
            int v = (axis + 2) % 3;
            double stepU = Math.max(0.02, (to[u] - from[u]) / 120);
            double stepV = Math.max(0.02, (to[v] - from[v]) / 120);
            for (double a = from[u]; a < to[u]; a += stepU) {
                for (double b = from[v]; b < to[v]; b += stepV) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        o[axis] = -30 * sign;
                        o[u] = a;
                        o[v] = b;
                        d[0] = 0;
                        d[1] = 0;
                        d[2] = 0;
                        d[axis] = sign;
                        hit.t = 100;
                        if (s.nearest(o[0], o[1], o[2], d[0], d[1], d[2], 1, hit)) {
                            double at = o[axis] + sign * hit.t;
                            low[axis] = Math.min(low[axis], at);
                            high[axis] = Math.max(high[axis], at);
                        }
                    }
                }
            }
        }
    }

    @Test
    void theHeldOutFamilyIsBuiltOtherwise() {
        for (ObjectClass c : ObjectClass.values()) {
            if (c == ObjectClass.UNKNOWN) {
                continue;
            }
            double[] a = histogram(TownFamily.A, c);
            double[] b = histogram(TownFamily.B, c);
            double common = 0;
            for (int i = 0; i < a.length; i++) {
                common += Math.min(a[i], b[i]);
            }
            assertThat(common).as("%s: share of like fingerprints", c).isLessThan(0.35);
        }
    }

    /**
     * How often bodies have so many parts, so many of them glass or spokes, so many
     * retro-reflective.
     */
    private static double[] histogram(TownFamily family, ObjectClass c) {
        double[] out = new double[32 * 32 * 32];
        for (int k = 0; k < 300; k++) {
            Shape s = figure(family, SizeRegion.EUROPE, c, k).shape;
            int glass = 0;
            int retro = 0;
            for (int i = 0; i < s.albedo.length; i++) {
                glass += s.glass[i] > 0 ? 1 : 0;
                retro += s.albedo[i] > 1 ? 1 : 0;
            }
            out[1024 * retro + 32 * Math.min(31, s.albedo.length) + glass] += 1.0 / 300;
        }
        return out;
    }

    @Test
    void theSameDiceGiveTheSameBody() {
        for (TownFamily family : TownFamily.values()) {
            for (ObjectClass c : ObjectClass.values()) {
                Figure a = figure(family, SizeRegion.UNITED_STATES, c, 3);
                Figure b = figure(family, SizeRegion.UNITED_STATES, c, 3);

                assertThat(a.shape).usingRecursiveComparison().isEqualTo(b.shape);
                assertThat(a.phases()).isEqualTo(b.phases());
                Shape other = figure(family, SizeRegion.UNITED_STATES, c, 4).shape;
                assertThat(other.high).isNotEqualTo(a.shape.high);
            }
        }
    }

    @Test
    void aStrideIsWalkedPoseByPose() {
        Figure f = figure(TownFamily.A, SizeRegion.EUROPE, ObjectClass.PEDESTRIAN, 5);
        int changes = 0;
        for (int i = 1; i < 284; i++) {
            if (f.after(0.01 * i, true) != f.after(0.01 * (i - 1), true)) {
                changes++;
            }
            assertThat(f.after(0.01 * i, false)).isSameAs(f.shape);
        }
        assertThat(changes).isBetween(17, 26);
        assertThat(f.after(-0.3, true)).isNotNull();
    }

    @Test
    void everyFifthCarIsDark() {
        int dark = 0;
        int veryDark = 0;
        for (int k = 0; k < 4000; k++) {
            double paint = Finish.paint(new Dice(CounterHash.mix(k)));
            dark += paint < 0.08 ? 1 : 0;
            veryDark += paint < 0.05 ? 1 : 0;
        }
        assertThat(dark / 4000.0).isBetween(0.17, 0.23);
        assertThat(veryDark / 4000.0).isBetween(0.04, 0.1);
    }
}
