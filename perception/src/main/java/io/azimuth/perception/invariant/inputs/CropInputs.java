package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Makes the tensors of a network from crops: {@link #prepare} one, then {@link #write} it into rows
 * of a batch. All values are finite for any crop. Nothing is allocated once crops of the largest
 * size have been seen. Not thread-safe.
 */
public interface CropInputs {
    /** The tensors, in the order in which {@link #write} takes their buffers. */
    List<TensorSpec> specs();

    /** Computes the tensors of a crop, which may be empty. */
    CropStatus prepare(Crop crop);

    /** Rows that the prepared crop fills: 1, or more whose results are to be averaged. */
    int rows();

    /**
     * Puts one of the prepared crop's rows into a batch.
     *
     * @param part 0 to below {@link #rows}
     * @param tensors one a spec; positions are neither used nor changed
     * @param row of the batch
     */
    void write(int part, FloatBuffer[] tensors, int row);

    /**
     * From the sensor to the centroid of the prepared crop, in the crop's frame.
     *
     * @param out three numbers, overwritten; all 0 if the sensor is not used
     */
    void sightLine(double[] out);

    /** The inputs of a configuration. */
    static CropInputs of(InputConfig config) {
        return switch (config.option()) {
            case RI_EDGE -> new EdgeInputs(config);
            case MDS_CANON -> new CanonicalInputs(config);
            case FRAME_AVG -> new FrameInputs(config);
            case LEARNED_CANON, TETRA_VN, EGNN -> new PointInputs(config, true);
            case POINTNET -> new PointInputs(config, false);
            case GA_ATTN -> new PairInputs(config);
            case PONITA -> new OrientedInputs(config);
            case CONCENTRIC -> new SphereInputs(config);
        };
    }
}
