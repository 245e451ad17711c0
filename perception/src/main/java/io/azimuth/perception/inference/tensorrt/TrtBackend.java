package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.checks.GoldenCheck;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.tensorrt.build.BuildChild;
import io.azimuth.perception.inference.tensorrt.plan.PlanStore;
import io.azimuth.perception.inference.tensorrt.probe.ProbeVerdict;
import io.azimuth.perception.inference.tensorrt.probe.TrtAvailability;
import io.azimuth.perception.inference.tensorrt.seam.JavaCppTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * TensorRT on one GPU. The first load of a network on a host builds its plan, which takes minutes;
 * later ones read it. All instances of a JVM with the same options share device, plans and
 * contexts. Without a usable GPU nothing native is touched, and every load is refused with what is
 * missing. Thread-safe.
 */
public final class TrtBackend implements InferenceBackend {
    private static final Map<TrtOptions, TrtHost> HOSTS = new ConcurrentHashMap<>();

    private final Supplier<ProbeVerdict> verdict;
    private final Supplier<TrtHost> host;
    private final int device;
    private final Precision precision;

    /** The machine's own GPU. */
    public TrtBackend(TrtOptions options) {
        this(
                TrtAvailability::verdict,
                () -> HOSTS.computeIfAbsent(options, TrtBackend::open),
                options);
    }

    /** A device that the caller has opened and closes; for tests, and for checks of a GPU. */
    public TrtBackend(ProbeVerdict verdict, TrtHost host) {
        this(() -> verdict, () -> host, host.options());
    }

    private TrtBackend(Supplier<ProbeVerdict> verdict, Supplier<TrtHost> host, TrtOptions options) {
        this.verdict = verdict;
        this.host = host;
        this.device = options.device();
        this.precision = options.precision();
    }

    @Override
    public String name() {
        return "tensorrt";
    }

    /**
     * Asks a process of its own at the first call, for 8 seconds at most; on a host with the
     * natives, for 3 minutes the first time, as they are unpacked.
     */
    @Override
    public Capability probe() {
        ProbeVerdict found = verdict.get();
        if (!found.available()) {
            return Capability.unavailable(found.reason());
        }
        if (found.devices().stream().noneMatch(d -> d.index() == device)) {
            return Capability.unavailable(
                    "there is no GPU %d, found %s".formatted(device, found.devices()));
        }
        return Capability.available(found.versions().tensorRtText());
    }

    @Override
    public LoadedModel load(ModelBundle given, LoadOptions options) {
        Manifest manifest = given.manifest();
        if (options.maxBatch() > manifest.limits().maxBatch()) {
            throw new IllegalArgumentException(
                    "maxBatch is %d, the bundle '%s' accepts 1 to %d"
                            .formatted(
                                    options.maxBatch(),
                                    manifest.name(),
                                    manifest.limits().maxBatch()));
        }
        Capability capability = probe();
        if (!capability.available()) {
            throw new BackendUnavailable("TensorRT cannot be used here: " + capability.reason());
        }
        ModelBundle bundle = variant(given);
        TrtHost on = host.get();
        SharedPlan shared = on.share(bundle);
        TrtLoadedModel model = model(bundle, shared, options.maxBatch());
        try {
            checkGolden(bundle, on, shared);
            return model;
        } catch (RuntimeException | OutOfMemoryError e) {
            model.close();
            throw e;
        }
    }

    private ModelBundle variant(ModelBundle given) {
        if (!given.precisions().contains(precision)) {
            throw new BackendUnavailable(
                    "network '%s' is there in %s, wanted is %s: make it by perception/training/variants.py, or choose another"
                            .formatted(
                                    given.manifest().name(),
                                    given.precisions().stream().map(Precision::label).toList(),
                                    precision.label()));
        }
        return given.at(precision);
    }

    /** What the device did so far; all zero if it was not used. */
    public TrtStats stats() {
        return probe().available()
                ? host.get().stats()
                : new TrtStats(0, 0, 0, 0, 0, 0, 0, 0, probe().reason());
    }

    /**
     * Memory that the device has left, for all processes; 0 if it cannot be used.
     *
     * @throws TrtFailure if the device fails
     */
    public long freeDeviceBytes() {
        return probe().available() ? host.get().freeDeviceBytes() : 0;
    }

    private static void checkGolden(ModelBundle bundle, TrtHost host, SharedPlan shared) {
        for (ModelBundle.GoldenRun golden : bundle.goldenRuns()) {
            host.retain(shared);
            try (TrtLoadedModel model = model(bundle, shared, golden.batch())) {
                GoldenCheck.run(model, golden);
            }
        }
    }

    private static TrtLoadedModel model(ModelBundle bundle, SharedPlan shared, int maxBatch) {
        Manifest manifest = bundle.manifest();
        return new TrtLoadedModel(
                shared, new ModelSignature(manifest.inputs(), manifest.outputs(), maxBatch));
    }

    /** Plans are built in a process of their own: a builder that crashes ends that one. */
    private static TrtHost open(TrtOptions options) {
        Path folder = TrtAvailability.folder();
        PlanStore store = PlanStore.open(folder, options.storeBytes(), Ticker.SYSTEM);
        return new TrtHost(
                new JavaCppTrtNative(),
                store,
                Ticker.SYSTEM,
                options,
                BuildChild.ofThisJvm(folder, options.device()));
    }
}
