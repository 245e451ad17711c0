package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Calibration of one Velodyne unit, from the YAML that ROS drivers use or the {@code db.xml} that
 * comes with an HDL-64.
 *
 * @param file its name, for messages
 * @param metresPerUnit of raw ranges; 0 if the file does not say
 * @param lasers by number
 */
record VelodyneCalibration(String file, double metresPerUnit, List<VelodyneLaser> lasers) {
    private static final long MOST_BYTES = 1L << 20;
    private static final int MOST_LASERS = 256;
    private static final double MOST_LENGTH_M = 10;
    private static final double MOST_METRES_PER_UNIT = 0.1;
    private static final double MOST_FOCUS_M = 131;
    private static final double MOST_SLOPE = 100;
    private static final String[] ENDINGS = {".yaml", ".yml", ".xml"};

    /**
     * Numbers of a file as written: in radians and metres, by the names of the ROS driver.
     *
     * @param metresPerUnit 0 if not told
     * @param lasers one map a laser; {@code line}, where it begins in the file, among its entries
     */
    record Raw(double metresPerUnit, List<Map<String, Double>> lasers) {
        static final String LINE = "line";
        static final String ID = "laser_id";
        static final String ROTATION = "rot_correction";
        static final String ELEVATION = "vert_correction";
        static final String DISTANCE = "dist_correction";
        static final String DISTANCE_X = "dist_correction_x";
        static final String DISTANCE_Y = "dist_correction_y";
        static final String TWO_POINTS = "two_pt_correction_available";
        static final String UP = "vert_offset_correction";
        static final String SIDE = "horiz_offset_correction";
        static final String LEAST = "min_intensity";
        static final String MOST = "max_intensity";
        static final String FOCUS = "focal_distance";
        static final String SLOPE = "focal_slope";
    }

    VelodyneCalibration {
        lasers = List.copyOf(lasers);
    }

    /**
     * Reads a calibration.
     *
     * @throws MalformedDataException naming file and line
     */
    static VelodyneCalibration read(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (Files.size(path) > MOST_BYTES) {
            throw MalformedDataException.at(
                    name, MOST_BYTES, "longer than a calibration ever is (1 MiB)");
        }
        return parse(name, Files.readAllBytes(path));
    }

    static VelodyneCalibration parse(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Raw raw =
                text.stripLeading().startsWith("<")
                        ? VelodyneXml.parse(file, text)
                        : VelodyneYaml.parse(file, text);
        return of(file, raw);
    }

    /** The calibration beside a capture, of the same name; null if there is none. */
    static @Nullable Path beside(Path capture) throws IOException {
        String name = String.valueOf(capture.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        for (String ending : ENDINGS) {
            Path file = capture.resolveSibling(stem + ending);
            if (Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (text.contains(Raw.ID) || text.contains("vertCorrection_")) {
                    return file;
                }
            }
        }
        return null;
    }

    private static VelodyneCalibration of(String file, Raw raw) {
        if (raw.lasers().isEmpty()) {
            throw malformed(
                    file,
                    1,
                    "no lasers in it; accepted is a Velodyne calibration, a YAML file with 'lasers' of 'laser_id', 'rot_correction' and 'vert_correction', or a db.xml");
        }
        double unit = raw.metresPerUnit();
        if (!(unit >= 0 && unit <= MOST_METRES_PER_UNIT)) {
            throw malformed(file, 1, "distance resolution is " + unit + ", accepted up to 0.1 m");
        }
        Map<Integer, VelodyneLaser> byId = new TreeMap<>();
        for (Map<String, Double> laser : raw.lasers()) {
            int line = laser.getOrDefault(Raw.LINE, 1.0).intValue();
            double id = number(file, laser, Raw.ID, MOST_LASERS - 1);
            if (id != Math.rint(id) || id < 0 || byId.containsKey((int) id)) {
                throw malformed(
                        file, line, "laser_id is " + id + ", accepted are 0, 1, 2 and so on, once");
            }
            byId.put((int) id, laser(file, laser));
        }
        int last = new ArrayList<>(byId.keySet()).get(byId.size() - 1);
        if (last != byId.size() - 1) {
            throw malformed(
                    file, 1, byId.size() + " lasers, but the last of them has the number " + last);
        }
        return new VelodyneCalibration(file, unit, List.copyOf(byId.values()));
    }

    private static VelodyneLaser laser(String file, Map<String, Double> in) {
        // Files that do not say so have two points if there are two.
        double two = in.getOrDefault(Raw.DISTANCE_X, 0.0) * in.getOrDefault(Raw.DISTANCE_Y, 0.0);
        boolean twoPoints = in.getOrDefault(Raw.TWO_POINTS, two) != 0;
        return new VelodyneLaser(
                number(file, in, Raw.ELEVATION, Math.PI / 2),
                number(file, in, Raw.ROTATION, Math.PI),
                number(file, in, Raw.UP, 0, MOST_LENGTH_M),
                number(file, in, Raw.SIDE, 0, MOST_LENGTH_M),
                number(file, in, Raw.DISTANCE, 0, MOST_LENGTH_M),
                number(file, in, Raw.DISTANCE_X, 0, MOST_LENGTH_M),
                number(file, in, Raw.DISTANCE_Y, 0, MOST_LENGTH_M),
                twoPoints,
                Math.max(0, number(file, in, Raw.LEAST, 0, 255)),
                Math.max(0, number(file, in, Raw.MOST, 255, 255)),
                number(file, in, Raw.FOCUS, 0, MOST_FOCUS_M),
                number(file, in, Raw.SLOPE, 0, MOST_SLOPE));
    }

    private static double number(String file, Map<String, Double> in, String key, double most) {
        Double value = in.get(key);
        if (value == null) {
            int line = in.getOrDefault(Raw.LINE, 1.0).intValue();
            throw malformed(file, line, "a laser without '" + key + "'");
        }
        return number(file, in, key, value, most);
    }

    private static double number(
            String file, Map<String, Double> in, String key, double otherwise, double most) {
        double value = in.getOrDefault(key, otherwise);
        if (!(Math.abs(value) <= most)) {
            int line = in.getOrDefault(Raw.LINE, 1.0).intValue();
            throw malformed(
                    file,
                    line,
                    "%s is %s, accepted from -%.4g to %.4g".formatted(key, value, most, most));
        }
        return value;
    }

    static MalformedDataException malformed(String file, int line, String problem) {
        return new MalformedDataException(file + ": line " + line + ": " + problem);
    }
}
