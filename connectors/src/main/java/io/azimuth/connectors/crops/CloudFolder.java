package io.azimuth.connectors.crops;

import io.azimuth.connectors.format.CloudBytes;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clouds of a folder, one crop a file, in the order of their names. */
final class CloudFolder {
    private CloudFolder() {}

    static CropTable read(Path folder, @Nullable Consumer<String> broken) throws IOException {
        CloudFormats formats = CloudFormats.installed();
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files =
                    entries.filter(Files::isRegularFile)
                            .filter(p -> formats.claims(p.getFileName().toString()))
                            .sorted()
                            .toList();
        }
        if (files.isEmpty()) {
            throw new MalformedDataException(
                    folder
                            + ": holds no crops; accepted are a crop set (points.npy, offsets.npy) or clouds (.pcd, .ply, .bin, .npy)");
        }
        double[] points = new double[1024];
        int[] offset = new int[files.size() + 1];
        List<String> names = new ArrayList<>();
        PointCloud cloud = new PointCloud();
        for (int f = 0; f < files.size(); f++) {
            names.add(files.get(f).getFileName().toString());
            load(files.get(f), formats, cloud, broken);
            CropLimits.checkPoints(folder.toString(), (long) offset[f] + cloud.size());
            int end = offset[f] + cloud.size();
            if (3 * end > points.length) {
                points = Arrays.copyOf(points, 6 * end);
            }
            for (int k = 0; k < cloud.size(); k++) {
                int at = 3 * (offset[f] + k);
                points[at] = cloud.x()[k];
                points[at + 1] = cloud.y()[k];
                points[at + 2] = cloud.z()[k];
            }
            offset[f + 1] = end;
        }
        return new CropTable(names, points, offset, null, null, null, CropLabels.NONE);
    }

    private static void load(
            Path file, CloudFormats formats, PointCloud cloud, @Nullable Consumer<String> broken)
            throws IOException {
        cloud.clear();
        try {
            CloudBytes bytes = new CloudBytes();
            bytes.load(file);
            formats.of(bytes).read(bytes, cloud, new ReadReport());
        } catch (MalformedDataException e) {
            if (broken == null) {
                throw e;
            }
            cloud.clear();
            broken.accept(String.valueOf(e.getMessage()));
        }
    }
}
