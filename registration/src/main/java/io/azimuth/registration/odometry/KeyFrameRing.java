package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;

/** Decides which sweeps become key frames and how many are kept. Thread-safe. */
final class KeyFrameRing {
    /** So many sweeps are taken wherever they lie: one alone leaves most voxels too thin. */
    private static final int FIRST_FRAMES = 5;

    /** Later ones add to a map that is there, and can be thinner: they make the state's size. */
    static final int LATER_POINTS = 14_000;

    private final OdometryConfig config;

    KeyFrameRing(OdometryConfig config) {
        this.config = config;
    }

    /** The frames with this sweep added, if it shows something new; else the same list. */
    List<KeyFrame> with(
            List<KeyFrame> frames, RigidTransform odomFromSensor, double[] points, int size) {
        if (frames.size() >= FIRST_FRAMES) {
            RigidTransform move =
                    frames.get(frames.size() - 1).odomFromSensor().inverse().times(odomFromSensor);
            if (move.translationNorm() < config.keyFrameM()
                    && Math.toDegrees(move.angleRad()) < config.keyFrameDeg()) {
                return frames;
            }
        }
        int drop = Math.max(0, frames.size() + 1 - config.keyFrames());
        List<KeyFrame> next = new ArrayList<>(frames.subList(drop, frames.size()));
        int kept = frames.size() < FIRST_FRAMES ? size : Math.min(size, LATER_POINTS);
        next.add(frame(odomFromSensor, points, size, kept));
        return List.copyOf(next);
    }

    /** A key frame of all points. */
    KeyFrame frame(RigidTransform odomFromSensor, double[] points, int size) {
        return frame(odomFromSensor, points, size, size);
    }

    /** A key frame of {@code kept} of the points, evenly spread over their order. */
    private static KeyFrame frame(
            RigidTransform odomFromSensor, double[] points, int size, int kept) {
        short[] x = new short[kept];
        short[] y = new short[kept];
        short[] z = new short[kept];
        double perUnit = 1000.0 / KeyFrame.STEP_MM;
        for (int k = 0; k < kept; k++) {
            int i = 3 * (int) ((long) k * size / kept);
            x[k] = clamped(points[i] * perUnit);
            y[k] = clamped(points[i + 1] * perUnit);
            z[k] = clamped(points[i + 2] * perUnit);
        }
        return new KeyFrame(odomFromSensor, x, y, z);
    }

    private static short clamped(double units) {
        return (short) Math.max(-32768, Math.min(32767, Math.round(units)));
    }
}
