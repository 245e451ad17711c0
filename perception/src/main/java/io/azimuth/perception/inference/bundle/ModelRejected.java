package io.azimuth.perception.inference.bundle;

/**
 * A model bundle that is not accepted; the code says why, the message where, what was found and
 * what is accepted.
 */
public final class ModelRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a bundle was refused; one code for each rule. */
    public enum Code {
        /** No folder and no tar archive, or no manifest in it. */
        NOT_A_BUNDLE,
        /** A link, a path that leaves the folder, or a file that the manifest does not list. */
        FILES,
        /** A file is larger than its cap. */
        TOO_LARGE,
        /** The manifest is no JSON, lacks a key, has an unknown one or a value out of range. */
        MANIFEST,
        /** A file is not the one that the manifest describes. */
        HASH,
        /** The network is no ONNX file, or is cut off. */
        ONNX_MALFORMED,
        /** The network has too many parts, or they are nested too deeply. */
        ONNX_LIMIT,
        /** The network wants weights from another file. */
        EXTERNAL_DATA,
        /** The network uses an operator, domain, function or control flow that is not allowed. */
        OPERATOR,
        /** Opset or IR version is not the accepted one. */
        OPSET,
        /** A weight tensor has other bytes than its shape demands, or dimensions that cannot be. */
        WEIGHT_SHAPE,
        /** A weight is NaN or infinite. */
        WEIGHT_VALUE,
        /**
         * A shape depends on values that are known only in a run, so that nothing bounds its cost.
         */
        SHAPE_UNKNOWN,
        /** A run would make more values, or multiply more often, than is accepted. */
        COST,
        /** The engine refused the network. */
        SESSION,
        /** Inputs or outputs differ from the manifest. */
        SIGNATURE,
        /** The golden output was not reproduced. */
        GOLDEN
    }

    private final Code code;

    public ModelRejected(Code code, String detail) {
        super(code + ": " + detail);
        this.code = code;
    }

    public ModelRejected(Code code, String detail, Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Which rule was broken. */
    public Code code() {
        return code;
    }
}
