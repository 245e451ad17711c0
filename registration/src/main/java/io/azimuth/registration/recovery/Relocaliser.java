package io.azimuth.registration.recovery;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.KeyFrame;
import io.azimuth.registration.ume.UmeConfig;
import io.azimuth.registration.ume.UmeRegistrar;
import io.azimuth.registration.ume.UmeResult;
import io.azimuth.registration.ume.UmeScan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks for sweeps at places without a first guess. Keeps the scans of the last places it looked
 * at; they are functions of the places, so keeping them changes no result. Not thread-safe.
 */
final class Relocaliser {
    private static final int CACHED = 6;

    private static final UmeConfig CONFIG = UmeConfig.recovery();
    private final BiFunction<UmeScan, UmeScan, UmeResult> registration;
    private long faults;
    private final Map<KeyFrame, UmeScan> targets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<KeyFrame, UmeScan> eldest) {
                    return size() > CACHED;
                }
            };

    Relocaliser() {
        this(new UmeRegistrar(CONFIG)::register);
    }

    /**
     * @param registration of a target (first) and a source
     */
    Relocaliser(BiFunction<UmeScan, UmeScan, UmeResult> registration) {
        this.registration = registration;
    }

    /** Searches that ended with an exception and counted as "not recognised". */
    long faults() {
        return faults;
    }

    /**
     * A sweep, ready to be looked for at several places.
     *
     * @param probeFromSensor its pose in the frame of the odometry that runs
     */
    record Query(UmeScan scan, RigidTransform probeFromSensor) {}

    Query query(KeyFrame sweep) {
        return new Query(UmeScan.of(cloud(sweep), CONFIG), sweep.odomFromSensor());
    }

    /** What was seen, or null if the sweep is not there or it cannot be told. */
    @Nullable Sighting look(Place place, Query query) {
        UmeResult r;
        try {
            UmeScan target = targets.get(place.frame());
            if (target == null) {
                target = UmeScan.of(cloud(place.frame()), CONFIG);
                targets.put(place.frame(), target);
            }
            r = registration.apply(target, query.scan());
        } catch (RuntimeException e) {
            faults++; // must not end the odometry; whoever runs it reads the count
            return null;
        }
        if (!r.accepted()) {
            return null;
        }
        RigidTransform odomFromProbe =
                Places.pose(place)
                        .times(r.targetFromSource())
                        .times(query.probeFromSensor().inverse());
        return new Sighting(odomFromProbe, place.seq(), r.overlap(), r.score(), r.margin());
    }

    /** Frees the scans. */
    void rest() {
        targets.clear();
    }

    private static PointCloud cloud(KeyFrame frame) {
        float step = 1e-3f * KeyFrame.STEP_MM;
        PointCloud out = new PointCloud(frame.size());
        for (int i = 0; i < frame.size(); i++) {
            out.add(frame.x()[i] * step, frame.y()[i] * step, frame.z()[i] * step, 0);
        }
        return out;
    }
}
