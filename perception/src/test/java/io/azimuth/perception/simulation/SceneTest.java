package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SceneTest {
    private static final Town TOWN = new Town(7, 0.6);
    private static final Surroundings AROUND = new Surroundings(TOWN.bodies, List.of());
    private static final double MAX_M = 120;

    private final double[] world = new double[2];

    /** Drives along a street, tilted. */
    private SweepCaster.SensorPath path(double pitch, double roll) {
        TOWN.plan.toWorld(TOWN.plan.at[0][3] + 40, TOWN.plan.at[1][4], world);
        return (t, out) -> {
            Actor.frame(Math.cos(0.4 + t), Math.sin(0.4 + t), -pitch, roll, out);
            out[9] = world[0] + 14 * t;
            out[10] = world[1];
            out[11] = TOWN.plan.base(out[9], out[10]) + 1.8;
        };
    }

    @Test
    void cullingLosesNoHit() {
        compareWithAllBodies(SensorModel.hdl64("top"), 0.02, -0.01);
        compareWithAllBodies(SensorModel.os1With128("top").withColumns(1024), 0, 0.05);
        compareWithAllBodies(SensorModel.vlp16("top"), 0.4, -0.25);
    }

    private void compareWithAllBodies(SensorModel sensor, double pitch, double roll) {
        SweepCaster.SensorPath path = path(pitch, roll);
        SlotRays rays = new SlotRays(sensor.pattern(), path, 0, 0.1);
        GroundFollower ground = new GroundFollower(TOWN.plan, rays, MAX_M);
        double[] p = new double[12];
        path.pose(0.05, p);
        Scene scene = new Scene(rays, AROUND, MAX_M, 5, -1, 0.05, 0.1, p);
        int bodies = 0;
        for (int s0 = 0; s0 + 32 <= rays.columns; s0 += 96) {
            rays.aim(s0 + 16);
            scene.sortGroup(33 * Math.PI / rays.columns, 32, 0, 0);
            for (int slot = s0; slot < s0 + 32; slot += 13) {
                rays.aim(slot);
                ground.follow();
                scene.cast(slot, slot - s0, ground);
                bodies += compareSlot(scene, rays, slot);
            }
        }
        assertThat(bodies).isGreaterThan(100);
    }

    private static int compareSlot(Scene scene, SlotRays rays, int slot) {
        int bodies = 0;
        for (int r = 0; r < rays.rings; r += 3) {
            if (!rays.fires[r]) {
                continue;
            }
            double nearest = nearest(rays, r, scene.glassKey(slot, r));
            boolean body = scene.best[r] < MAX_M && !isGround(scene.met[r]);
            if (body) {
                assertThat(scene.best[r]).isEqualTo(nearest);
                bodies++;
            } else {
                assertThat(nearest).isGreaterThanOrEqualTo(Math.min(MAX_M, scene.best[r]) - 1e-6);
            }
        }
        return bodies;
    }

    private static boolean isGround(int label) {
        return label < 0 && Surface.ofLabel(label).isGround();
    }

    private static double nearest(SlotRays rays, int r, long glassKey) {
        Shape.Hit hit = new Shape.Hit();
        hit.t = MAX_M;
        hit.glassKey = glassKey;
        for (Body b : AROUND.bodies) {
            double[] q = b.pose();
            double x = rays.ox[r] - q[9];
            double y = rays.oy[r] - q[10];
            double z = rays.oz[r] - q[11];
            double dx = rays.dx[r];
            double dy = rays.dy[r];
            double dz = rays.dz[r];
            b.shape()
                    .nearest(
                            q[0] * x + q[3] * y + q[6] * z,
                            q[1] * x + q[4] * y + q[7] * z,
                            q[2] * x + q[5] * y + q[8] * z,
                            q[0] * dx + q[3] * dy + q[6] * dz,
                            q[1] * dx + q[4] * dy + q[7] * dz,
                            q[2] * dx + q[5] * dy + q[8] * dz,
                            b.seed(),
                            hit);
        }
        return hit.t;
    }

    @Test
    void whatPassesGlassMeetsWhatIsBehindIt() {
        Surface pane = Surface.FURNITURE;
        double[] both = sharesOnPaneAndWall(pane, true);
        double[] alone = sharesOnPaneAndWall(pane, false);
        double[] window = sharesOnPaneAndWall(Surface.HOUSE, true);

        assertThat(both[0]).isCloseTo(0.4, within(0.05));
        assertThat(both[1]).isCloseTo(0.6, within(0.05));
        assertThat(alone[0]).isCloseTo(0.4, within(0.05));
        assertThat(alone[1]).isZero();
        // what enters a house stays there
        assertThat(window[0]).isCloseTo(0.4, within(0.05));
        assertThat(window[1]).isZero();
    }

    /** A pane 0.4 m thick that passes 60 % at 6 m, a wall at 9 m. */
    private static double[] sharesOnPaneAndWall(Surface paneSurface, boolean wall) {
        double[] upright = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1e4};
        Shape pane = new Shape().box(6, 6.4, 3, -4, 4).of(paneSurface, 0.9, 0.6, 1);
        Shape behind = new Shape().box(9, 9.5, 9, -9, 9).of(Surface.WALL, 0.9, 0, 1);
        List<Body> bodies = List.of(new Body(pane, upright, 1), new Body(behind, upright, 2));
        Surroundings used = new Surroundings(wall ? bodies : bodies.subList(0, 1), List.of());
        SensorModel sensor = SensorModel.spinning("top", 32, 15, -15, 1024);
        SweepCaster caster = new SweepCaster(TOWN.plan, used, sensor, -1, 77, 78);
        HitGrid hits = new HitGrid(1024, 32);
        caster.cast(
                (t, out) -> System.arraycopy(upright, 0, out, 0, 12), 0, 0.1, 100_000_000, hits);
        int onPane = 0;
        int onWall = 0;
        for (int i = 0; i < caster.cloud.size(); i++) {
            double azimuth = Math.atan2(caster.cloud.y()[i], caster.cloud.x()[i]);
            if (Math.abs(azimuth) < 0.4 && caster.labels[i] != Surface.MIXED.label()) {
                onPane += caster.labels[i] == paneSurface.label() ? 1 : 0;
                onWall += caster.labels[i] == Surface.WALL.label() ? 1 : 0;
            }
        }
        double rays = 32 * 1024 * 0.8 / (2 * Math.PI) * 0.96;
        return new double[] {onPane / rays, onWall / rays};
    }
}
