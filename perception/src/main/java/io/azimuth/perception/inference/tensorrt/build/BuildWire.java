package io.azimuth.perception.inference.tensorrt.build;

import io.azimuth.perception.inference.tensorrt.seam.BuildOutcome;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests and outcomes as bytes: a magic number, the fields, SHA-256 of all before. A plan runs as
 * native code, so what is not whole to the last bit is nothing.
 */
final class BuildWire {
    private static final int REQUEST = 0x415A4251; // AZBQ
    private static final int OUTCOME = 0x415A424F; // AZBO
    private static final int DIGEST = 32;

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private BuildWire() {}

    static byte[] of(BuildRequest request) {
        return sealed(
                REQUEST,
                out -> {
                    put(out, request.onnx());
                    out.writeInt(request.profile().size());
                    for (BuildRequest.Range range : request.profile()) {
                        out.writeUTF(range.input());
                        putShape(out, range.min());
                        putShape(out, range.opt());
                        putShape(out, range.max());
                    }
                    out.writeLong(request.workspaceBytes());
                    out.writeInt(request.optimizationLevel());
                    out.writeBoolean(request.tf32());
                    put(out, request.timingCache());
                });
    }

    static @Nullable BuildRequest request(byte[] data) {
        return unsealed(
                REQUEST,
                data,
                in -> {
                    byte[] onnx = bytes(in);
                    List<BuildRequest.Range> profile = new ArrayList<>();
                    int ranges = in.readInt();
                    for (int i = 0; i < ranges; i++) {
                        profile.add(
                                new BuildRequest.Range(
                                        in.readUTF(), shape(in), shape(in), shape(in)));
                    }
                    return new BuildRequest(
                            onnx,
                            profile,
                            in.readLong(),
                            in.readInt(),
                            in.readBoolean(),
                            bytes(in));
                });
    }

    static byte[] of(BuildOutcome outcome) {
        return sealed(
                OUTCOME,
                out -> {
                    put(out, outcome.plan());
                    put(out, outcome.timingCache());
                    putTexts(out, outcome.parseErrors());
                    putTexts(out, outcome.log());
                });
    }

    static @Nullable BuildOutcome outcome(byte[] data) {
        return unsealed(
                OUTCOME, data, in -> new BuildOutcome(bytes(in), bytes(in), texts(in), texts(in)));
    }

    private static byte[] sealed(int magic, Writer fields) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(all)) {
            out.writeInt(magic);
            fields.write(out);
            out.write(sha256(all.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return all.toByteArray();
    }

    private static <T> @Nullable T unsealed(int magic, byte[] data, Reader<T> fields) {
        if (data.length < DIGEST) {
            return null;
        }
        byte[] content = Arrays.copyOf(data, data.length - DIGEST);
        byte[] digest = Arrays.copyOfRange(data, content.length, data.length);
        if (!MessageDigest.isEqual(sha256(content), digest)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            return in.readInt() == magic ? fields.read(in) : null;
        } catch (IOException e) { // whole, but another version's
            return null;
        }
    }

    private static void put(DataOutputStream out, byte[] data) throws IOException {
        out.writeInt(data.length);
        out.write(data);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException(length + " bytes of " + in.available());
        }
        return in.readNBytes(length);
    }

    private static void putShape(DataOutputStream out, List<Long> shape) throws IOException {
        out.writeInt(shape.size());
        for (long dim : shape) {
            out.writeLong(dim);
        }
    }

    private static List<Long> shape(DataInputStream in) throws IOException {
        List<Long> out = new ArrayList<>();
        int rank = in.readInt();
        for (int i = 0; i < rank; i++) {
            out.add(in.readLong());
        }
        return out;
    }

    private static void putTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            put(out, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> out = new ArrayList<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            out.add(new String(bytes(in), java.nio.charset.StandardCharsets.UTF_8));
        }
        return out;
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
