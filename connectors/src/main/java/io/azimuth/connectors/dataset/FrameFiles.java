package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TruthBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The {@code .npy} files of one shard of frames, open for writing. Not thread-safe. */
final class FrameFiles implements AutoCloseable {
    /** Metres of one unit of a coordinate. */
    static final double STEP_M = 0.005;

    private static final int MOST = Short.MAX_VALUE;
    private static final String BOX =
            "[('frame', '<i4'), ('track', '<i4'), ('points', '<i4'), ('class', '<i4'),"
                    + " ('x', '<f4'), ('y', '<f4'), ('z', '<f4'), ('length', '<f4'),"
                    + " ('width', '<f4'), ('height', '<f4'), ('yaw', '<f4'), ('vx', '<f4'),"
                    + " ('vy', '<f4'), ('vz', '<f4'), ('occlusion', '<f4'), ('distance', '<f4')]";
    private static final String INDEX =
            "[('frame', '<i8'), ('town', '<i8'), ('point_begin', '<i8'), ('point_end', '<i8'),"
                    + " ('box_begin', '<i8'), ('box_end', '<i8'), ('sweep', '<i4'),"
                    + " ('sensor', '<i4'), ('rings', '<i4'), ('sizes', '<i4'),"
                    + " ('sensor_height', '<f4'), ('pitch', '<f4'), ('roll', '<f4'),"
                    + " ('range_sigma', '<f4'), ('twist', '<f4', (6,))]";

    private final NpyFile points;
    private final NpyFile ring;
    private final NpyFile time;
    private final NpyFile label;
    private final NpyFile boxes;
    private final NpyFile index;
    private final Occlusion occlusion = new Occlusion();

    FrameFiles(Path folder) throws IOException {
        points = new NpyFile(folder.resolve("points.npy"), "'<i2'", "4", 8);
        ring = new NpyFile(folder.resolve("ring.npy"), "'|u1'", "", 1);
        time = new NpyFile(folder.resolve("time.npy"), "'<u2'", "", 2);
        label = new NpyFile(folder.resolve("label.npy"), "'<i2'", "", 2);
        boxes = new NpyFile(folder.resolve("boxes.npy"), BOX, "", 64);
        index = new NpyFile(folder.resolve("index.npy"), INDEX, "", 104);
    }

    long pointCount() {
        return points.rows();
    }

    long boxCount() {
        return boxes.rows();
    }

    /**
     * Appends a frame.
     *
     * @param frame number in the data set
     * @param twist of the sensor over the sweep, in its own frame (wx, wy, wz, vx, vy, vz)
     * @param counts distance, points and occlusion by class, then points by sensor
     */
    void add(
            long frame,
            FrameHeader header,
            SimulatedSweep made,
            double[] twist,
            List<Histogram> counts)
            throws IOException {
        long pointBegin = points.rows();
        long boxBegin = boxes.rows();
        addPoints(made);
        occlusion.prepare(made.sweep().points(), made.pointLabels(), twist);
        double seconds = made.sweep().durationNanos() * 1e-9;
        for (TruthBox b : made.boxes()) {
            addBox(b, made.worldFromSensor(), seconds, counts);
        }
        counts.get(3).add(header.sensorLabel(), made.sweep().points().size());
        ByteBuffer row = index.row();
        row.putLong(frame).putLong(header.town());
        row.putLong(pointBegin).putLong(points.rows()).putLong(boxBegin).putLong(boxes.rows());
        row.putInt((int) made.sweep().seq()).putInt(header.sensor());
        row.putInt(header.rings()).putInt(header.sizes());
        row.putFloat((float) header.heightM()).putFloat((float) header.pitchRad());
        row.putFloat((float) header.rollRad()).putFloat((float) header.rangeSigmaM());
        for (double v : twist) {
            row.putFloat((float) v);
        }
    }

    private void addPoints(SimulatedSweep made) throws IOException {
        PointCloud cloud = made.sweep().points();
        double duration = made.sweep().durationNanos();
        for (int i = 0; i < cloud.size(); i++) {
            points.row()
                    .putShort(quantised(cloud.x()[i] / STEP_M))
                    .putShort(quantised(cloud.y()[i] / STEP_M))
                    .putShort(quantised(cloud.z()[i] / STEP_M))
                    .putShort(quantised(Math.min(1, cloud.intensity()[i]) * MOST));
            ring.row().put((byte) cloud.ringOf(i));
            double share = cloud.timeOffsetNanos()[i] / duration;
            time.row().putShort((short) Math.max(0, Math.min(65535, (int) (share * 65536))));
            label.row().putShort(whole(made.pointLabels()[i]));
        }
    }

    private void addBox(
            TruthBox b, RigidTransform worldFromSensor, double seconds, List<Histogram> counts)
            throws IOException {
        OrientedBox o = b.box();
        double[] v = {b.velocityX(), b.velocityY(), b.velocityZ()};
        float[] seen = new float[3];
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 3; j++) {
                seen[k] += (float) (worldFromSensor.r(j, k) * v[j]);
            }
        }
        double hidden =
                occlusion.share(b.objectId(), o, seen[0] * seconds, seen[1] * seconds, b.points());
        String group = b.objectClass().label();
        counts.get(0).add(group, o.rangeM());
        counts.get(1).add(group, b.points());
        counts.get(2).add(group, hidden);
        ByteBuffer row = boxes.row();
        row.putInt((int) index.rows()).putInt(whole(b.objectId())).putInt(b.points());
        row.putInt(b.objectClass().ordinal());
        row.putFloat((float) o.x()).putFloat((float) o.y()).putFloat((float) o.z());
        row.putFloat((float) o.length()).putFloat((float) o.width()).putFloat((float) o.height());
        row.putFloat((float) o.yawRad()).putFloat(seen[0]).putFloat(seen[1]).putFloat(seen[2]);
        row.putFloat((float) hidden).putFloat((float) o.rangeM());
    }

    private static short quantised(double units) {
        return whole((int) Math.rint(units));
    }

    private static short whole(int value) {
        if (value < -MOST || value > MOST) {
            throw new IllegalStateException(
                    value + " does not fit 16 bits: " + STEP_M + " m a step, objects below 32768");
        }
        return (short) value;
    }

    @Override
    public void close() throws IOException {
        try (points;
                ring;
                time;
                label;
                boxes;
                index) {
            // each writes its header
        }
    }
}
