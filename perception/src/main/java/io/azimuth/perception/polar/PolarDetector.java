package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds objects with a network on the polar grid: points become a {@link PolarCanvas} over the
 * estimated ground, the network answers for every cell, peaks become boxes. A turn of the scene by
 * whole strides of the network turns the answer and changes nothing else. Not thread-safe; the
 * network is shared with all detectors of the JVM.
 *
 * <p>Source: Nie et al., "PARTNER" (ICCV 2023) for the grid and the two ideas in the network; Chen,
 * Vora, Beijbom, "PolarStream" (NeurIPS 2021) for the range-stratified scales.
 */
public final class PolarDetector implements Detector {
    /** Hardly a person is taller, shoes and hat included. */
    private static final double TALLEST_PERSON_M = 2.0;

    /** Nor a cyclist on the saddle. */
    private static final double TALLEST_CYCLIST_M = 2.1;

    /** A car is no higher; what is above it is no car. */
    private static final double HIGHEST_CAR_M = 2.3;

    private static final int SOLID_POINTS = 3;

    private final PolarDetectorConfig config;
    private final PolarContract contract;
    private final LoadedModel model;
    private final Lease lease;
    private final PolarCanvas canvas;
    private final PolarPeaks peaks;
    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground = new GroundProfile(GroundConfig.defaults());
    private final BoxEvidence evidence = new BoxEvidence();

    /**
     * Loads the network, or shares it with those who have.
     *
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is of another
     *     contract, or the engine refuses it
     */
    public PolarDetector(PolarDetectorConfig config, ModelBundle bundle, InferenceBackend backend) {
        this.config = config;
        contract = PolarContract.of(bundle.manifest());
        canvas = new PolarCanvas(contract.grid());
        peaks = new PolarPeaks(contract, config.minScore());
        model = backend.load(bundle, LoadOptions.single());
        try {
            lease = model.acquire();
        } catch (RuntimeException | Error e) { // as out of memory for its buffers
            model.close();
            throw e;
        }
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        PointCloud cloud = sweep.points();
        polar.compute(cloud);
        List<Detection> out = new ArrayList<>();
        if (polar.validCount() == 0) {
            return out;
        }
        ground.estimate(cloud, polar);
        float[] heights = ground.heightsAbove(cloud, polar);
        canvas.clear();
        canvas.add(cloud, polar, heights, 0, cloud.size());
        canvas.write(lease.input(PolarContract.INPUT), contract.haloRows());
        lease.run(1);
        List<PolarPeaks.Peak> found =
                peaks.distinct(peaks.read(lease.output(PolarContract.OUTPUT)), config.maxIou());
        evidence.gather(found, contract.classes(), cloud, polar, heights, sweep.durationNanos());
        for (int b = 0; b < found.size(); b++) {
            if (!config.heightVeto() || isPlausible(found.get(b), b)) {
                out.add(detection(found.get(b), b, cloud.hasTime()));
            }
        }
        out.sort(Detection.ORDER);
        return out;
    }

    private boolean isPlausible(PolarPeaks.Peak peak, int b) {
        ObjectClass c = contract.classes().get(peak.k());
        if (c.isVehicle()) {
            return peak.box().height() > HIGHEST_CAR_M || evidence.pointsOver(b) < SOLID_POINTS;
        }
        double tallest = c == ObjectClass.CYCLIST ? TALLEST_CYCLIST_M : TALLEST_PERSON_M;
        return evidence.tallM(b) <= tallest;
    }

    private Detection detection(PolarPeaks.Peak peak, int b, boolean timed) {
        OrientedBox over = peak.box();
        double turns = StrictMath.atan2(over.y(), over.x()) / (2 * Math.PI);
        float under =
                ground.heightAt((float) over.rangeM(), (float) (turns < 0 ? turns + 1 : turns));
        OrientedBox box =
                new OrientedBox(
                        over.x(),
                        over.y(),
                        over.z() + under,
                        over.length(),
                        over.width(),
                        over.height(),
                        over.yawRad());
        ObjectClass c = PolarPeaks.named(contract.classes().get(peak.k()), box);
        return new Detection(
                box,
                c,
                contract.probability(peak.k(), peak.score()),
                peak.headingKnown(),
                evidence.points(b),
                evidence.timeOffsetNanos(b, timed));
    }

    /** Counters of the network since it was loaded, over all who share it; safe from any thread. */
    public InferenceStats networkStats() {
        return model.stats();
    }

    @Override
    public void close() {
        lease.close();
        model.close();
    }
}
