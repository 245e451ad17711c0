package io.azimuth.jobs.config;

import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.fusion.FusionConfig;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.serving.Batching;
import io.azimuth.perception.inference.serving.EngineChoice;
import io.azimuth.perception.inference.serving.EngineOptions;
import io.azimuth.perception.polar.PolarDetectorConfig;
import io.azimuth.perception.recognition.RecogniserConfig;
import io.azimuth.perception.tracking.TrackerConfig;
import io.azimuth.registration.odometry.OdometryConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the engine.
 *
 * @param detector name of the detector: {@code geometric}, {@code polar} or {@code fused}
 * @param geometric the geometric detector
 * @param polar the detector with a network on the polar grid
 * @param fusion what {@code fused} makes of the two
 * @param recogniser what looks again at the points of each detection
 * @param odometry registration of sweeps
 * @param tracker tracks from detections
 * @param engine what runs the networks of detector and recogniser: {@code cpu}, {@code tensorrt} or
 *     {@code auto} (TensorRT where it runs, the CPU behind it)
 * @param batch how sweeps that are under way at the same time share runs of the networks
 * @param precision that TensorRT computes in: {@code float32}, {@code float16} or {@code int8}; the
 *     CPU computes in float32
 */
public record AzimuthConfig(
        String detector,
        GeometricDetectorConfig geometric,
        PolarDetectorConfig polar,
        FusionConfig fusion,
        RecogniserConfig recogniser,
        OdometryConfig odometry,
        TrackerConfig tracker,
        String engine,
        Batching batch,
        String precision) {
    private static final List<String> DETECTORS = List.of("geometric", "polar", "fused");

    public AzimuthConfig {
        if (!DETECTORS.contains(detector)) {
            throw new IllegalArgumentException(
                    "detector is '" + detector + "', expected one of " + DETECTORS);
        }
        options(engine, batch, precision); // says what does not fit
    }

    public static AzimuthConfig defaults() {
        return new AzimuthConfig(
                "fused",
                GeometricDetectorConfig.defaults(),
                PolarDetectorConfig.defaults(),
                FusionConfig.defaults(),
                RecogniserConfig.defaults(),
                OdometryConfig.defaults(),
                TrackerConfig.defaults(),
                EngineChoice.CPU.label(),
                Batching.defaults(),
                Precision.FLOAT32.label());
    }

    /** The engine and how its runs are shared; the task that uses it says on which GPU. */
    public EngineOptions engineOptions() {
        return options(engine, batch, precision);
    }

    private static EngineOptions options(String engine, Batching batch, String precision) {
        return new EngineOptions(EngineChoice.of(engine), 0, batch, Precision.of(precision));
    }

    /**
     * Whether a value can change the bytes of a result; where and how fast a job runs cannot. The
     * CPU and float32 are what results have always come from, so they leave no trace in their ids.
     */
    static boolean isResultRelevant(String path, @Nullable Object value) {
        boolean byCpu = path.equals("engine") && EngineChoice.CPU.label().equals(value);
        boolean inFloat32 = path.equals("precision") && Precision.FLOAT32.label().equals(value);
        return !path.startsWith("batch.") && !byCpu && !inFloat32;
    }
}
