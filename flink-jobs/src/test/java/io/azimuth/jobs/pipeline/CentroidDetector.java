package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;

/** One car at the mean of the points; every bit of the input counts. Fails on one given sweep. */
record CentroidDetector(long failingSeq) implements Detector {
    @Override
    public List<Detection> detect(Sweep sweep) {
        if (sweep.seq() == failingSeq) {
            throw new IllegalStateException("a bug in the detector");
        }
        PointCloud p = sweep.points();
        double x = 0;
        double y = 0;
        double z = 0;
        for (int i = 0; i < p.size(); i++) {
            x += p.x()[i];
            y += p.y()[i];
            z += p.z()[i];
        }
        int n = p.size();
        OrientedBox box = new OrientedBox(x / n, y / n, z / n, 4, 2, 1.5, 0.1);
        return List.of(
                new Detection(box, ObjectClass.CAR, 0.9, true, n, sweep.durationNanos() / 2));
    }
}
