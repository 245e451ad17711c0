package io.azimuth.perception.inference.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Opens sessions: one thread, the caller's; from bytes, so that no path leads to other files. */
final class SessionStart {
    private SessionStart() {}

    static OrtSession open(ModelBundle bundle) {
        OrtEnvironment environment = OrtRuntime.environment();
        OrtSession session;
        try (SessionOptions options = options()) {
            session = environment.createSession(bundle.network(), options);
        } catch (OrtException e) {
            throw new ModelRejected(
                    Code.SESSION,
                    "ONNX Runtime does not load network '%s': %s"
                            .formatted(bundle.manifest().name(), e.getMessage()),
                    e);
        }
        try {
            requireSignature("input", session.getInputInfo(), bundle.manifest().inputs());
            requireSignature("output", session.getOutputInfo(), bundle.manifest().outputs());
            return session;
        } catch (OrtException | ModelRejected e) {
            closeAfter(session, e);
            if (e instanceof ModelRejected rejected) {
                throw rejected;
            }
            throw new ModelRejected(Code.SIGNATURE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Several threads a session cost more processor time than they save: ADR 12. */
    static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setCPUArenaAllocator(true);
        options.setMemoryPatternOptimization(true);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.set_denormal_as_zero", "1");
        return options;
    }

    private static void requireSignature(
            String kind, Map<String, NodeInfo> found, List<TensorSpec> specs) {
        if (found.size() != specs.size()) {
            throw mismatch(kind, "names", found.keySet(), names(specs));
        }
        for (TensorSpec spec : specs) {
            NodeInfo node = found.get(spec.name());
            if (node == null) {
                throw mismatch(kind, "names", found.keySet(), names(specs));
            }
            if (!(node.getInfo() instanceof TensorInfo tensor)
                    || tensor.type != OnnxJavaType.FLOAT) {
                throw mismatch(kind + " " + spec.name(), "type", node.getInfo(), "float32");
            }
            // a free dimension is -1 on both sides
            if (!Arrays.equals(tensor.getShape(), spec.shapeFor(spec.shape().get(0)))) {
                throw mismatch(
                        kind + " " + spec.name(),
                        "shape",
                        Arrays.toString(tensor.getShape()),
                        spec.shapeText());
            }
        }
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }

    private static ModelRejected mismatch(String where, String what, Object found, Object said) {
        return new ModelRejected(
                Code.SIGNATURE,
                "%s: the network has %s %s, the manifest says %s"
                        .formatted(where, what, found, said));
    }

    private static void closeAfter(OrtSession session, Exception failure) {
        try {
            session.close();
        } catch (OrtException e) {
            failure.addSuppressed(e);
        }
    }
}
