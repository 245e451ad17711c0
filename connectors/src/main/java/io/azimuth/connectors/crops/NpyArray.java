package io.azimuth.connectors.crops;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of numbers of any shape as NumPy stores it ({@code .npy}, versions 1 to 3): whole
 * numbers, and floats of 4 and 8 bytes, either byte order, C or Fortran order. Immutable. Source:
 * NumPy Enhancement Proposal 1.
 */
final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int MAX_AXES = 4;
    private static final Pattern DESCR =
            Pattern.compile("'descr'\\s*:\\s*'([<>|=])([iuf])([1248])'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    private final String name;
    private final ByteBuffer data;
    private final char kind;
    private final int bytes;
    private final int[] shape;
    private final int[] stride;

    private NpyArray(
            String name, ByteBuffer data, char kind, int bytes, int[] shape, boolean fortran) {
        this.name = name;
        this.data = data;
        this.kind = kind;
        this.bytes = bytes;
        this.shape = shape;
        stride = new int[shape.length];
        int step = 1;
        for (int k = 0; k < shape.length; k++) {
            int axis = fortran ? k : shape.length - 1 - k;
            stride[axis] = step;
            step *= shape[axis];
        }
    }

    static boolean hasMagic(byte[] file) {
        return file.length >= MAGIC.length
                && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * @param name of the file, for messages
     * @throws MalformedDataException if the bytes are no such array, or not all of it
     */
    static NpyArray parse(String name, byte[] file) {
        if (!hasMagic(file) || file.length < 12) {
            throw fault(name, 0, "the file does not start as .npy does (0x93 'NUMPY', version)");
        }
        if (file[6] < 1 || file[6] > 3) {
            throw fault(name, 6, "version %d, accepted are 1, 2 and 3".formatted(file[6]));
        }
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int text = file[6] == 1 ? 10 : 12;
        long length = file[6] == 1 ? buffer.getShort(8) & 0xffff : buffer.getInt(8) & 0xffffffffL;
        if (length > Math.min(MAX_HEADER_BYTES, file.length - text)) {
            throw fault(
                    name,
                    8,
                    "the header has %d bytes, accepted are at most %d that are there; copy it again"
                            .formatted(length, Math.min(MAX_HEADER_BYTES, file.length - text)));
        }
        String header = new String(file, text, (int) length, StandardCharsets.ISO_8859_1);
        Matcher descr = DESCR.matcher(header);
        if (!descr.find()) {
            throw fault(
                    name,
                    text,
                    "its type is not accepted (found %s); accepted are i1 .. i8, u1 .. u8, f4, f8; save as float32"
                            .formatted(header.strip()));
        }
        char kind = descr.group(2).charAt(0);
        int bytes = Integer.parseInt(descr.group(3));
        if (kind == 'f' && bytes < 4) {
            throw fault(name, text, "type f%d, accepted are f4 and f8".formatted(bytes));
        }
        int[] shape = shape(name, text, header);
        int begin = text + (int) length;
        long needed = bytes;
        for (int n : shape) {
            needed *= n; // at most 2^31 to the power of 4 is refused in shape()
        }
        if (needed > file.length - begin) {
            throw fault(
                    name,
                    file.length,
                    "the file ends after %d bytes of data, accepted are %d for shape %s; copy it again"
                            .formatted(file.length - begin, needed, Arrays.toString(shape)));
        }
        Matcher fortran = FORTRAN.matcher(header);
        if (!fortran.find()) {
            throw fault(name, text, "fortran_order is missing");
        }
        ByteBuffer data = buffer.slice(begin, (int) needed);
        data.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new NpyArray(name, data, kind, bytes, shape, fortran.group(1).equals("True"));
    }

    private static int[] shape(String name, int at, String header) {
        Matcher found = SHAPE.matcher(header);
        if (!found.find()) {
            throw fault(name, at, "shape (a tuple of whole numbers) is missing");
        }
        List<Integer> out = new ArrayList<>();
        long product = 1;
        for (String word : found.group(1).split(",")) {
            if (word.isBlank()) {
                continue;
            }
            String digits = word.strip();
            long n = digits.length() <= 10 && !digits.contains(" ") ? Long.parseLong(digits) : -1;
            product = n < 0 || n > Integer.MAX_VALUE ? Long.MAX_VALUE : Math.max(1, n) * product;
            if (product > Integer.MAX_VALUE || out.size() == MAX_AXES) {
                throw fault(
                        name,
                        at,
                        "shape is (%s), accepted are at most %d axes and 2^31 - 1 numbers"
                                .formatted(found.group(1), MAX_AXES));
            }
            out.add((int) n);
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    String name() {
        return name;
    }

    int axes() {
        return shape.length;
    }

    /** Length of an axis. */
    int length(int axis) {
        return shape[axis];
    }

    String shapeText() {
        return Arrays.toString(shape);
    }

    /** Whether it holds whole numbers. */
    boolean isWhole() {
        return kind != 'f';
    }

    /** Bytes of a number. */
    int bytes() {
        return bytes;
    }

    double at(int i) {
        return value(i * stride[0]);
    }

    double at(int i, int j) {
        return value(i * stride[0] + j * stride[1]);
    }

    double at(int i, int j, int k) {
        return value(i * stride[0] + j * stride[1] + k * stride[2]);
    }

    /** A whole number. */
    long whole(int i) {
        int at = i * stride[0] * bytes;
        return switch (bytes) {
            case 1 -> kind == 'u' ? data.get(at) & 0xff : data.get(at);
            case 2 -> kind == 'u' ? data.getShort(at) & 0xffff : data.getShort(at);
            case 4 -> kind == 'u' ? data.getInt(at) & 0xffffffffL : data.getInt(at);
            default -> data.getLong(at);
        };
    }

    private double value(int element) {
        int at = element * bytes;
        if (kind == 'f') {
            return bytes == 4 ? data.getFloat(at) : data.getDouble(at);
        }
        return switch (bytes) {
            case 1 -> kind == 'u' ? data.get(at) & 0xff : data.get(at);
            case 2 -> kind == 'u' ? data.getShort(at) & 0xffff : data.getShort(at);
            case 4 -> kind == 'u' ? data.getInt(at) & 0xffffffffL : data.getInt(at);
            default -> data.getLong(at);
        };
    }

    private static MalformedDataException fault(String name, long at, String problem) {
        return MalformedDataException.at(name, at, problem);
    }
}
