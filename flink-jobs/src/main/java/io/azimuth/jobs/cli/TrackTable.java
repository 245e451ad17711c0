package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.evaluation.motion.MovingBox;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code tracks.csv}: boxes in the frame of the first sweep.
 *
 * @param rows in the file's order
 */
record TrackTable(List<Row> rows) {
    static final String HEADER =
            "sweep,stamp_ns,track,class,score,x,y,z,length,width,height,yaw,vx,vy,motion";

    /**
     * A track at a sweep; its stamp is mid-sweep, as that of the sweep's pose.
     *
     * @param velocityX metres a second along the first sweep's x
     * @param velocityY metres a second along the first sweep's y
     */
    record Row(
            long stampNanos,
            ScoredBox firstBox,
            double velocityX,
            double velocityY,
            MovingBox.Said said) {}

    TrackTable {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file of a run.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException naming file and line, also if a
     *     track stands twice in one sweep
     */
    static TrackTable read(Path file) throws IOException {
        Set<String> seen = new HashSet<>();
        return new TrackTable(BoxTable.read(file, HEADER, cells -> row(cells, seen)));
    }

    private static Row row(String[] f, Set<String> seen) {
        if (f[2].isBlank()) {
            throw new IllegalArgumentException("track is empty, expected its name");
        }
        long sweep = Long.parseLong(f[0]);
        if (!seen.add(sweep + "," + f[2])) {
            throw new IllegalArgumentException(
                    "track %s stands in sweep %d already".formatted(f[2], sweep));
        }
        ScoredBox box =
                new ScoredBox(
                        sweep,
                        f[2],
                        ObjectClass.ofLabel(f[3]),
                        BoxTable.box(f, 5),
                        BoxTable.number(f[4]));
        return new Row(
                Long.parseLong(f[1]),
                box,
                BoxTable.number(f[12]),
                BoxTable.number(f[13]),
                said(f[14]));
    }

    private static MovingBox.Said said(String motion) {
        return switch (motion) {
            case "unknown" -> MovingBox.Said.NOTHING;
            case "static" -> MovingBox.Said.STANDS;
            case "moving" -> MovingBox.Said.MOVES;
            default ->
                    throw new IllegalArgumentException(
                            "motion is '" + motion + "', expected unknown, static or moving");
        };
    }

    /**
     * The boxes as the sensor saw them at mid-sweep, the frame of labels. Rows of a sweep without a
     * pose are left out.
     *
     * @param firstFromSensor by stamp
     */
    List<MovingBox> inSensor(Trajectory firstFromSensor) {
        Map<Long, RigidTransform> sensorFromFirst = new HashMap<>();
        for (int i = 0; i < firstFromSensor.size(); i++) {
            sensorFromFirst.put(
                    firstFromSensor.keys()[i], firstFromSensor.poses().get(i).inverse());
        }
        List<MovingBox> out = new ArrayList<>();
        for (Row row : rows) {
            RigidTransform placing = sensorFromFirst.get(row.stampNanos);
            if (placing != null) {
                ScoredBox b = row.firstBox;
                ScoredBox placed =
                        new ScoredBox(
                                b.sweep(),
                                b.track(),
                                b.objectClass(),
                                placing.map(b.box()),
                                b.score());
                double vx = row.velocityX;
                double vy = row.velocityY;
                out.add(
                        new MovingBox(
                                placed,
                                row.stampNanos,
                                placing.r(0, 0) * vx + placing.r(0, 1) * vy,
                                placing.r(1, 0) * vx + placing.r(1, 1) * vy,
                                row.said));
            }
        }
        return out;
    }
}
