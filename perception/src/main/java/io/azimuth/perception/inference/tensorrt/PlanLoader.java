package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.tensorrt.plan.PlanBuilder;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import io.azimuth.perception.inference.tensorrt.seam.TrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** From a bundle to a plan in the device's memory. */
final class PlanLoader {
    /** Rows that plans are made fast at, if the bundle allows as many. */
    private static final int OPTIMAL_ROWS = 8;

    private final TrtHost host;
    private final PlanBuilder builder;

    PlanLoader(TrtHost host, PlanBuilder builder) {
        this.host = host;
        this.builder = builder;
    }

    SharedPlan load(ModelBundle bundle, long runtime) {
        TrtNative trt = host.trt();
        Manifest manifest = bundle.manifest();
        TrtVersions versions = trt.versions();
        TrtDevice device = trt.device(host.options().device());
        BuildRequest request = request(bundle);
        byte[] plan = builder.plan(manifest.name(), bundle.sha256(), request, versions, device);
        long engine = trt.deserialize(runtime, direct(plan));
        if (engine == 0) { // ours, whole, and yet refused: another build of the same version
            plan = builder.rebuild(manifest.name(), bundle.sha256(), request, versions, device);
            engine = trt.deserialize(runtime, direct(plan));
        }
        if (engine == 0) {
            throw new TrtFailure(
                    "deserializeCudaEngine", TrtFailure.NULL_OBJECT, trt.log().toString());
        }
        try {
            LoadedPlan found =
                    LoadedPlan.of(
                            engine,
                            bundle.sha256(),
                            trt.tensors(engine),
                            manifest.inputs(),
                            manifest.outputs());
            return new SharedPlan(
                    host, found, manifest.limits().maxBatch(), bundle.summary().weightBytes());
        } catch (RuntimeException e) {
            host.destroyEngine(engine);
            throw e;
        }
    }

    private BuildRequest request(ModelBundle bundle) {
        int max = bundle.manifest().limits().maxBatch();
        List<BuildRequest.Range> profile = new ArrayList<>();
        for (TensorSpec input : bundle.manifest().inputs()) {
            if (input.batched()) {
                profile.add(
                        new BuildRequest.Range(
                                input.name(),
                                shape(input, 1),
                                shape(input, Math.min(OPTIMAL_ROWS, max)),
                                shape(input, max)));
            }
        }
        TrtOptions options = host.options();
        return new BuildRequest(
                bundle.network(),
                profile,
                options.workspaceBytes(),
                options.optimizationLevel(),
                options.tf32(),
                new byte[0]);
    }

    private static List<Long> shape(TensorSpec spec, int rows) {
        List<Long> out = new ArrayList<>();
        for (long dim : spec.shapeFor(rows)) {
            out.add(dim);
        }
        return out;
    }

    private static ByteBuffer direct(byte[] plan) {
        return ByteBuffer.allocateDirect(plan.length).put(plan).flip();
    }
}
