package io.azimuth.perception.inference.tensorrt.seam;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** A device's own turn between a plan's types and float32, written apart from the engine's. */
final class TensorValues {
    private TensorValues() {}

    static FloatBuffer floats(TrtType type, ByteBuffer from, int size) {
        FloatBuffer out = FloatBuffer.allocate(size);
        for (int i = 0; i < size; i++) {
            out.put(
                    i,
                    switch (type) {
                        case FLOAT32 -> from.getFloat(4 * i);
                        case FLOAT16 -> HalfTable.toFloat(from.getShort(2 * i));
                        case INT8 -> from.get(i);
                        case INT32 -> from.getInt(4 * i);
                    });
        }
        return out;
    }

    static void store(TrtType type, FloatBuffer from, ByteBuffer to) {
        for (int i = 0; i < from.capacity(); i++) {
            float value = from.get(i);
            switch (type) {
                case FLOAT32 -> to.putFloat(4 * i, value);
                case FLOAT16 -> to.putShort(2 * i, HalfTable.nearest(value));
                case INT8 -> to.put(i, (byte) Math.round(value));
                case INT32 -> to.putInt(4 * i, Math.round(value));
            }
        }
    }
}
