package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The forms in which a cloud can be written; each is read back by its {@link CloudFormat}. */
public enum CloudOutput {
    /** x, y, z, intensity; rings and times are lost. */
    BIN(".bin", KittiBin::toBytes),
    /** nuScenes' rows and axes: intensity in whole 255ths; times are lost. */
    NUSCENES(".pcd.bin", NuScenesBin::toBytes),
    PCD_ASCII(".pcd", cloud -> PcdWriter.toBytes(cloud, PcdEncoding.ASCII)),
    PCD(".pcd", cloud -> PcdWriter.toBytes(cloud, PcdEncoding.BINARY)),
    PCD_COMPRESSED(".pcd", cloud -> PcdWriter.toBytes(cloud, PcdEncoding.BINARY_COMPRESSED)),
    PLY_ASCII(".ply", cloud -> PlyWriter.toBytes(cloud, PlyEncoding.ASCII)),
    PLY(".ply", cloud -> PlyWriter.toBytes(cloud, PlyEncoding.BINARY_LITTLE_ENDIAN)),
    PLY_BIG_ENDIAN(".ply", cloud -> PlyWriter.toBytes(cloud, PlyEncoding.BINARY_BIG_ENDIAN)),
    NPY(".npy", NpyWriter::toBytes);

    private final String extension;
    private final Function<PointCloud, byte[]> encoder;

    CloudOutput(String extension, Function<PointCloud, byte[]> encoder) {
        this.extension = extension;
        this.encoder = encoder;
    }

    /** Ending of file names, with the leading dot. */
    public String extension() {
        return extension;
    }

    /** Name for people, e.g. {@code pcd-compressed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The whole file as bytes. */
    public byte[] toBytes(PointCloud cloud) {
        return encoder.apply(cloud);
    }

    public void write(Path file, PointCloud cloud) throws IOException {
        Files.write(file, toBytes(cloud));
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(CloudOutput::label).toList();
    }

    /**
     * The form with this label.
     *
     * @throws IllegalArgumentException naming the labels that exist
     */
    public static CloudOutput ofLabel(String label) {
        for (CloudOutput output : values()) {
            if (output.label().equalsIgnoreCase(label)) {
                return output;
            }
        }
        throw new IllegalArgumentException(
                "form '%s' is not one of %s".formatted(label, String.join(", ", labels())));
    }

    /**
     * The binary form that a file's ending names.
     *
     * @throws IllegalArgumentException naming the endings that exist
     */
    public static CloudOutput ofFile(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        for (CloudOutput output : List.of(NUSCENES, BIN, PCD, PLY, NPY)) {
            if (lower.endsWith(output.extension)) {
                return output;
            }
        }
        throw new IllegalArgumentException(
                "file name '%s' ends in none of .pcd.bin, .bin, .pcd, .ply, .npy"
                        .formatted(fileName));
    }
}
