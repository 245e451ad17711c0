package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.tensorrt.seam.TrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * One tensor of one context: memory of the device, memory of the host that the device reaches, and
 * the turn from float32 to the plan's type and back.
 */
final class Staging {
    private final TrtNative trt;
    private final String name;
    private final TrtType type;
    private final int rowElements;
    private final long device;
    private final long host;
    private final ByteBuffer view;

    /** Rows of the device's memory that may hold something; all of them at birth. */
    private int dirtyRows;

    private Staging(
            TrtNative trt,
            String name,
            TrtType type,
            int rowElements,
            long device,
            long host,
            ByteBuffer view,
            int rows) {
        this.dirtyRows = rows;
        this.trt = trt;
        this.name = name;
        this.type = type;
        this.rowElements = rowElements;
        this.device = device;
        this.host = host;
        this.view = view;
    }

    static Staging open(
            TrtNative trt, Handles handles, String name, TrtType type, int rowElements, int rows) {
        long bytes = Math.multiplyExact((long) rows * rowElements, type.bytes());
        long device = trt.allocateDevice(bytes);
        handles.add(() -> trt.freeDevice(device));
        long host = trt.allocateHost(bytes);
        handles.add(() -> trt.freeHost(host));
        return new Staging(
                trt, name, type, rowElements, device, host, trt.hostView(host, bytes), rows);
    }

    String name() {
        return name;
    }

    long deviceAddress() {
        return device;
    }

    /** Puts rows into the stream on their way to the device; rows after them become zeros there. */
    void send(FloatBuffer values, int rows, long stream) {
        int size = rows * rowElements;
        switch (type) {
            case FLOAT32 -> view.asFloatBuffer().put(0, values, 0, size);
            case FLOAT16 -> {
                for (int i = 0; i < size; i++) {
                    view.putShort(2 * i, Halves.of(values.get(i)));
                }
            }
            case INT8 -> {
                for (int i = 0; i < size; i++) {
                    view.put(i, (byte) whole(values.get(i), Byte.MIN_VALUE, Byte.MAX_VALUE));
                }
            }
            case INT32 -> {
                for (int i = 0; i < size; i++) {
                    view.putInt(
                            4 * i,
                            (int) whole(values.get(i), Integer.MIN_VALUE, Integer.MAX_VALUE));
                }
            }
        }
        int sent = Math.max(rows, dirtyRows);
        for (int i = size * type.bytes(); i < sent * rowElements * type.bytes(); i++) {
            view.put(i, (byte) 0);
        }
        trt.copyToDevice(device, host, (long) sent * rowElements * type.bytes(), stream);
        dirtyRows = rows;
    }

    /** Puts rows into the stream on their way from the device. */
    void fetch(int rows, long stream) {
        trt.copyToHost(host, device, (long) rows * rowElements * type.bytes(), stream);
    }

    /** What was fetched, after the stream is done. */
    void read(FloatBuffer values, int rows) {
        int size = rows * rowElements;
        switch (type) {
            case FLOAT32 -> values.put(0, view.asFloatBuffer(), 0, size);
            case FLOAT16 -> {
                for (int i = 0; i < size; i++) {
                    values.put(i, Halves.toFloat(view.getShort(2 * i)));
                }
            }
            case INT8 -> {
                for (int i = 0; i < size; i++) {
                    values.put(i, view.get(i));
                }
            }
            case INT32 -> {
                for (int i = 0; i < size; i++) {
                    values.put(i, view.getInt(4 * i));
                }
            }
        }
    }

    /** Nearest whole number within the type's range, ties to even. */
    private static long whole(float value, long min, long max) {
        return Math.max(min, Math.min(max, (long) Math.rint(value)));
    }
}
