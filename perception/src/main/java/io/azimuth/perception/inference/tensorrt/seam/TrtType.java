package io.azimuth.perception.inference.tensorrt.seam;

/** Element types that tensors of a plan may have. */
public enum TrtType {
    FLOAT32(4),
    FLOAT16(2),
    INT8(1),
    INT32(4);

    private final int bytes;

    TrtType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
