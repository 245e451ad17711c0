package io.azimuth.connectors.drive;

import io.azimuth.connectors.packets.PacketCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A capture of a LiDAR's network packets, or a folder with one. */
final class CaptureLayout implements DriveLayout {
    @Override
    public String lookedFor() {
        return "packet capture: a .pcap or .pcapng file of Velodyne packets (HDL-64: with its calibration .yaml or .xml) or Ouster packets (with their metadata .json)";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        Path file = Files.isDirectory(path) ? onlyCapture(path) : path;
        if (file == null) {
            return null;
        }
        PacketCapture capture = PacketCapture.open(file, options.sensorMetadata());
        return capture == null ? null : new CaptureDrive(id(file), capture);
    }

    private static String id(Path file) {
        String id = DriveNames.id(file);
        int dot = id.lastIndexOf('.');
        return dot > 0 ? id.substring(0, dot) : id;
    }

    private static @Nullable Path onlyCapture(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found =
                    files.filter(f -> f.toString().matches("(?i).*\\.(pcap|pcapng|cap)"))
                            .filter(Files::isRegularFile)
                            .limit(2)
                            .toList();
        }
        return found.size() == 1 && PacketCapture.isCapture(found.get(0)) ? found.get(0) : null;
    }
}
