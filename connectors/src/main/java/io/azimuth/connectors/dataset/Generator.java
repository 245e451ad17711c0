package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TownFamily;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Which simulator this is: a digest of what it makes. Data sets of different simulators are not
 * mixed in one folder, and nobody has to remember to raise a number.
 */
final class Generator {
    private static final int VERSION = 1;
    private static final int DIGITS = 16;

    private Generator() {}

    /** Version of the files' layout and digest of a few sweeps, e.g. {@code 1-0f3a...}. */
    static String version(TownFamily family) {
        return family == TownFamily.A ? FamilyA.VERSION : FamilyB.VERSION;
    }

    /** The same of towns among decoys, of which the first digest knows nothing. */
    static String decoysVersion() {
        return Decoys.VERSION;
    }

    /** Computed once, when it is first asked for. */
    private static final class FamilyA {
        static final String VERSION = computed(TownFamily.A);
    }

    private static final class FamilyB {
        static final String VERSION = computed(TownFamily.B);
    }

    private static final class Decoys {
        static final String VERSION = computed();

        private static String computed() {
            TownConfig town =
                    TownConfig.of(1)
                            .withDecoyDensity(1)
                            .withSweeps(11)
                            .withSensors(SensorModel.hdl64("a"));
            MessageDigest digest = ShardFolder.digest();
            add(new TownDrive(town).sweep(0, 0, 10), digest);
            return shown(digest);
        }
    }

    private static String computed(TownFamily family) {
        MessageDigest digest = ShardFolder.digest();
        for (SizeRegion sizes : SizeRegion.values()) {
            TownConfig town =
                    TownConfig.of(1)
                            .withFamily(family)
                            .withSizes(sizes)
                            .withSweeps(11)
                            .withSensors(
                                    SensorModel.hdl64("a"),
                                    SensorModel.hdl32("b"),
                                    SensorModel.vlp16("c"),
                                    SensorModel.os1With128("d"));
            TownDrive drive = new TownDrive(town);
            for (int sensor = 0; sensor < 4; sensor++) {
                add(drive.sweep(0, sensor, 10), digest);
            }
        }
        return shown(digest);
    }

    private static String shown(MessageDigest digest) {
        return VERSION + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static void add(SimulatedSweep made, MessageDigest digest) {
        PointCloud cloud = made.sweep().points();
        ByteBuffer bytes = ByteBuffer.allocate(24 * cloud.size());
        for (int i = 0; i < cloud.size(); i++) {
            bytes.putFloat(cloud.x()[i]).putFloat(cloud.y()[i]).putFloat(cloud.z()[i]);
            bytes.putFloat(cloud.intensity()[i]).putInt(cloud.timeOffsetNanos()[i]);
            bytes.putInt(made.pointLabels()[i]);
        }
        digest.update(bytes.array());
    }
}
