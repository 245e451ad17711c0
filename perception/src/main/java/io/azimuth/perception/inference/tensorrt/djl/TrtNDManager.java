package io.azimuth.perception.inference.tensorrt.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Arrays in memory of the host; a run copies them to the device. */
class TrtNDManager extends BaseNDManager {
    /** DJL's constructor asks for the engine before there can be one, for its alternative only. */
    private static final Engine UNBORN =
            new TrtEngine(
                    device -> {
                        throw new IllegalStateException("a manager was used before it was made");
                    },
                    "");

    private final @Nullable Engine engine;

    private TrtNDManager(@Nullable NDManager parent, Engine engine, Device device) {
        super(parent, device);
        this.engine = engine;
    }

    /** The first of a tree; it ends with the last of its arrays and not before. */
    static final class Root extends TrtNDManager
            implements ai.djl.ndarray.NDManager.SystemNDManager {
        Root(Engine engine, Device device) {
            super(null, engine, device);
        }

        @Override
        public void attachInternal(String id, AutoCloseable... resources) {}

        @Override
        public void detachInternal(String id) {}

        @Override
        public void close() {}
    }

    @Override
    public ByteBuffer allocateDirect(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public TrtNDArray from(NDArray array) {
        if (array instanceof TrtNDArray own) {
            return own;
        }
        return create(array.toByteBuffer(), array.getShape(), array.getDataType());
    }

    @Override
    public TrtNDArray create(Buffer data, Shape shape, DataType type) {
        int size = Math.toIntExact(shape.size());
        BaseNDManager.validateBuffer(data, type, size);
        ByteBuffer own = allocateDirect(Math.multiplyExact(size, type.getNumOfBytes()));
        BaseNDManager.copyBuffer(data, own);
        own.clear();
        return new TrtNDArray(this, own, shape, type);
    }

    @Override
    public TrtNDManager newSubManager(Device device) {
        TrtNDManager sub = new TrtNDManager(this, getEngine(), device);
        attachInternal(sub.uid, sub);
        return sub;
    }

    @Override
    public Engine getEngine() {
        return engine == null ? UNBORN : engine;
    }
}
