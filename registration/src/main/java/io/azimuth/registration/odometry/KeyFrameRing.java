package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;

/** Decides which sweeps become key frames and how many are kept. Thread-safe. */
final class KeyFrameRing {
    /** So many sweeps are taken wherever they lie: one alone leaves most voxels too thin. */
    private static final int FIRST_FRAMES = 5;

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
        next.add(frame(odomFromSensor, points, size));
        return List.copyOf(next);
    }

    KeyFrame frame(RigidTransform odomFromSensor, double[] points, int size) {
        short[] x = new short[size];
        short[] y = new short[size];
        short[] z = new short[size];
        double perUnit = 1000.0 / KeyFrame.STEP_MM;
        for (int i = 0; i < size; i++) {
            x[i] = clamped(points[3 * i] * perUnit);
            y[i] = clamped(points[3 * i + 1] * perUnit);
            z[i] = clamped(points[3 * i + 2] * perUnit);
        }
        return new KeyFrame(odomFromSensor, x, y, z);
    }

    private static short clamped(double units) {
        return (short) Math.max(-32768, Math.min(32767, Math.round(units)));
    }
}
