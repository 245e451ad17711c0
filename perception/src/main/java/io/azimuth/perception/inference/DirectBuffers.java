package io.azimuth.perception.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The only place where buffers for networks are made and accepted. A direct buffer is big-endian by
 * birth and engines take its bytes as they are: 1.5 would arrive as 6.9e-41, without an error.
 */
public final class DirectBuffers {
    private DirectBuffers() {}

    /** A direct buffer in native byte order, all zero. */
    public static FloatBuffer allocate(int floats) {
        if (floats < 0 || floats > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException(
                    "floats is %d, accepted 0 to %d"
                            .formatted(floats, Integer.MAX_VALUE / Float.BYTES));
        }
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * What lies between a buffer's position and limit, if an engine can use it in place.
     *
     * @throws IllegalArgumentException if it cannot, saying why
     */
    public static FloatBuffer accept(String name, FloatBuffer buffer, int floats) {
        if (!buffer.isDirect()) {
            throw refused(name, "is on the heap");
        }
        if (buffer.order() != ByteOrder.nativeOrder()) {
            throw refused(name, "has byte order " + buffer.order());
        }
        if (buffer.isReadOnly()) {
            throw refused(name, "is read-only");
        }
        if (buffer.remaining() != floats) {
            throw refused(
                    name,
                    "has %d floats between position and limit, accepted exactly %d"
                            .formatted(buffer.remaining(), floats));
        }
        return buffer.slice();
    }

    private static IllegalArgumentException refused(String name, String problem) {
        return new IllegalArgumentException(
                "buffer of '%s' %s; make it with DirectBuffers.allocate".formatted(name, problem));
    }
}
