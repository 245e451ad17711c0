package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects with a network on the polar grid: points become a {@link PolarCanvas} over the
 * estimated ground, the network answers for every cell, peaks become boxes, which a {@link
 * PointRefiner second stage} may set right by their points. A turn of the scene by whole strides of
 * the network turns the answer and changes nothing else. Not thread-safe; the network is shared
 * with all detectors of the JVM.
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
    private final PolarCandidates candidates;
    private final @Nullable PointRefiner refiner;
    private final BoxEvidence evidence = new BoxEvidence();

    /** Without a second stage. */
    public PolarDetector(PolarDetectorConfig config, ModelBundle bundle, InferenceBackend backend) {
        this(config, bundle, backend, null, backend);
    }

    /**
     * Loads the networks, or shares them with those who have.
     *
     * @param refiner the second stage; null if cells are to say all
     * @param alone of the second stage: its batches are the candidates of one sweep
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if a bundle is of another
     *     contract, or the engine refuses it
     */
    public PolarDetector(
            PolarDetectorConfig config,
            ModelBundle bundle,
            InferenceBackend backend,
            @Nullable ModelBundle refiner,
            InferenceBackend alone) {
        this.config = config;
        double least =
                refiner == null
                        ? config.minScore()
                        : Math.min(config.minScore(), PointRefiner.LEAST_CANDIDATE);
        candidates = new PolarCandidates(bundle, backend, least, refiner != null);
        contract = candidates.contract();
        try {
            this.refiner =
                    refiner == null
                            ? null
                            : new PointRefiner(refiner, bundle.manifest().classes(), alone);
        } catch (RuntimeException | Error e) { // refused: the first must not stay open
            candidates.close();
            throw e;
        }
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        PointCloud cloud = sweep.points();
        List<PolarPeaks.Peak> found = candidates.distinct(peaks(cloud), config.maxIou());
        List<Detection> out = new ArrayList<>();
        if (found.isEmpty()) {
            return out;
        }
        evidence.gather(
                found,
                contract.classes(),
                cloud,
                candidates.polar(),
                candidates.heights(),
                sweep.durationNanos());
        for (int b = 0; b < found.size(); b++) {
            if (!config.heightVeto() || isPlausible(found.get(b), b)) {
                out.add(detection(found.get(b), b, cloud.hasTime()));
            }
        }
        out.sort(Detection.ORDER);
        return out;
    }

    private List<PolarPeaks.Peak> peaks(PointCloud cloud) {
        if (refiner == null) {
            return candidates.find(cloud);
        }
        List<PolarPeaks.Peak> first = PointRefiner.candidates(candidates, cloud);
        return refiner.refine(first, cloud, candidates, config.minScore());
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
        float under = candidates.groundAt(over.x(), over.y());
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
                refiner == null
                        ? contract.probability(peak.k(), peak.score())
                        : refiner.probability(peak),
                peak.headingKnown(),
                evidence.points(b),
                evidence.timeOffsetNanos(b, timed));
    }

    /** Counters of the network since it was loaded, over all who share it; safe from any thread. */
    public InferenceStats networkStats() {
        return candidates.networkStats();
    }

    /**
     * The same of the second stage's network.
     *
     * @throws IllegalStateException if there is none
     */
    public InferenceStats refinerStats() {
        if (refiner == null) {
            throw new IllegalStateException("there is no second stage");
        }
        return refiner.networkStats();
    }

    @Override
    public void close() {
        candidates.close();
        if (refiner != null) {
            refiner.close();
        }
    }
}
