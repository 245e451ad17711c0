package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.TextRows.Row;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pose files of KITTI's form: one row-major 3x4 matrix a line. */
final class Poses {
    private Poses() {}

    static List<RigidTransform> parse(TextRows text) {
        List<RigidTransform> out = new ArrayList<>();
        for (Row row : text.atLeastOne("rows of 12 numbers (3x4, row-major)")) {
            double[] m = row.numbers("pose", row.words(), 0, 12);
            out.add(Calibration.rigid(row, "pose", () -> RigidTransform.ofRows(m)));
        }
        return out;
    }

    /**
     * Poses relative to the first sweep that is there.
     *
     * @param poses row k belongs to {@code rowSeqs[k]}, or to {@code seqs[k]} if there are as many
     *     rows as sweeps
     * @param rowSeqs numbers of all sweeps of the recording, those without a file included
     * @param seqs numbers of the sweeps that are there
     */
    static SortedMap<Long, RigidTransform> firstFromSweep(
            String file, List<RigidTransform> poses, long[] rowSeqs, long[] seqs) {
        long[] numbers = poses.size() == rowSeqs.length ? rowSeqs : seqs;
        if (poses.size() != numbers.length) {
            throw new MalformedDataException(
                    file
                            + ": byte 0: "
                            + poses.size()
                            + " poses, accepted are "
                            + rowSeqs.length
                            + " (one a time stamp) or "
                            + seqs.length
                            + " (one a sweep)");
        }
        SortedMap<Long, RigidTransform> all = new TreeMap<>();
        for (int k = 0; k < numbers.length; k++) {
            all.put(numbers[k], poses.get(k));
        }
        SortedMap<Long, RigidTransform> out = new TreeMap<>();
        RigidTransform firstFromWorld = null;
        for (long seq : seqs) {
            RigidTransform pose = all.get(seq);
            if (pose != null) {
                firstFromWorld = firstFromWorld == null ? pose.inverse() : firstFromWorld;
                out.put(seq, firstFromWorld.times(pose));
            }
        }
        return out;
    }
}
