package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of one file in a buffer that is reused from file to file, with scratch space for
 * decoders. Allocates nothing once it has seen the largest file. Not thread-safe.
 */
public final class CloudBytes {
    /** Largest file that is read: 512 MiB. */
    public static final long MAX_BYTES = 512L << 20;

    private static final int CHUNK = 1 << 20;

    private String name = "(nothing loaded)";
    private byte[] bytes = new byte[0];
    private int size;
    private byte[] scratch = new byte[0];
    private double[] numbers = new double[0];

    /**
     * Reads a whole file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws MalformedDataException if it is larger than {@link #MAX_BYTES}
     */
    public void load(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            if (length > MAX_BYTES) {
                throw MalformedDataException.at(
                        file.toString(),
                        MAX_BYTES,
                        "the file has "
                                + length
                                + " bytes, accepted are at most "
                                + MAX_BYTES
                                + "; split it into sweeps");
            }
            name = file.toString();
            size = 0;
            if (bytes.length < length) {
                bytes = new byte[(int) Math.min(MAX_BYTES, length + (length >> 3))];
            }
            ByteBuffer target = ByteBuffer.wrap(bytes);
            while (size < length) {
                // Small chunks: the channel copies through a direct buffer of the chunk's size.
                target.limit((int) Math.min(length, size + (long) CHUNK)).position(size);
                int got = channel.read(target);
                if (got < 0) {
                    break;
                }
                size += got;
            }
        }
    }

    /** Takes content from memory; the array is shared, not copied. */
    public void set(String contentName, byte[] content) {
        name = contentName;
        bytes = content;
        size = content.length;
    }

    /** Path or name for messages. */
    public String name() {
        return name;
    }

    /** The live buffer; only the first {@link #size()} bytes count. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** Scratch of at least {@code length} bytes, valid until the next call. */
    byte[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        return scratch;
    }

    /** Scratch of at least {@code length} numbers, valid until the next call. */
    double[] numbers(int length) {
        if (numbers.length < length) {
            numbers = new double[length];
        }
        return numbers;
    }
}
