package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.ObjectClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code detections.csv}. */
final class DetectionTable {
    static final String HEADER = "sweep,class,score,x,y,z,length,width,height,yaw";

    private DetectionTable() {}

    static List<ScoredBox> read(Path file) throws IOException {
        return BoxTable.read(file, HEADER, DetectionTable::row);
    }

    private static ScoredBox row(String[] f) {
        return new ScoredBox(
                Long.parseLong(f[0]),
                "",
                ObjectClass.ofLabel(f[1]),
                BoxTable.box(f, 3),
                BoxTable.number(f[2]));
    }
}
