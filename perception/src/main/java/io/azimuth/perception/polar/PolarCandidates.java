package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.util.List;

/**
 * The first stage of the polar detector: points become a canvas over the estimated ground, the
 * network answers for every cell, peaks become candidates. Not thread-safe; the network is shared
 * with all who load it in this JVM.
 */
final class PolarCandidates implements AutoCloseable {
    private final PolarContract contract;
    private final LoadedModel model;
    private final Lease lease;
    private final PolarCanvas canvas;
    private final PolarPeaks peaks;
    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground = new GroundProfile(GroundConfig.defaults());
    private float[] heights = new float[0];

    /**
     * Loads the network, or shares it with those who have.
     *
     * @param minScore peaks with a calibrated probability below are left out
     * @param crowds as {@link PolarPeaks} takes it
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is of another
     *     contract, or the engine refuses it
     */
    PolarCandidates(ModelBundle bundle, InferenceBackend backend, double minScore, boolean crowds) {
        contract = PolarContract.of(bundle.manifest());
        canvas = new PolarCanvas(contract.grid());
        peaks = new PolarPeaks(contract, minScore, crowds);
        model = backend.load(bundle, LoadOptions.single());
        try {
            lease = model.acquire();
        } catch (RuntimeException | Error e) { // as out of memory for its buffers
            model.close();
            throw e;
        }
    }

    /** All peaks of a sweep, best first; none if no point is valid. */
    List<PolarPeaks.Peak> find(PointCloud cloud) {
        polar.compute(cloud);
        if (polar.validCount() == 0) {
            return List.of();
        }
        ground.estimate(cloud, polar);
        heights = ground.heightsAbove(cloud, polar);
        canvas.clear();
        canvas.add(cloud, polar, heights, 0, cloud.size());
        canvas.write(lease.input(PolarContract.INPUT), contract.haloRows());
        lease.run(1);
        return peaks.read(lease.output(PolarContract.OUTPUT));
    }

    /** As {@link PolarPeaks#distinct}. */
    List<PolarPeaks.Peak> distinct(List<PolarPeaks.Peak> found, double maxIou) {
        return peaks.distinct(found, maxIou);
    }

    PolarContract contract() {
        return contract;
    }

    /** Of the latest sweep. */
    PolarCoordinates polar() {
        return polar;
    }

    /** Of the latest sweep's points over its ground, metres. */
    float[] heights() {
        return heights;
    }

    /** Height of the latest sweep's ground in the sensor's frame, metres. */
    float groundAt(double x, double y) {
        double turns = StrictMath.atan2(y, x) / (2 * Math.PI);
        return ground.heightAt((float) Math.hypot(x, y), (float) (turns < 0 ? turns + 1 : turns));
    }

    InferenceStats networkStats() {
        return model.stats();
    }

    @Override
    public void close() {
        lease.close();
        model.close();
    }
}
