package io.azimuth.perception.cluster;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@link FittedTrees} are fitted to: {@code java io.azimuth.perception.cluster.NodeStudy FILE
 * 101 120} drives through the towns of these seeds with sensors of 16 to 128 beams and writes one
 * line for every candidate of the geometric detector: its measures, and of the road user that has
 * most of its points the group, the overlap (points in both over points in either) and how far the
 * completed box is off, metres.
 */
public final class NodeStudy {
    private static final int SWEEPS = 100;
    private static final int EVERY = 14;

    /** Differ in beams, spacing, columns and height, as users' sensors do. */
    private static final List<SensorModel> SENSORS =
            List.of(
                    SensorModel.vlp16("top"),
                    SensorModel.hdl32("top"),
                    SensorModel.hdl64("top"),
                    SensorModel.os1With128("top"));

    private final PrintWriter out;
    private final SweepNodes nodes = new SweepNodes(GeometricDetectorConfig.defaults());
    private final Shape shape = new Shape();
    private final float[] features = new float[ShapeFeatures.NAMES.size()];
    private int[] objectOfPixel = new int[0];
    private Map<Integer, Integer> points = new HashMap<>();

    private NodeStudy(PrintWriter out) {
        this.out = out;
    }

    /** Writes {@code args[0]} from the seeds {@code args[1] .. args[2]}. */
    public static void main(String[] args) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[0])))) {
            out.println(
                    "seed,beams,root,points,x,y,"
                            + String.join(
                                    ",", ShapeFeatures.NAMES.subList(0, ShapeFeatures.OF_CLASS))
                            + ",low1,high1,low2,high2,left,right,group,overlap,off_m,truth1,truth2,turn,length,width");
            NodeStudy study = new NodeStudy(out);
            for (long seed = Long.parseLong(args[1]); seed <= Long.parseLong(args[2]); seed++) {
                for (SensorModel sensor : SENSORS) {
                    study.drive(seed, sensor);
                }
            }
        }
    }

    private void drive(long seed, SensorModel sensor) {
        TownDrive drive =
                new TownDrive(
                        TownConfig.of(seed)
                                .withSizes(
                                        seed % 3 == 0
                                                ? SizeRegion.UNITED_STATES
                                                : SizeRegion.EUROPE)
                                .withSensors(sensor)
                                .withSweeps(SWEEPS));
        for (int i = (int) (seed % EVERY); i + 1 < SWEEPS; i += EVERY) {
            SimulatedSweep simulated = drive.sweep(0, 0, i);
            if (!nodes.build(simulated.sweep())) {
                continue;
            }
            nameObjects(simulated);
            SweepMotion motion = new SweepMotion(drive, simulated, i);
            for (int n = 0; n < nodes.tree.nodes; n++) {
                if (!nodes.hardlyChanged(n) && nodes.measure(n, shape)) {
                    write(seed, simulated, n, motion);
                }
            }
        }
    }

    private void nameObjects(SimulatedSweep simulated) {
        PointCloud cloud = simulated.sweep().points();
        Map<List<Float>, Integer> byPlace = new HashMap<>();
        for (int i = 0; i < cloud.size(); i++) {
            byPlace.put(
                    List.of(cloud.x()[i], cloud.y()[i], cloud.z()[i]), simulated.pointLabels()[i]);
        }
        RangeImage image = nodes.image;
        objectOfPixel = new int[image.size];
        points = new HashMap<>();
        for (int i = 0; i < image.size; i++) {
            int id = byPlace.get(List.of(image.x[i], image.y[i], image.z[i]));
            objectOfPixel[i] = id;
            points.merge(id, 1, Integer::sum);
        }
    }

    private void write(long seed, SimulatedSweep simulated, int n, SweepMotion motion) {
        Map<Integer, Integer> inside = new HashMap<>();
        for (int k = nodes.tree.start[n]; k < nodes.tree.end[n]; k++) {
            inside.merge(objectOfPixel[nodes.tree.member[k]], 1, Integer::sum);
        }
        TruthBox best = null;
        double overlap = 0;
        for (TruthBox b : simulated.boxes()) {
            int shared = inside.getOrDefault(b.objectId(), 0);
            double now =
                    shared
                            / (double)
                                    (nodes.points(n)
                                            + points.getOrDefault(b.objectId(), 0)
                                            - shared);
            if (now > overlap) {
                overlap = now;
                best = b;
            }
        }
        String group = best == null ? "none" : ClassGroup.of(best.objectClass()).label();
        double off = best == null ? 99 : off(best, motion);
        ShapeFeatures.write(shape, features);
        StringBuilder line = new StringBuilder(200);
        line.append(seed).append(',').append(nodes.image.rows).append(',').append(n);
        line.append(',').append(shape.points);
        line.append(
                String.format(
                        Locale.ROOT,
                        ",%.2f,%.2f",
                        mid(nodes.tree.minX[n], nodes.tree.maxX[n]),
                        mid(nodes.tree.minY[n], nodes.tree.maxY[n])));
        for (int k = 0; k < ShapeFeatures.OF_CLASS; k++) {
            line.append(String.format(Locale.ROOT, ",%.4g", features[k]));
        }
        line.append(
                String.format(
                        Locale.ROOT,
                        ",%.3f,%.3f,%.3f,%.3f,%d,%d",
                        shape.low1,
                        shape.high1,
                        shape.low2,
                        shape.high2,
                        shape.hiddenLeft ? 1 : 0,
                        shape.hiddenRight ? 1 : 0));
        line.append(String.format(Locale.ROOT, ",%s,%.3f,%.2f", group, overlap, off));
        if (best == null) {
            line.append(",,,,,");
        } else {
            OrientedBox box = motion.midFrom(shape.timeOffsetNanos).inverse().map(best.box());
            double c = Math.cos(shape.yaw);
            double sn = Math.sin(shape.yaw);
            line.append(
                    String.format(
                            Locale.ROOT,
                            ",%.3f,%.3f,%.4f,%.2f,%.2f",
                            c * box.x() + sn * box.y(),
                            c * box.y() - sn * box.x(),
                            box.yawRad() - shape.yaw,
                            box.length(),
                            box.width()));
        }
        out.println(line);
    }

    private static float mid(float low, float high) {
        return 0.5f * (low + high);
    }

    /** Distance of the completed box, moved to mid-sweep, from the truth. */
    private double off(TruthBox truth, SweepMotion motion) {
        ObjectClass c =
                switch (ClassGroup.of(truth.objectClass())) {
                    case VEHICLE -> ClassScores.vehicleClass(shape);
                    case PERSON -> ObjectClass.PEDESTRIAN;
                    case CYCLIST -> ObjectClass.CYCLIST;
                };
        OrientedBox box =
                motion.midFrom(shape.timeOffsetNanos).map(BoxCompletion.complete(shape, c));
        return Math.hypot(box.x() - truth.box().x(), box.y() - truth.box().y());
    }
}
