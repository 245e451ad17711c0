package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.polar.CandidateSamples;
import io.azimuth.perception.polar.PolarModels;
import io.azimuth.perception.simulation.SimulatedSweep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * What the first stage of a polar detector finds in the frames of one shard: a second stage is
 * trained to set it right. Not thread-safe.
 */
final class CandidateFiles implements AutoCloseable {
    private static final int POINT_NUMBERS =
            CandidateSamples.POINTS * CandidateSamples.POINT_FIELDS;
    private static final int BOX_NUMBERS = CandidateSamples.BOX_FIELDS.size();
    private static final String INDEX =
            "[('frame', '<i4'), ('kind', '<i4'), ('score', '<f4'), ('box', '<f4', (7,))]";

    private final CandidateSamples samples;
    private final FloatBuffer points = FloatBuffer.allocate(POINT_NUMBERS);
    private final FloatBuffer box = FloatBuffer.allocate(BOX_NUMBERS);
    private final PointCloud cloud = new PointCloud();
    private final NpyFile pointFile;
    private final NpyFile boxFile;
    private final NpyFile indexFile;

    /**
     * @param model of the first stage
     */
    CandidateFiles(Path folder, String model) throws IOException {
        samples = new CandidateSamples(PolarModels.read(model), new OrtBackend());
        pointFile =
                new NpyFile(
                        folder.resolve("candidate_points.npy"),
                        "'<f2'",
                        CandidateSamples.POINTS + ", " + CandidateSamples.POINT_FIELDS,
                        2 * POINT_NUMBERS);
        boxFile =
                new NpyFile(
                        folder.resolve("candidate_boxes.npy"),
                        "'<f4'",
                        String.valueOf(BOX_NUMBERS),
                        4 * BOX_NUMBERS);
        indexFile = new NpyFile(folder.resolve("candidates.npy"), INDEX, "", 12 + 28);
    }

    /** Appends the candidates of a frame, of the sweep brought to mid-sweep. */
    void add(int frame, SimulatedSweep made, double[] twist) throws IOException {
        MidSweep.bring(made.sweep().points(), made.sweep().durationNanos(), twist, cloud);
        int n = samples.find(cloud);
        for (int b = 0; b < n; b++) {
            samples.points(b, points);
            ByteBuffer row = pointFile.row();
            for (int i = 0; i < POINT_NUMBERS; i++) {
                row.putShort(HalfFloat.bits(points.get(i)));
            }
            samples.box(b, box);
            row = boxFile.row();
            for (int i = 0; i < BOX_NUMBERS; i++) {
                row.putFloat(box.get(i));
            }
            OrientedBox o = samples.overGround(b);
            row = indexFile.row().putInt(frame).putInt(samples.kind(b));
            row.putFloat((float) samples.score(b));
            for (double value :
                    new double[] {
                        o.x(), o.y(), o.z(), o.length(), o.width(), o.height(), o.yawRad()
                    }) {
                row.putFloat((float) value);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (samples;
                pointFile;
                boxFile;
                indexFile) {
            // each writes its header
        }
    }
}
