package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * Casts the rays of one sweep, every ray from where its beam and the actors are at its time, and
 * turns what they meet into returns. One instance per sweep.
 */
final class SweepCaster {
    private static final int GROUP = 32;

    private final Ground ground;
    private final Surroundings around;
    private final SensorModel sensor;
    private final int own;
    private final long key;
    private final long unit;

    PointCloud cloud = new PointCloud(0);
    int[] labels = new int[0];
    final int[] pointsOf;

    /**
     * @param own index of the actor that carries the sensor
     * @param key of this sweep's noise
     * @param unit identity of the sensor: what stays the same in all its sweeps
     */
    SweepCaster(
            Ground ground, Surroundings around, SensorModel sensor, int own, long key, long unit) {
        this.ground = ground;
        this.around = around;
        this.sensor = sensor;
        this.own = own;
        this.key = key;
        this.unit = unit;
        pointsOf = new int[around.actors.length];
    }

    /** A moving sensor's pose: rotation row-major at 0..8, translation at 9..11. */
    interface SensorPath {
        void pose(double t, double[] out);
    }

    /**
     * Casts the sweep.
     *
     * @param hits scratch of the sensor's columns and rings
     */
    void cast(SensorPath path, double start, double duration, long durationNanos, HitGrid hits) {
        SlotRays rays = new SlotRays(sensor.pattern(), path, start, duration);
        RoofShadow roof = RoofShadow.of(sensor, rays, unit);
        castSlots(rays, roof, hits, path, start, duration);
        ReturnModel returns =
                new ReturnModel(sensor, rays, roof, hits, key, unit, glossy(), pointsOf);
        returns.collect(durationNanos);
        cloud = returns.cloud;
        labels = returns.labels();
    }

    private boolean[] glossy() {
        boolean[] out = new boolean[around.actors.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = around.actors[i].objectClass.isVehicle();
        }
        return out;
    }

    private void castSlots(
            SlotRays rays,
            RoofShadow roof,
            HitGrid hits,
            SensorPath path,
            double start,
            double duration) {
        GroundFollower follower = new GroundFollower(ground, rays, sensor.maxRangeM());
        double[] p = new double[12];
        double middle = start + 0.5 * duration;
        path.pose(middle, p);
        Scene scene = new Scene(rays, around, sensor.maxRangeM(), key, own, middle, duration, p);
        double perSlot = duration / rays.columns;
        for (int s0 = rays.first; s0 < rays.end; s0 += GROUP) {
            int s1 = Math.min(rays.end, s0 + GROUP);
            rays.aim((s0 + s1) / 2);
            double halfAngle = (s1 - s0 + 1) * Math.PI / rays.columns;
            scene.sortGroup(halfAngle, s1 - s0, start + perSlot * s0, start + perSlot * s1);
            for (int slot = s0; slot < s1; slot++) {
                rays.aim(slot);
                Arrays.fill(
                        rays.fires,
                        Math.min(rays.rings, roof.dark(slot - rays.first)),
                        rays.rings,
                        false);
                follower.follow();
                scene.cast(slot, slot - s0, follower);
                store(hits, rays, scene, slot);
            }
        }
    }

    private void store(HitGrid hits, SlotRays rays, Scene scene, int slot) {
        double maxRangeM = sensor.maxRangeM();
        for (int r = 0; r < rays.rings; r++) {
            int c = slot - rays.shift[r];
            if (c < 0 || c >= rays.columns) {
                continue;
            }
            int cell = c * rays.rings + r;
            double t = scene.best[r];
            if (t > 0 && t < maxRangeM) {
                hits.put(cell, t, scene.cosine[r], scene.albedo[r], scene.met[r]);
            } else {
                hits.putNothing(cell);
            }
        }
    }
}
