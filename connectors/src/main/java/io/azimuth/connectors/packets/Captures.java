package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells whose packets a capture holds. */
final class Captures {
    private static final int LOOK_AT_DATAGRAMS = 4096;

    private Captures() {}

    static @Nullable PacketCapture open(Path capture, @Nullable Path metadata) throws IOException {
        if (metadata != null && !Files.isRegularFile(metadata)) {
            throw new NoSuchFileException(
                    metadata.toString(),
                    null,
                    "no such file; expected the sensor's metadata (Ouster: JSON) or calibration (Velodyne: YAML, XML)");
        }
        CaptureReader records = CaptureReader.open(capture);
        if (records == null) {
            return null;
        }
        UdpReader udp = new UdpReader(records);
        try {
            return open(capture, metadata, udp);
        } catch (IOException | RuntimeException e) {
            udp.close();
            throw e;
        }
    }

    private static PacketCapture open(Path capture, @Nullable Path metadata, UdpReader udp)
            throws IOException {
        Path description = metadata == null ? sameStem(capture) : metadata;
        if ((description == null || notOuster(metadata)) && velodyne(udp)) {
            Path file = metadata == null ? VelodyneCalibration.beside(capture) : metadata;
            return VelodyneCapture.open(udp, file == null ? null : VelodyneCalibration.read(file));
        }
        description = description == null ? onlyOne(capture) : description;
        if (description == null) {
            throw udp.records()
                    .malformed(
                            0,
                            "no Velodyne packets in the capture, and no Ouster metadata (.json) of the same name, or just one, beside it; give it with --metadata");
        }
        return OusterCapture.open(udp, OusterMetadata.read(description));
    }

    private static boolean notOuster(@Nullable Path given) throws IOException {
        return given != null && !OusterMetadata.looksLike(given);
    }

    private static boolean velodyne(UdpReader udp) throws IOException {
        CaptureReader.Place start = null;
        boolean found = false;
        for (int i = 0; i < LOOK_AT_DATAGRAMS && !found && udp.next(); i++) {
            start = start == null ? udp.first : start;
            found = VelodynePacket.looksLike(udp.data, udp.payload, udp.length);
        }
        if (start != null) {
            udp.restart(start);
        }
        return found;
    }

    private static @Nullable Path sameStem(Path capture) throws IOException {
        String name = String.valueOf(capture.getFileName());
        int dot = name.lastIndexOf('.');
        Path beside = capture.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
        return OusterMetadata.looksLike(beside) ? beside : null;
    }

    private static @Nullable Path onlyOne(Path capture) throws IOException {
        Path folder = capture.toAbsolutePath().getParent();
        if (folder == null) {
            return null;
        }
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        Path one = null;
        for (Path file : found) {
            if (OusterMetadata.looksLike(file)) {
                if (one != null) {
                    return null;
                }
                one = file;
            }
        }
        return one;
    }

    /** What a reader passed over, in words; counted over the whole capture. */
    static void describeLosses(UdpReader udp, List<String> notes) {
        CaptureReader records = udp.records();
        if (records.truncation != null) {
            notes.add(records.truncation + "; what is before it was kept");
        }
        add(notes, udp.shortRecords(), "records are shorter than their headers say");
        add(notes, udp.lostFragments(), "datagrams lack a fragment");
        long[] unknown = udp.unknownLink();
        add(notes, unknown[0], "records are of an unknown link type, such as " + unknown[1]);
    }

    static void add(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }

    static MalformedDataException none(UdpReader udp, String problem) {
        return udp.records().malformed(0, problem);
    }
}
