package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Refiner;
import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Refiners;
import io.azimuth.registration.neighbours.VoxelGrid;
import io.azimuth.registration.pcl.PclRefiner;
import io.azimuth.registration.pcl.PclRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Refiners on consecutive sweeps. */
@Command(
        name = "refiners",
        description =
                "CPU and error of refiners on consecutive sweeps of a drive, thinned, from the identity, one thread. 'align' leaves out what is prepared once a cloud (trees, covariances, cells); PCL's leaves out also that its pose is judged. Correspondences up to 1 m, 20 neighbours, for all.",
        mixinStandardHelpOptions = true)
final class BenchRefinersCommand implements Callable<Integer> {
    private static final RefinerSettings SETTINGS = RefinerSettings.defaults();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument drives = new DriveArgument();

    @Option(
            names = "--refiner",
            paramLabel = "NAME",
            description =
                    "vgicp, gicp, pcl-gicp, pcl-ndt, pcl-icp (default: all of ours, and PCL's where it can be used).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--leaf", description = "Edge of the thinning grid, metres (default 0.25).")
    private double leafM = 0.25;

    @Option(names = "--sweeps", description = "At most so many (default 125).")
    private int most = 125;

    @Option(names = "--every", description = "Only every so manieth pair (default 1).")
    private int every = 1;

    @Option(names = "--warmup", description = "Passes before the one that counts (default 2).")
    private int warmup = 2;

    @Option(
            names = "--poses",
            paramLabel = "DIR",
            description = "Write NAME.txt: KITTI rows targetFromSource, a pair a line.")
    private @Nullable Path poses;

    @Override
    public Integer call() throws IOException {
        Numbers.requireAtLeast("--warmup", warmup, 0);
        Numbers.requireAtLeast("--sweeps", most, 2);
        Numbers.requireAtLeast("--every", every, 1);
        List<PointCloud> clouds = new ArrayList<>();
        List<RigidTransform> truth = new ArrayList<>();
        Talk talk = new Talk(spec);
        try (Drive drive = drives.open()) {
            read(drive, clouds, truth);
        }
        talk.data(
                String.format(
                        Locale.ROOT,
                        "%d pairs of %.0f points (leaf %.2f m), load average %.2f",
                        (clouds.size() - 2) / every + 1,
                        clouds.stream().mapToInt(PointCloud::size).average().orElse(0),
                        leafM,
                        ProcessFigures.loadAverage()));
        talk.data(RefinerFigures.HEADER);
        for (String name : names.isEmpty() ? available() : names) {
            RefinerFigures figures = measure(name, clouds, truth);
            talk.data(figures.row(name));
            write(name, figures);
        }
        return 0;
    }

    private static List<String> available() {
        List<String> out = new ArrayList<>(Refiners.NAMES);
        if (PclRuntime.probe().available()) {
            out.addAll(PclRefiner.NAMES);
        }
        return out;
    }

    private void read(Drive drive, List<PointCloud> clouds, List<RigidTransform> truth)
            throws IOException {
        SortedMap<Long, RigidTransform> known =
                drive.truth().of(drive.info().sensors().get(0).sensorId()).firstFromSweep();
        VoxelGrid grid = new VoxelGrid(leafM);
        PointCloud raw = new PointCloud();
        for (int i = 0; i < drive.size() && clouds.size() < most; i++) {
            if (drive.key(i).sensor() == 0) {
                PointCloud thin = new PointCloud();
                grid.thin(drive.read(i, raw).points(), thin);
                clouds.add(thin.copy());
                RigidTransform pose = known.get(drive.key(i).seq());
                if (pose != null) {
                    truth.add(pose);
                }
            }
        }
    }

    private RefinerFigures measure(
            String name, List<PointCloud> clouds, List<RigidTransform> truth) {
        RefinerFigures figures = new RefinerFigures();
        Refiner refiner = Refiners.named(name, SETTINGS, () -> 0);
        boolean ofPcl = refiner instanceof PclRefiner;
        PreparedPairs prepared =
                refiner instanceof PclRefiner pcl
                        ? new PreparedPairs.Pcl(pcl)
                        : new PreparedPairs.Ours(name, SETTINGS, figures::now);
        boolean known = truth.size() == clouds.size();
        for (int pass = ofPcl ? warmup : 0; pass <= warmup; pass++) { // PCL is compiled already
            figures = new RefinerFigures();
            for (int i = 0; i + 1 < clouds.size(); i += every) {
                long begun = figures.now();
                Refinement found =
                        refiner.refine(clouds.get(i), clouds.get(i + 1), RigidTransform.IDENTITY);
                long whole = figures.now() - begun;
                long align = prepared.align(clouds.get(i), clouds.get(i + 1));
                figures.add(
                        whole,
                        align,
                        found,
                        known ? truth.get(i).inverse().times(truth.get(i + 1)) : null);
            }
        }
        return figures;
    }

    private void write(String name, RefinerFigures figures) throws IOException {
        if (poses != null) {
            Files.createDirectories(poses);
            Files.writeString(
                    poses.resolve(name + ".txt"), figures.poseRows(), StandardCharsets.UTF_8);
        }
    }
}
