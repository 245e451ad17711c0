package io.azimuth.connectors.arrays;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of whole or floating numbers in a {@code .npy} file of at most 2 GiB, read in place, in
 * C order. Source: NumPy Enhancement Proposal 1. Thread-safe for reading.
 */
public final class NpyArray {
    private static final Pattern HEADER =
            Pattern.compile(
                    "\\{\\s*'descr':\\s*'([<>|=])([fiub])([1248])',\\s*'fortran_order':"
                            + "\\s*(False|True),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

    private final String name;
    private final List<Integer> shape;
    private final char kind;
    private final int width;
    private final ByteBuffer data;

    private NpyArray(String name, List<Integer> shape, char kind, int width, ByteBuffer data) {
        this.name = name;
        this.shape = List.copyOf(shape);
        this.kind = kind;
        this.width = width;
        this.data = data;
    }

    /**
     * Opens a file.
     *
     * @throws MalformedDataException if it is no such array
     */
    public static NpyArray open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw fault(file, 0, "%d bytes, accepted below 2 GiB".formatted(channel.size()));
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return parse(file, bytes.order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    private static NpyArray parse(Path file, ByteBuffer bytes) {
        if (bytes.limit() < 12 || bytes.getInt(0) != 0x4d554e93 || bytes.getShort(4) != 0x5950) {
            throw fault(file, 0, "does not start as .npy does (0x93 'NUMPY')");
        }
        int textAt = bytes.get(6) == 1 ? 10 : 12;
        long length = textAt == 10 ? bytes.getShort(8) & 0xffff : bytes.getInt(8) & 0xffffffffL;
        if (length > bytes.limit() - textAt) {
            throw fault(file, 8, "header of %d bytes, the file ends before".formatted(length));
        }
        byte[] text = new byte[(int) length];
        bytes.get(textAt, text);
        String header = new String(text, StandardCharsets.ISO_8859_1);
        Matcher found = HEADER.matcher(header);
        if (!found.matches()) {
            throw fault(file, textAt, "header '" + header.strip() + "', expected numbers");
        }
        if (found.group(4).equals("True")) {
            throw fault(file, textAt, "Fortran order; save numpy.ascontiguousarray(a)");
        }
        List<Integer> shape = shape(file, textAt, found.group(5));
        int width = Integer.parseInt(found.group(3));
        long elements = 1;
        for (int dim : shape) {
            elements = Math.multiplyExact(elements, dim);
        }
        ByteBuffer data = bytes.slice(textAt + (int) length, bytes.limit() - textAt - (int) length);
        if (data.limit() < elements * width) {
            String problem = "%d bytes of data, the shape %s needs %d; copy it again";
            throw fault(
                    file, bytes.limit(), problem.formatted(data.limit(), shape, elements * width));
        }
        boolean big = found.group(1).equals(">");
        data.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new NpyArray(file.toString(), shape, found.group(2).charAt(0), width, data);
    }

    private static List<Integer> shape(Path file, int at, String text) {
        List<Integer> shape = new ArrayList<>();
        for (String dim : text.split(",", -1)) {
            if (!dim.isBlank()) {
                try {
                    shape.add(Integer.parseInt(dim.strip()));
                } catch (NumberFormatException e) {
                    throw fault(file, at, "shape (" + text + "), expected whole numbers");
                }
            }
        }
        return shape;
    }

    public String name() {
        return name;
    }

    public List<Integer> shape() {
        return shape;
    }

    /** Whether the elements are whole numbers. */
    public boolean isWhole() {
        return kind != 'f';
    }

    /** Bytes of an element. */
    public int width() {
        return width;
    }

    /** The element at a place in C order. */
    public double get(long index) {
        int at = Math.toIntExact(index * width);
        if (kind == 'f') {
            return switch (width) {
                case 8 -> data.getDouble(at);
                case 4 -> data.getFloat(at);
                default ->
                        throw new MalformedDataException(
                                name + ": floats of %d bytes, accepted 4, 8".formatted(width));
            };
        }
        return whole(at);
    }

    private long whole(int at) {
        return switch (width) {
            case 1 -> kind == 'i' ? data.get(at) : data.get(at) & 0xff;
            case 2 -> kind == 'i' ? data.getShort(at) : data.getShort(at) & 0xffff;
            case 4 -> kind == 'i' ? data.getInt(at) : data.getInt(at) & 0xffffffffL;
            default -> data.getLong(at);
        };
    }

    private static MalformedDataException fault(Path file, long at, String problem) {
        return MalformedDataException.at(file.toString(), at, problem);
    }
}
