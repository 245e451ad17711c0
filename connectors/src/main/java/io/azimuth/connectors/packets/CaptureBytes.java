package io.azimuth.connectors.packets;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file read through a window that moves: any place, without the file in memory. */
final class CaptureBytes implements Closeable {
    private static final int WINDOW_BYTES = 1 << 17;

    private final String name;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private long windowStart;

    CaptureBytes(Path path) throws IOException {
        Path last = path.getFileName();
        name = last == null ? path.toString() : last.toString();
        channel = FileChannel.open(path, StandardOpenOption.READ);
        size = channel.size();
        window.limit(0);
    }

    /** Name of the file for messages. */
    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /**
     * Copies {@code length} bytes at {@code offset} into the start of {@code into}.
     *
     * @return false, with {@code into} undefined, if the file ends before that
     */
    boolean read(long offset, byte[] into, int length) throws IOException {
        if (offset < 0 || offset > size - length) {
            return false;
        }
        int done = 0;
        while (done < length) {
            long at = offset + done;
            if (at < windowStart || at >= windowStart + window.limit()) {
                if (!fill(at)) {
                    return false;
                }
            }
            int from = (int) (at - windowStart);
            int count = Math.min(length - done, window.limit() - from);
            System.arraycopy(window.array(), from, into, done, count);
            done += count;
        }
        return true;
    }

    private boolean fill(long at) throws IOException {
        window.clear();
        windowStart = at;
        while (window.hasRemaining()) {
            if (channel.read(window, at + window.position()) < 0) {
                break;
            }
        }
        window.flip();
        return window.limit() > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
