package io.azimuth.connectors.drive;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code manifest.json} beside a recorded drive: what its other files cannot say.
 *
 * @param driveId empty if unknown
 * @param sensors one, or one a subfolder; empty if unknown
 * @param folders of the sensors, relative, {@code .} for the manifest's own
 * @param periodNanos of a rotation, 0 if unknown
 * @param labelsAllAround whether the boxes are complete all around
 */
record DriveManifest(
        String driveId,
        List<DriveSensor> sensors,
        List<String> folders,
        long periodNanos,
        boolean labelsAllAround) {

    static final String FILE = "manifest.json";
    static final DriveManifest ABSENT = new DriveManifest("", List.of(), List.of(), 0, false);

    private static final int VERSION = 1;
    private static final int MOST_SENSORS = 1024;
    private static final String ID = "[A-Za-z0-9._-][A-Za-z0-9._/-]{0,127}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The manifest in {@code root}, or {@link #ABSENT}. */
    static DriveManifest read(Path root) throws IOException {
        Path file = root.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return ABSENT;
        }
        if (Files.size(file) > TextRows.MAX_BYTES) {
            throw MalformedDataException.at(file.toString(), TextRows.MAX_BYTES, "too large");
        }
        return parse(file.toString(), Files.readAllBytes(file));
    }

    static DriveManifest parse(String file, byte[] bytes) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            String kind = e instanceof JsonParseException ? "not JSON: " : "";
            throw new MalformedDataException(
                    file + ": byte " + at + ": " + kind + e.getOriginalMessage(), e);
        }
        if (root == null || !root.isObject() || root.path("schemaVersion").asInt() != VERSION) {
            throw MalformedDataException.at(
                    file, 0, "accepted is a JSON object with \"schemaVersion\": " + VERSION);
        }
        List<DriveSensor> sensors = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (JsonNode node : root.path("sensors")) {
            sensors.add(
                    new DriveSensor(
                            id(file, node, "vehicleId"),
                            id(file, node, "sensorId"),
                            pose(file, node.path("egoFromSensor"))));
            folders.add(folder(file, node.path("folder").asText(".")));
        }
        if (sensors.size() > MOST_SENSORS) {
            throw MalformedDataException.at(
                    file, 0, sensors.size() + " sensors, accepted are at most " + MOST_SENSORS);
        }
        long period = root.path("periodNanos").asLong();
        if (period < 0 || period > Integer.MAX_VALUE) {
            throw MalformedDataException.at(
                    file, 0, "periodNanos is " + period + ", accepted are 0 .. 2147483647");
        }
        String driveId = root.has("driveId") ? id(file, root, "driveId") : "";
        return new DriveManifest(
                driveId,
                List.copyOf(sensors),
                List.copyOf(folders),
                period == 1 ? 2 : period,
                root.path("labels").asText("").equals("all-around"));
    }

    private static String id(String file, JsonNode node, String field) {
        String id = node.path(field).asText("");
        if (!id.matches(ID)) {
            throw MalformedDataException.at(
                    file,
                    0,
                    field
                            + " is '"
                            + TextRows.Row.clip(id)
                            + "', accepted are 1 .. 128 of A-Z a-z 0-9 . _ - /");
        }
        return id;
    }

    /** A plain name below the manifest's folder: nothing that leads elsewhere. */
    private static String folder(String file, String name) {
        if (!name.matches("[A-Za-z0-9._-]{1,128}") || name.equals("..")) {
            throw MalformedDataException.at(
                    file,
                    0,
                    "folder '"
                            + TextRows.Row.clip(name)
                            + "', accepted is one name of A-Z a-z 0-9 . _ -");
        }
        return name;
    }

    private static RigidTransform pose(String file, JsonNode rows) {
        if (rows.isMissingNode()) {
            return RigidTransform.IDENTITY;
        }
        double[] m = new double[rows.size()];
        for (int i = 0; i < m.length && i < 16; i++) {
            m[i] = rows.get(i) == null ? Double.NaN : rows.get(i).asDouble(Double.NaN);
        }
        try {
            return RigidTransform.ofRows(m);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(
                    file + ": byte 0: egoFromSensor: " + e.getMessage(), e);
        }
    }

    byte[] toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", VERSION);
        root.put("driveId", driveId);
        root.put("periodNanos", periodNanos);
        root.put("labels", labelsAllAround ? "all-around" : "unknown");
        ArrayNode list = root.putArray("sensors");
        for (int i = 0; i < sensors.size(); i++) {
            ObjectNode node = list.addObject();
            node.put("vehicleId", sensors.get(i).vehicleId());
            node.put("sensorId", sensors.get(i).sensorId());
            node.put("folder", folders.get(i));
            ArrayNode m = node.putArray("egoFromSensor");
            for (double v : sensors.get(i).egoFromSensor().toRows()) {
                m.add(v);
            }
        }
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
