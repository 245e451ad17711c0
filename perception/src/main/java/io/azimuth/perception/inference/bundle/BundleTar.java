package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A bundle that is an uncompressed tar archive of plain files and folders: {@code tar
 * --format=ustar -cf BUNDLE.tar -C FOLDER .}. Uncompressed, so that what it unpacks to is as long
 * as it is. Source: POSIX.1-1988 (ustar).
 */
final class BundleTar implements BundleFiles {
    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int SUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int PREFIX_AT = 345;

    private record Place(long at, long size) {}

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Place> places = new LinkedHashMap<>();

    private BundleTar(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static BundleTar open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            BundleTar out = new BundleTar(path, channel);
            out.index();
            return out;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public boolean has(String name) {
        return places.containsKey(name);
    }

    @Override
    public long size(String name) {
        return place(name).size;
    }

    @Override
    public byte[] read(String name, long maxBytes) throws IOException {
        Place place = place(name);
        if (place.size > maxBytes) {
            throw BundleFiles.tooLarge(name, place.size, maxBytes);
        }
        return bytes(place.at, (int) place.size);
    }

    @Override
    public void requireOnly(Set<String> listed) {
        for (String name : places.keySet()) {
            if (!listed.contains(name)) {
                throw BundleFiles.notListed(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new ModelRejected(Code.FILES, path + ": no '" + name + "' in it");
        }
        return place;
    }

    /** Notes where each file lies; reads headers only. */
    private void index() throws IOException {
        long at = 0;
        for (int entries = 0; at + BLOCK <= channel.size(); entries++) {
            byte[] header = bytes(at, BLOCK);
            if (header[0] == 0) {
                return;
            }
            if (entries > MAX_FILES) {
                throw new ModelRejected(Code.FILES, path + ": more than " + MAX_FILES + " entries");
            }
            requireSum(header, at);
            long size = octal(header, SIZE_AT, 12, at);
            long next = at + BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
            if (next > channel.size()) {
                throw malformed(at, "an entry of " + size + " bytes is cut off");
            }
            note(name(header), header[TYPE_AT], new Place(at + BLOCK, size));
            at = next;
        }
    }

    private void note(String name, byte type, Place place) {
        if (type == '5' && place.size == 0) {
            return; // a folder
        }
        if (type != '0' && type != 0) {
            throw new ModelRejected(
                    Code.FILES,
                    "%s: '%s' is an entry of type '%c', accepted are plain files and folders of ustar"
                            .formatted(path, name, type & 0xff));
        }
        if (places.put(name, place) != null) {
            throw new ModelRejected(Code.FILES, path + ": '" + name + "' is there twice");
        }
    }

    private static String name(byte[] header) {
        String prefix = text(header, PREFIX_AT, 155);
        String name = text(header, 0, 100);
        String whole = prefix.isEmpty() ? name : prefix + "/" + name;
        return whole.startsWith("./") ? whole.substring(2) : whole;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    /** The sum of all bytes of the header, its own field taken as blanks. */
    private void requireSum(byte[] header, long at) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= SUM_AT && i < SUM_AT + 8;
            sum += own ? ' ' : header[i] & 0xff;
        }
        if (sum != octal(header, SUM_AT, 8, at)) {
            throw malformed(at, "its header's sum is not " + sum);
        }
    }

    private long octal(byte[] header, int from, int length, long at) {
        long value = 0;
        for (int i = from; i < from + length && header[i] != 0 && header[i] != ' '; i++) {
            int digit = header[i] - '0';
            if (digit < 0 || digit > 7) {
                throw malformed(at, "a number is not octal");
            }
            value = value << 3 | digit;
        }
        return value;
    }

    private ModelRejected malformed(long at, String problem) {
        return new ModelRejected(
                Code.NOT_A_BUNDLE,
                "%s, byte %d: %s; accepted are folders and archives made with tar --format=ustar"
                        .formatted(path, at, problem));
    }

    private byte[] bytes(long at, int length) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(length);
        while (out.hasRemaining()) {
            if (channel.read(out, at + out.position()) < 0) {
                throw new IOException(path + " was cut while it was read");
            }
        }
        return out.array();
    }
}
