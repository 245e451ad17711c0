package io.azimuth.jobs.worlds;

import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.GroundLabels;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.Surface;

/**
 * Counts points that are taken for ground against the simulator's exact labels. What is taken for
 * ground is what {@link GroundLabels} says with the detector's least object height; the detector
 * itself cuts by height alone. Points beyond the detector's range, and mixed returns (on no surface
 * at all), are not judged. Not thread-safe.
 */
final class GroundTally {
    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground;
    private final float maxRangeM;
    private final GroundLabels labelling;
    long both;
    long onlyTaken;
    long onlyTrue;

    GroundTally(GeometricDetectorConfig config) {
        ground = new GroundProfile(config.ground());
        maxRangeM = (float) config.maxRangeM();
        labelling = new GroundLabels(config.minObjectHeightM(), config.maxRangeM());
    }

    void add(SimulatedSweep simulated) {
        PointCloud cloud = simulated.sweep().points();
        polar.compute(cloud);
        if (polar.validCount() == 0) {
            return;
        }
        ground.estimate(cloud, polar);
        boolean[] found = labelling.label(polar, ground.heightsAbove(cloud, polar));
        float[] range = polar.rangeM();
        int[] labels = simulated.pointLabels();
        for (int i = 0; i < polar.size(); i++) {
            if (range[i] < 0 || range[i] > maxRangeM || labels[i] == Surface.MIXED.label()) {
                continue;
            }
            boolean taken = found[i];
            boolean real = labels[i] < 0 && Surface.ofLabel(labels[i]).isGround();
            both += taken && real ? 1 : 0;
            onlyTaken += taken && !real ? 1 : 0;
            onlyTrue += !taken && real ? 1 : 0;
        }
    }

    double precision() {
        return both / (double) (both + onlyTaken);
    }

    double recall() {
        return both / (double) (both + onlyTrue);
    }

    /** Harmonic mean of precision and recall. */
    double f1() {
        return 2.0 * both / (2.0 * both + onlyTaken + onlyTrue);
    }
}
