package io.azimuth.perception.inference.tensorrt.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The network as a block of DJL: arrays in, arrays out, rows as many as come. Thread-safe. */
final class TrtSymbolBlock extends AbstractSymbolBlock implements AutoCloseable {
    private final LoadedModel model;
    private final int maxBatch;

    /** One for each thread that ever ran at the same time as others. */
    private final Queue<Lease> idle = new ConcurrentLinkedQueue<>();

    TrtSymbolBlock(LoadedModel model, int maxBatch) {
        this.model = model;
        this.maxBatch = maxBatch;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList given,
            boolean training,
            @Nullable PairList<String, Object> params) {
        List<TensorSpec> inputs = model.signature().inputs();
        if (given.size() != inputs.size()) {
            throw new IllegalArgumentException(
                    "%d arrays, accepted %d: %s".formatted(given.size(), inputs.size(), inputs));
        }
        Lease lease = idle.poll();
        lease = lease == null ? model.acquire() : lease;
        try {
            int rows = 0;
            for (int i = 0; i < inputs.size(); i++) {
                rows = put(lease, inputs.get(i), array(given, inputs.get(i), i), rows);
            }
            lease.run(rows);
            return results(lease, rows, given.head());
        } finally {
            idle.add(lease);
        }
    }

    /** By name where arrays have names, else by place. */
    private static NDArray array(NDList given, TensorSpec spec, int place) {
        return given.contains(spec.name()) ? given.get(spec.name()) : given.get(place);
    }

    private int put(Lease lease, TensorSpec spec, NDArray array, int rowsBefore) {
        long[] shape = array.getShape().getShape();
        int rows = shape.length == 0 ? 0 : (int) shape[0];
        boolean fits =
                array.getDataType() == DataType.FLOAT32
                        && rows >= 1
                        && rows <= maxBatch
                        && (rowsBefore == 0 || rows == rowsBefore)
                        && Arrays.equals(shape, spec.shapeFor(rows));
        if (!fits) {
            throw new IllegalArgumentException(
                    "input '%s' is %s %s, accepted float32 %s with n from 1 to %d, the same for all"
                            .formatted(
                                    spec.name(),
                                    array.getDataType(),
                                    array.getShape(),
                                    spec.shapeText(),
                                    maxBatch));
        }
        FloatBuffer values = array.toByteBuffer().asFloatBuffer();
        lease.input(spec.name()).put(0, values, 0, rows * spec.rowElements());
        return rows;
    }

    private NDList results(Lease lease, int rows, NDArray like) {
        NDList out = new NDList();
        for (TensorSpec spec : model.signature().outputs()) {
            int size = rows * spec.rowElements();
            ByteBuffer bytes = like.getManager().allocateDirect(size * Float.BYTES);
            bytes.asFloatBuffer().put(0, lease.output(spec.name()), 0, size);
            NDArray array =
                    like.getManager()
                            .create(bytes, new Shape(spec.shapeFor(rows)), DataType.FLOAT32);
            array.setName(spec.name());
            out.add(array);
        }
        return out;
    }

    @Override
    public PairList<String, Shape> describeInput() {
        PairList<String, Shape> out = new PairList<>();
        for (TensorSpec spec : model.signature().inputs()) {
            out.add(spec.name(), new Shape(spec.shapeFor(spec.shape().get(0))));
        }
        return out;
    }

    @Override
    public ParameterList getDirectParameters() {
        return new ParameterList();
    }

    /** No run may be under way. */
    @Override
    public void close() {
        for (Lease lease = idle.poll(); lease != null; lease = idle.poll()) {
            lease.close();
        }
        model.close();
    }
}
