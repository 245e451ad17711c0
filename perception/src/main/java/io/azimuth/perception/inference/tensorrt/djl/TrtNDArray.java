package io.azimuth.perception.inference.tensorrt.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values on their way to or from a network; what needs arithmetic is not supported. */
final class TrtNDArray extends NDArrayAdapter {
    private ByteBuffer data;

    /**
     * @param data direct, in native byte order; owned by the array from now on
     */
    @SuppressWarnings("NullAway") // DJL accepts no alternative manager, without saying so
    TrtNDArray(TrtNDManager manager, ByteBuffer data, Shape shape, DataType type) {
        super(manager, null, shape, type, NDManager.nextUid());
        this.data = data;
        manager.attachInternal(uid, this);
    }

    @Override
    public void intern(NDArray replaced) {
        if (!(replaced instanceof TrtNDArray other)) {
            throw new IllegalArgumentException(
                    "array of %s, accepted one of TensorRT".formatted(replaced.getManager()));
        }
        data = other.data;
        shape = other.shape;
        dataType = other.dataType;
    }

    @Override
    public void detach() {
        manager.detachInternal(getUid());
        if (manager instanceof TrtNDManager own) {
            manager = new TrtNDManager.Root(own.getEngine(), own.getDevice());
        }
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        return data.duplicate().order(ByteOrder.nativeOrder()).clear();
    }
}
