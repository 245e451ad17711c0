package io.azimuth.perception.inference.tensorrt.plan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of the store: {@code AZPL}, format (4 bytes), length of the key (4), the key, length of
 * the content (8), its SHA-256 (32), SHA-256 of all before (32), the content. Big-endian.
 */
final class PlanFile {
    static final int FORMAT = 1;
    private static final int MAGIC = 0x415A504C; // AZPL
    private static final int DIGEST = 32;
    private static final int MAX_KEY = 1 << 16;

    private PlanFile() {}

    static byte[] encode(PlanKey key, byte[] content) {
        byte[] text = key.text().getBytes(StandardCharsets.UTF_8);
        int header = 4 + 4 + 4 + text.length + 8 + DIGEST;
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(header + DIGEST, content.length));
        out.putInt(MAGIC).putInt(FORMAT).putInt(text.length).put(text);
        out.putLong(content.length).put(PlanKey.sha256(content));
        out.put(PlanKey.sha256(Arrays.copyOf(out.array(), header))).put(content);
        return out.array();
    }

    /** The content; null unless every byte is as {@link #encode} wrote it for this key. */
    static byte @Nullable [] decode(PlanKey key, byte[] file) {
        try {
            ByteBuffer in = ByteBuffer.wrap(file);
            if (in.getInt() != MAGIC || in.getInt() != FORMAT) {
                return null;
            }
            int length = in.getInt();
            if (length < 0 || length > MAX_KEY) {
                return null;
            }
            byte[] text = take(in, length);
            long size = in.getLong();
            byte[] contentDigest = take(in, DIGEST);
            byte[] header = Arrays.copyOf(file, in.position());
            if (!MessageDigest.isEqual(PlanKey.sha256(header), take(in, DIGEST))
                    || !key.text().equals(new String(text, StandardCharsets.UTF_8))
                    || size != in.remaining()) {
                return null;
            }
            byte[] content = take(in, in.remaining());
            return MessageDigest.isEqual(PlanKey.sha256(content), contentDigest) ? content : null;
        } catch (BufferUnderflowException e) { // cut off
            return null;
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] out = new byte[length];
        in.get(out);
        return out;
    }
}
