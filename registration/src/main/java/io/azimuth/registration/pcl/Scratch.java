package io.azimuth.registration.pcl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Direct buffers of one thread, used again call after call: memory outside the heap that is only
 * freed by a collection would grow without one. What is larger than {@link #KEPT_BYTES} is not
 * kept.
 */
final class Scratch {
    private static final int KEPT_BYTES = 32 << 20;
    private static final int SLOTS = 3;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final ByteBuffer[] kept = new ByteBuffer[SLOTS];

    private Scratch() {
        for (int i = 0; i < SLOTS; i++) {
            kept[i] = direct(0);
        }
    }

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** Room for so many floats; whatever was in the slot is lost. */
    FloatBuffer floats(int slot, long count) {
        return room(slot, count).asFloatBuffer();
    }

    /** Room for so many ints; whatever was in the slot is lost. */
    IntBuffer ints(int slot, long count) {
        return room(slot, count).asIntBuffer();
    }

    private ByteBuffer room(int slot, long count) {
        long bytes = Float.BYTES * count;
        if (bytes <= kept[slot].capacity()) {
            return kept[slot];
        }
        if (bytes > KEPT_BYTES) {
            return direct(count);
        }
        kept[slot] = direct(Math.min(KEPT_BYTES / Float.BYTES, count + count / 2));
        return kept[slot];
    }

    /** A fresh buffer of four-byte numbers in native byte order. */
    static ByteBuffer direct(long count) {
        if (count < 0 || count > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException(
                    "a buffer of %d numbers, accepted at most %d"
                            .formatted(count, Integer.MAX_VALUE / Float.BYTES));
        }
        return ByteBuffer.allocateDirect((int) (Float.BYTES * count))
                .order(ByteOrder.nativeOrder());
    }
}
