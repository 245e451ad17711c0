package io.azimuth.connectors.bytes;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The bytes of a file by position, with a small window for short pieces that lie close together.
 * Not thread-safe.
 */
public final class FileWindow implements Closeable {
    /** Longer pieces do not fit into the window. */
    public static final int WINDOW_BYTES = 1 << 14;

    /** The channel copies through a direct buffer of the slice's size: slices are small. */
    private static final int SLICE_BYTES = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final long size;
    private final byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowSize;

    private FileWindow(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        size = channel.size();
    }

    /**
     * Opens a file for reading.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static FileWindow open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new FileWindow(file.toString(), channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Of the file, for messages. */
    public String name() {
        return name;
    }

    /** When it was opened; what is added later is not seen. */
    public long size() {
        return size;
    }

    /**
     * Brings a piece into the window; answers where in {@link #window} it starts.
     *
     * @param length at most {@link #WINDOW_BYTES}
     * @throws MalformedDataException if the file ends before
     */
    public int show(long at, int length) throws IOException {
        if (at < windowAt || at + length > windowAt + windowSize) {
            windowSize = 0;
            int wanted = (int) Math.min(WINDOW_BYTES, size - at);
            read(at, window, wanted);
            windowAt = at;
            windowSize = wanted;
        }
        if (length > windowSize - (at - windowAt)) {
            throw shorter(at);
        }
        return (int) (at - windowAt);
    }

    /** The window itself; valid until the next {@link #show}. */
    public byte[] window() {
        return window;
    }

    /**
     * Copies a piece past the window.
     *
     * @param into its first {@code length} bytes are filled
     * @throws MalformedDataException if the file ends before
     */
    public void read(long at, byte[] into, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(into);
        for (int done = 0; done < length; ) {
            target.limit(Math.min(length, done + SLICE_BYTES)).position(done);
            int got = channel.read(target, at + done);
            if (got < 0) {
                throw shorter(at + done);
            }
            done += got;
        }
    }

    /** Copies at most so many bytes past the window; answers how many, -1 at the file's end. */
    public int readSome(long at, byte[] into, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(into, offset, Math.min(length, SLICE_BYTES)), at);
    }

    private MalformedDataException shorter(long at) {
        return MalformedDataException.at(name, at, "the file ends here, but more was expected");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
