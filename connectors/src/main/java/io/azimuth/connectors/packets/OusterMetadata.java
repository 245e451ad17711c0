package io.azimuth.connectors.packets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an Ouster sensor says about itself: the flat form of firmware 2 and before, or the nested
 * form since. Angles in degrees, lengths in millimetres, as the file has them.
 *
 * @param profile layout of the packets
 * @param beams pixels in a column
 * @param columns in a whole rotation
 * @param columnsPerPacket columns in a packet
 * @param windowFirst first column of the azimuth window
 * @param windowLast last column of it; before {@code windowFirst} if the window wraps
 * @param rateHz rotations in a second as configured
 * @param altitudeDeg of each beam, upwards
 * @param azimuthDeg of each beam, clockwise seen from above
 * @param beamToLidar 4x4, row-major: from the beam's origin to the rotation's axis
 * @param lidarToSensor 4x4, row-major
 * @param product e.g. {@code OS-1-32-G}; empty if not told
 */
record OusterMetadata(
        OusterProfile profile,
        int beams,
        int columns,
        int columnsPerPacket,
        int windowFirst,
        int windowLast,
        double rateHz,
        double[] altitudeDeg,
        double[] azimuthDeg,
        double[] beamToLidar,
        double[] lidarToSensor,
        String product) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_BYTES = 4L << 20;
    private static final double MOST_OFFSET_MM = 10_000;

    /** Columns that a rotation may have at most: packets could not number more. */
    private static final int MOST_COLUMNS = 8192;

    private static final int MOST_BEAMS = 512;
    private static final int MOST_RATE_HZ = 100;

    /**
     * Reads a metadata file.
     *
     * @throws NoSuchFileException if it is not there
     * @throws MalformedDataException naming file and field
     */
    static OusterMetadata read(Path path) throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw MalformedDataException.at(
                    name(path), MOST_BYTES, "longer than sensor metadata ever is (4 MiB)");
        }
        return parse(name(path), Files.readAllBytes(path));
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /** Whether this could be an Ouster sensor's metadata at all; false if it cannot be read. */
    static boolean looksLike(Path path) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
            return false;
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(path));
            return root != null && new Fields(name(path), root).has("beam_altitude_angles");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static OusterMetadata parse(String file, byte[] bytes) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new MalformedDataException(
                    file + ": byte " + at + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw MalformedDataException.at(
                    file, 0, "accepted is a JSON object of sensor metadata");
        }
        return of(new Fields(file, root));
    }

    private static OusterMetadata of(Fields in) {
        double[] altitude = in.numbers("beam_altitude_angles", 360);
        double[] azimuth = in.numbers("beam_azimuth_angles", 360);
        int beams = in.integer("pixels_per_column", altitude.length, 1, MOST_BEAMS);
        if (altitude.length != beams || azimuth.length != beams) {
            throw in.bad(
                    "%d altitude and %d azimuth angles for %d pixels in a column"
                            .formatted(altitude.length, azimuth.length, beams));
        }
        int[] mode = mode(in);
        int columns = in.integer("columns_per_frame", mode[0], 8, MOST_COLUMNS);
        double[] window = in.has("column_window") ? in.numbers("column_window", columns) : null;
        if (window != null && (window.length != 2 || window[0] < 0 || window[1] < 0)) {
            throw in.bad("column_window is not a pair of columns");
        }
        return new OusterMetadata(
                profile(in),
                beams,
                columns,
                in.integer("columns_per_packet", 16, 1, 128),
                window == null ? 0 : (int) Math.min(window[0], columns - 1),
                window == null ? columns - 1 : (int) Math.min(window[1], columns - 1),
                mode[1],
                altitude,
                azimuth,
                beamToLidar(in),
                in.has("lidar_to_sensor_transform")
                        ? in.transform("lidar_to_sensor_transform")
                        : new double[] {-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 36.18, 0, 0, 0, 1},
                in.text("prod_line"));
    }

    /** Columns and rate, which the mode names, e.g. {@code 1024x10}. */
    private static int[] mode(Fields in) {
        String mode = in.text("lidar_mode");
        if (!mode.matches("\\d{1,4}x\\d{1,3}(_.*)?")) {
            throw in.bad("lidar_mode is '" + Fields.clip(mode) + "', accepted is e.g. 1024x10");
        }
        String[] parts = mode.split("[x_]");
        int rate = Integer.parseInt(parts[1]);
        if (rate < 1 || rate > MOST_RATE_HZ) {
            throw in.bad("lidar_mode is '" + Fields.clip(mode) + "': the rate must be 1 .. 100 Hz");
        }
        return new int[] {Integer.parseInt(parts[0]), rate};
    }

    private static OusterProfile profile(Fields in) {
        String key = in.text("udp_profile_lidar");
        for (OusterProfile p : OusterProfile.values()) {
            if (p.key.equals(key) || (key.isEmpty() && p == OusterProfile.LEGACY)) {
                return p;
            }
        }
        throw in.bad(
                "udp_profile_lidar is '"
                        + Fields.clip(key)
                        + "', accepted are "
                        + OusterProfile.keys()
                        + "; record with one of these");
    }

    private static double[] beamToLidar(Fields in) {
        if (in.has("beam_to_lidar_transform")) {
            return in.transform("beam_to_lidar_transform");
        }
        double[] out = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        out[3] =
                in.has("lidar_origin_to_beam_origin_mm")
                        ? in.number("lidar_origin_to_beam_origin_mm", MOST_OFFSET_MM)
                        : 0;
        return out;
    }

    /** Columns inside the azimuth window. */
    int windowColumns() {
        int span = windowLast - windowFirst + 1;
        return span > 0 ? span : span + columns;
    }

    int packetBytes() {
        return profile.packetBytes(beams, columnsPerPacket);
    }

    /** Fields by name, wherever the form puts them. */
    private record Fields(String file, JsonNode root) {
        private static final String[] GROUPS = {
            "beam_intrinsics",
            "lidar_intrinsics",
            "lidar_data_format",
            "data_format",
            "sensor_info",
            "config_params"
        };

        private @Nullable JsonNode find(String name) {
            JsonNode node = root.get(name);
            for (int i = 0; i < GROUPS.length && node == null; i++) {
                node = root.path(GROUPS[i]).get(name);
            }
            return node == null || node.isNull() ? null : node;
        }

        boolean has(String name) {
            return find(name) != null;
        }

        String text(String name) {
            JsonNode node = find(name);
            return node == null ? "" : node.asText("");
        }

        int integer(String name, int otherwise, int least, int most) {
            JsonNode node = find(name);
            int value = node == null ? otherwise : node.asInt(-1);
            if (value < least || value > most) {
                throw bad("%s is %d, accepted are %d .. %d".formatted(name, value, least, most));
            }
            return value;
        }

        double number(String name, double most) {
            JsonNode node = find(name);
            return checked(name, node == null ? Double.NaN : node.asDouble(Double.NaN), most);
        }

        private double checked(String name, double value, double most) {
            if (!(Math.abs(value) <= most)) {
                throw bad(
                        "%s holds %s, accepted are numbers up to %s".formatted(name, value, most));
            }
            return value;
        }

        double[] numbers(String name, double most) {
            JsonNode node = find(name);
            if (node == null || !node.isArray() || node.isEmpty() || node.size() > MOST_BEAMS) {
                throw bad(
                        name
                                + (node == null
                                        ? " is missing"
                                        : " is not a list of 1 .. 512 numbers")
                                + "; give the metadata that the sensor itself wrote");
            }
            double[] out = new double[node.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = checked(name, node.path(i).asDouble(Double.NaN), most);
            }
            return out;
        }

        double[] transform(String name) {
            double[] m = numbers(name, MOST_OFFSET_MM);
            if (m.length != 16) {
                throw bad(name + " has " + m.length + " numbers, accepted are 16");
            }
            return m;
        }

        MalformedDataException bad(String problem) {
            return MalformedDataException.at(file, 0, problem);
        }

        static String clip(String text) {
            return text.length() > 40 ? text.substring(0, 40) + "..." : text;
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof OusterMetadata m
                && m.profile == profile
                && m.columns == columns
                && m.columnsPerPacket == columnsPerPacket
                && Arrays.equals(m.altitudeDeg, altitudeDeg)
                && Arrays.equals(m.azimuthDeg, azimuthDeg)
                && Arrays.equals(m.beamToLidar, beamToLidar)
                && Arrays.equals(m.lidarToSensor, lidarToSensor);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(altitudeDeg) * 31 + Arrays.hashCode(azimuthDeg);
    }
}
