package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.ReducedSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Values for tests. */
final class Samples {
    static final long EPOCH = 1_700_000_000_000_000_000L;
    static final long PERIOD = 100_000_000L;

    private Samples() {}

    static SweepTag tag(String vehicle, String sensor, long seq, long endNanos) {
        return new SweepTag(
                new Origin(EventIds.sweep("d1", sensor, seq), vehicle, sensor, "d1", seq),
                endNanos - PERIOD,
                endNanos,
                1,
                seq,
                7,
                false,
                1.5f,
                2.5f);
    }

    static PlacedSweep placed(String vehicle, String sensor, long seq, long endNanos) {
        return new PlacedSweep(
                tag(vehicle, sensor, seq, endNanos),
                RigidTransform.translation(1, 0, 2).toRows(),
                RigidTransform.translation(seq, 0, 0).toRows(),
                new double[] {0, 0, 0, 10, 0, 0},
                endNanos - PERIOD / 2,
                seq == 0,
                3.5f,
                List.of(car(10, 2), withReturns(recognised(car(20, 2)), 3)));
    }

    static SweepProduct product(String sensor, long seq, long endNanos) {
        return product("d1", sensor, seq, endNanos);
    }

    static SweepProduct product(String drive, String sensor, long seq, long endNanos) {
        SweepTag t = tag("v", sensor, seq, endNanos);
        SweepTag tag =
                new SweepTag(
                        new Origin(EventIds.sweep(drive, sensor, seq), "v", sensor, drive, seq),
                        t.startNanos(),
                        t.endNanos(),
                        1,
                        seq,
                        7,
                        false,
                        1.5f,
                        2.5f);
        return new SweepProduct(tag, RigidTransform.IDENTITY, street(seq, endNanos), List.of());
    }

    static ReducedSweep reduced(long seq, long endNanos, int points, RandomGenerator rnd) {
        short[][] columns = new short[4][points];
        for (short[] column : columns) {
            for (int i = 0; i < points; i++) {
                column[i] = (short) rnd.nextInt();
            }
        }
        return new ReducedSweep(
                seq,
                endNanos - PERIOD,
                endNanos,
                true,
                0.004f,
                columns[0],
                columns[1],
                columns[2],
                columns[3]);
    }

    /** Ground, two walls and posts passing by at 1 m a sweep. */
    private static ReducedSweep street(long seq, long endNanos) {
        int n = 1200;
        short[] x = new short[n];
        short[] y = new short[n];
        short[] z = new short[n];
        short[] time = new short[n];
        for (int i = 0; i < n; i++) {
            double along = (i * 0.61803398875 % 1) * 60 - 30;
            double across = i % 3 == 0 ? (i * 0.41421356 % 1) * 16 - 8 : (i % 3 == 1 ? 8 : -8);
            double up = i % 3 == 0 ? -1.8 : (i * 0.7320508 % 1) * 4 - 1.8;
            if (i % 9 == 1) { // posts stand still while the sensor moves on
                along = Math.floor(along / 7) * 7 - seq;
                across = 6.5;
            }
            x[i] = (short) Math.round(along / 0.004);
            y[i] = (short) Math.round(across / 0.004);
            z[i] = (short) Math.round(up / 0.004);
            time[i] = (short) (i * 65535 / n);
        }
        return new ReducedSweep(seq, endNanos - PERIOD, endNanos, true, 0.004f, x, y, z, time);
    }

    static Detection car(double x, double y) {
        return new Detection(
                new OrientedBox(x, y, -0.9, 4.2, 1.8, 1.5, 0.3),
                ObjectClass.CAR,
                0.8,
                true,
                55,
                50_000_000L);
    }

    static Detection recognised(Detection d) {
        byte[] embedding = new byte[Recognition.EMBEDDING_LENGTH];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = (byte) (3 * i - 90);
        }
        byte[] chances = {3, -6, 90, 0, 0, 1, 2};
        return new Detection(
                d.box(),
                d.objectClass(),
                d.score(),
                d.headingKnown(),
                d.points(),
                d.timeOffsetNanos(),
                new Recognition("large_vehicle", 0.75f, 2.5f, -1.25f, chances, embedding));
    }

    static Detection withReturns(Detection d, int points) {
        short[] offsets = new short[3 * points];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (short) (31 * i - 200);
        }
        return d.with(new Returns(offsets));
    }

    static List<Detection> cars(int count, RandomGenerator rnd) {
        List<Detection> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(car(rnd.nextDouble() * 50, rnd.nextDouble() * 20));
        }
        return out;
    }
}
