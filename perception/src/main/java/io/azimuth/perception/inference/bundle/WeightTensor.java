package io.azimuth.perception.inference.bundle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One TensorProto, checked: inside the file, as many bytes as its shape demands, every value
 * finite.
 *
 * @param bytes what the values take up
 * @param shape its dimensions, and its values if they are few
 */
record WeightTensor(String name, long[] dims, long bytes, KnownShape shape) {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FLOAT = 1;
    private static final int FLOAT16 = 10;
    private static final int DOUBLE = 11;
    private static final int BFLOAT16 = 16;
    private static final int MAX_RANK = 8;

    /** Reads and checks one tensor. */
    static WeightTensor read(ProtoCursor in) {
        long[] dims = new long[0];
        long type = 0;
        String name = "";
        long raw = -1;
        int rawStart = 0;
        long typedElements = 0;
        boolean external = false;
        FiniteCheck finite = new FiniteCheck(in.data());
        SmallValues small = new SmallValues(in.data());
        while (in.next()) {
            switch (in.field()) {
                case 1 -> dims = append(dims, in);
                case 2 -> type = in.number();
                case 3 -> throw in.malformed("a tensor in segments");
                case 4 -> {
                    typedElements += finite.floats(in);
                    small.floats(in.start(), in.length());
                }
                case 5, 7, 11 -> typedElements += countVarints(in, small);
                case 6 -> throw in.malformed("a tensor of strings");
                case 8 -> name = in.text();
                case 9 -> {
                    raw = in.length();
                    rawStart = in.start();
                }
                case 10 -> typedElements += finite.doubles(in);
                case 13 -> external = true;
                case 14 -> external |= in.number() != 0;
                default -> {}
            }
        }
        if (external) {
            throw new ModelRejected(
                    ModelRejected.Code.EXTERNAL_DATA,
                    "weights '%s' lie in another file; store them inside the network"
                            .formatted(name));
        }
        long elements = elements(name, dims);
        long bytes = elements * width(name, type);
        requireSize(name, dims, raw >= 0 ? raw : bytes, bytes);
        if (raw < 0) {
            requireSize(name, dims, typedElements, elements);
        } else {
            requireSize(name, dims, typedElements, 0);
            finite.raw(rawStart, (int) raw, (int) type);
            small.raw(rawStart, (int) raw, (int) type);
        }
        finite.requireNone(name);
        return new WeightTensor(name, dims, bytes, small.shape(dims, (int) type));
    }

    private static long[] append(long[] dims, ProtoCursor in) {
        long[] out = dims;
        if (in.isNumber()) {
            out = Arrays.copyOf(out, out.length + 1);
            out[out.length - 1] = in.number();
        } else {
            ProtoCursor packed = in.message();
            while (!packed.atEnd() && out.length <= MAX_RANK) {
                out = Arrays.copyOf(out, out.length + 1);
                out[out.length - 1] = packed.packedVarint();
            }
        }
        if (out.length > MAX_RANK) {
            throw in.malformed("a tensor of more than " + MAX_RANK + " dimensions");
        }
        return out;
    }

    private static long countVarints(ProtoCursor in, SmallValues small) {
        if (in.isNumber()) {
            small.integer(in.number());
            return 1;
        }
        ProtoCursor packed = in.message();
        long count = 0;
        while (!packed.atEnd()) {
            small.integer(packed.packedVarint());
            count++;
        }
        return count;
    }

    private static long elements(String name, long[] dims) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE || elements * dim > Integer.MAX_VALUE) {
                throw new ModelRejected(
                        ModelRejected.Code.WEIGHT_SHAPE,
                        "weights '%s' have shape %s, accepted are up to 2^31-1 elements"
                                .formatted(name, Arrays.toString(dims)));
            }
            elements *= dim;
        }
        return elements;
    }

    private static void requireSize(String name, long[] dims, long found, long demanded) {
        if (found != demanded) {
            throw new ModelRejected(
                    ModelRejected.Code.WEIGHT_SHAPE,
                    "weights '%s' of shape %s hold %d bytes or values, their shape demands %d"
                            .formatted(name, Arrays.toString(dims), found, demanded));
        }
    }

    private static int width(String name, long type) {
        return switch ((int) type) {
            case FLOAT, 6, 12 -> 4;
            case 2, 3, 9 -> 1;
            case 4, 5, FLOAT16, BFLOAT16 -> 2;
            case 7, DOUBLE, 13 -> 8;
            default ->
                    throw new ModelRejected(
                            ModelRejected.Code.WEIGHT_SHAPE,
                            "weights '%s' have element type %d, accepted are numbers of 8 to 64 bits"
                                    .formatted(name, type));
        };
    }

    /** Remembers the first value that is none. */
    private static final class FiniteCheck {
        private final byte[] data;
        private long bad = -1;

        FiniteCheck(byte[] data) {
            this.data = data;
        }

        long floats(ProtoCursor in) {
            scan(in.start(), in.length(), FLOAT);
            return in.length() / Float.BYTES;
        }

        long doubles(ProtoCursor in) {
            scan(in.start(), in.length(), DOUBLE);
            return in.length() / Double.BYTES;
        }

        void raw(int start, int length, int type) {
            scan(start, length, type);
        }

        void requireNone(String name) {
            if (bad >= 0) {
                throw new ModelRejected(
                        ModelRejected.Code.WEIGHT_VALUE,
                        "weights '%s' hold a value at byte %d that is NaN or infinite"
                                .formatted(name, bad));
            }
        }

        /** A value is finite unless all bits of its exponent are set. */
        private void scan(int start, int length, int type) {
            int end = start + length;
            switch (type) {
                case FLOAT -> {
                    for (int i = start; i + 4 <= end; i += 4) {
                        note(((int) INT.get(data, i) & 0x7f800000) == 0x7f800000, i);
                    }
                }
                case DOUBLE -> {
                    long exponent = 0x7ff0000000000000L;
                    for (int i = start; i + 8 <= end; i += 8) {
                        note(((long) LONG.get(data, i) & exponent) == exponent, i);
                    }
                }
                case FLOAT16, BFLOAT16 -> {
                    int exponent = type == FLOAT16 ? 0x7c00 : 0x7f80;
                    for (int i = start; i + 2 <= end; i += 2) {
                        note(((short) SHORT.get(data, i) & exponent) == exponent, i);
                    }
                }
                default -> {}
            }
        }

        private void note(boolean isBad, int at) {
            if (isBad && bad < 0) {
                bad = at;
            }
        }
    }
}
