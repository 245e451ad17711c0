package io.azimuth.perception.invariant;

import java.util.List;

/**
 * Recognises crops. The encoding of a crop is a pure function of the crop and the bundle: neither
 * the other crops of a call nor their order changes a bit of it. One instance a thread.
 */
public interface CropEncoder extends AutoCloseable {
    /** What it is; never changes. */
    EncoderInfo info();

    /**
     * Encodes crops of any size, empty ones included.
     *
     * @return one encoding a crop, in order
     * @throws io.azimuth.perception.inference.InferenceFailed if the network fails
     */
    List<Encoding> encode(List<Crop> crops);

    @Override
    void close();
}
