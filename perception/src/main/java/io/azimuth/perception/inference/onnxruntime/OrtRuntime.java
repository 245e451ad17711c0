package io.azimuth.perception.inference.onnxruntime;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.Capability;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * The one environment of ONNX Runtime. DJL's engine must be first: it wants to make the environment
 * itself and fails for good if there is one already; the other way round both share one.
 */
final class OrtRuntime {
    /** Newer ones report to their maker, older ones let a model read any file: ADR 12. */
    private static final String ACCEPTED_VERSION = "1.28.";

    private final @Nullable OrtEnvironment environment;
    private final Capability capability;

    private OrtRuntime(@Nullable OrtEnvironment environment, Capability capability) {
        this.environment = environment;
        this.capability = capability;
    }

    /** Made at the first use; a failure is remembered, for a failed link cannot be repeated. */
    private static final class Holder {
        static final OrtRuntime INSTANCE = start();
    }

    static Capability capability() {
        return Holder.INSTANCE.capability;
    }

    /**
     * @throws BackendUnavailable if the library cannot be used
     */
    static OrtEnvironment environment() {
        OrtEnvironment environment = Holder.INSTANCE.environment;
        if (environment == null) {
            throw new BackendUnavailable(Holder.INSTANCE.capability.reason());
        }
        return environment;
    }

    private static OrtRuntime start() {
        // DJL tells its maker about engines, unless it is asked not to
        setUnlessSet("OPT_OUT_TRACKING");
        setUnlessSet("ai.djl.offline");
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        // DJL looks for engines there, and another job's would be of another class
        thread.setContextClassLoader(OrtRuntime.class.getClassLoader());
        try {
            Engine.getEngine("OnnxRuntime");
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            String version = environment.getVersion();
            if (!version.startsWith(ACCEPTED_VERSION)) {
                return failed(
                        "ONNX Runtime %s is on the class path, accepted is %sx; remove the other one"
                                .formatted(version, ACCEPTED_VERSION));
            }
            return new OrtRuntime(environment, Capability.available(version));
        } catch (LinkageError e) {
            return failed(
                    "ONNX Runtime's library cannot be loaded (%s); another job of this process may"
                            .concat(
                                    " hold another version, or the temporary folder is not writable")
                            .formatted(reason(e)));
        } catch (EngineException | IllegalStateException | ServiceConfigurationError e) {
            return failed(
                    "DJL's OnnxRuntime engine did not start (%s); something used ONNX Runtime first"
                            .formatted(reason(e)));
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    /** What the innermost cause says: the outer ones say that a class could not be made. */
    private static String reason(Throwable failure) {
        Throwable at = failure;
        for (Throwable inner = at.getCause(); inner != null; inner = inner.getCause()) {
            at = inner;
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }

    private static void setUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }

    private static OrtRuntime failed(String reason) {
        return new OrtRuntime(null, Capability.unavailable(reason));
    }
}
