package io.azimuth.perception.inference.tensorrt.seam;

import java.util.Set;

/** A call of CUDA or TensorRT that failed, with CUDA's code. */
public final class TrtFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The device has no memory left. */
    public static final int OUT_OF_MEMORY = 2;

    /** The call has no code of its own: a null object where one was due. */
    public static final int NULL_OBJECT = -1;

    /**
     * Errors after which every further call of the process fails on that device: broken memory
     * (ECC, NVLink), lost device, illegal address, launch time-out, destroyed context, assertion,
     * faults of the instruction stream, launch failure, unknown.
     */
    private static final Set<Integer> STICKY =
            Set.of(46, 214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

    private final String call;
    private final int code;

    public TrtFailure(String call, int code, String message) {
        super(call + " failed with code " + code + ": " + message);
        this.call = call;
        this.code = code;
    }

    public String call() {
        return call;
    }

    public int code() {
        return code;
    }

    /** Whether the device is lost for this process. */
    public boolean isSticky() {
        return STICKY.contains(code);
    }

    public boolean isOutOfMemory() {
        return code == OUT_OF_MEMORY;
    }
}
