package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes trajectories as text. KITTI: the first three rows of the pose, 12 numbers a
 * line, line n is sweep n. TUM: {@code seconds tx ty tz qx qy qz qw}, stamps with nine decimals so
 * that nanoseconds survive. Numbers have all digits that a double needs. Stateless, thread-safe.
 */
public final class TrajectoryFiles {
    private static final long NANOS = 1_000_000_000L;

    private TrajectoryFiles() {}

    public static void writeKitti(Path file, List<RigidTransform> poses) throws IOException {
        StringBuilder text = new StringBuilder(poses.size() * 200);
        for (RigidTransform pose : poses) {
            appendNumbers(text, pose.toRows());
            text.append('\n');
        }
        Files.writeString(file, text);
    }

    /**
     * The poses of a KITTI file.
     *
     * @throws MalformedDataException naming file and line if a line is not 12 numbers of a pose
     */
    public static List<RigidTransform> readKitti(Path file) throws IOException {
        List<RigidTransform> poses = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String where = where(file, i);
            String[] fields = fields(lines.get(i), 12, where, "12 numbers of a 3x4 pose");
            double[] m = new double[12];
            for (int k = 0; k < 12; k++) {
                m[k] = number(fields[k], where);
            }
            try {
                poses.add(RigidTransform.ofRows(m));
            } catch (IllegalArgumentException e) {
                throw new MalformedDataException(where + ": " + e.getMessage(), e);
            }
        }
        return poses;
    }

    /**
     * @param trajectory keyed by stamps in nanoseconds
     */
    public static void writeTum(Path file, Trajectory trajectory) throws IOException {
        StringBuilder text = new StringBuilder(trajectory.size() * 160);
        for (int i = 0; i < trajectory.size(); i++) {
            RigidTransform pose = trajectory.poses().get(i);
            double[] q = pose.quaternion();
            text.append(seconds(trajectory.keys()[i])).append(' ');
            appendNumbers(
                    text, new double[] {pose.tx(), pose.ty(), pose.tz(), q[0], q[1], q[2], q[3]});
            text.append('\n');
        }
        Files.writeString(file, text);
    }

    /**
     * The poses of a TUM file, keyed by stamps in nanoseconds. Lines that are empty or start with
     * {@code #} are skipped.
     *
     * @throws MalformedDataException naming file and line if a line is not 8 numbers of a stamped
     *     pose, or stamps do not increase
     */
    public static Trajectory readTum(Path file) throws IOException {
        List<RigidTransform> poses = new ArrayList<>();
        List<Long> stamps = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) {
                continue;
            }
            String where = where(file, i);
            String[] f = fields(lines.get(i), 8, where, "seconds tx ty tz qx qy qz qw");
            long stamp = nanos(f[0], where);
            if (!stamps.isEmpty() && stamp <= stamps.get(stamps.size() - 1)) {
                throw new MalformedDataException(
                        where + ": stamp " + f[0] + " is not after the one before; sort the file");
            }
            double[] v = new double[8];
            for (int k = 1; k < 8; k++) {
                v[k] = number(f[k], where);
            }
            stamps.add(stamp);
            poses.add(quaternionPose(v, where));
        }
        return new Trajectory(stamps.stream().mapToLong(Long::longValue).toArray(), poses);
    }

    /** Decimal seconds with nine decimals, by whole-number arithmetic. */
    static String seconds(long nanos) {
        String fraction = Long.toString(NANOS + Math.abs(nanos % NANOS)).substring(1);
        return (nanos < 0 ? "-" : "") + Math.abs(nanos / NANOS) + "." + fraction;
    }

    private static long nanos(String text, String where) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        int dot = digits.indexOf('.');
        String whole = dot < 0 ? digits : digits.substring(0, dot);
        String fraction = dot < 0 ? "" : digits.substring(dot + 1);
        if (!whole.matches("[0-9]{1,10}") || !fraction.matches("[0-9]{0,9}0*")) {
            throw new MalformedDataException(
                    where
                            + ": stamp is '"
                            + text
                            + "', expected decimal seconds with at most nine decimals, e.g. 1317384506.404000000");
        }
        String nine = (fraction + "000000000").substring(0, 9);
        try {
            long value =
                    Math.addExact(
                            Math.multiplyExact(Long.parseLong(whole), NANOS), Long.parseLong(nine));
            return negative ? -value : value;
        } catch (ArithmeticException e) {
            throw new MalformedDataException(
                    where + ": stamp '" + text + "' exceeds 9223372036 seconds", e);
        }
    }

    private static RigidTransform quaternionPose(double[] v, String where) {
        try {
            return RigidTransform.ofQuaternion(v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(where + ": " + e.getMessage(), e);
        }
    }

    private static void appendNumbers(StringBuilder text, double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append(numbers[i]);
        }
    }

    private static String[] fields(String line, int count, String where, String expected) {
        String[] fields = line.isBlank() ? new String[0] : line.strip().split("\\s+");
        if (fields.length != count) {
            throw new MalformedDataException(
                    where + ": found " + fields.length + " fields, expected " + expected);
        }
        return fields;
    }

    private static double number(String field, String where) {
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException e) {
            throw new MalformedDataException(
                    where + ": '" + field + "' is not a number, expected e.g. -1.25e-3", e);
        }
    }

    private static String where(Path file, int index) {
        return file + ": line " + (index + 1);
    }
}
