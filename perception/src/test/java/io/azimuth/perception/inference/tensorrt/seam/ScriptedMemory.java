package io.azimuth.perception.inference.tensorrt.seam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory of host and device by address, and which streams may still use it: what a stream was given
 * since it was last known to be done. Thread-safe.
 */
final class ScriptedMemory {
    static final String DEVICE = "device memory";
    static final String HOST = "host memory";

    /** As real memory is: not zero; no number as float32. */
    private static final byte FRESH = 0x7F;

    private final HandleBook book;
    private final Map<Long, ByteBuffer> content = new ConcurrentHashMap<>();
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final Map<Long, Set<Long>> touches = new ConcurrentHashMap<>();

    ScriptedMemory(HandleBook book) {
        this.book = book;
    }

    long allocate(String kind, long bytes) {
        long address = book.open(kind);
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, FRESH);
        }
        content.put(address, buffer);
        return address;
    }

    void free(String kind, long address, String call) {
        for (long stream : busy) {
            if (touches.getOrDefault(stream, Set.of()).contains(address)) {
                book.blame(call + " while stream " + stream + " may use it");
            }
        }
        book.close(kind, address, call);
    }

    ByteBuffer hostView(long address) {
        book.use(HOST, address, "hostView");
        return content.get(address).duplicate().order(ByteOrder.nativeOrder());
    }

    /** What a run on the stream reads or writes. */
    ByteBuffer onDevice(long address, long stream) {
        book.use(DEVICE, address, "enqueue");
        touch(stream, address);
        return content.get(address);
    }

    void copy(long to, long from, long bytes, long stream) {
        work(stream);
        touch(stream, to);
        touch(stream, from);
        content.get(to).put(0, content.get(from), 0, Math.toIntExact(bytes));
    }

    /** Something was put into the stream. */
    void work(long stream) {
        busy.add(stream);
    }

    /** All that was in the stream is done. */
    void done(long stream) {
        busy.remove(stream);
    }

    private void touch(long stream, long address) {
        touches.computeIfAbsent(stream, s -> ConcurrentHashMap.newKeySet()).add(address);
    }
}
