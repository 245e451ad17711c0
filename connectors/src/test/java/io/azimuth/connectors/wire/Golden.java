package io.azimuth.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The records of {@code golden/wire/make.py} and what its twin says they hold. */
final class Golden {
    static final JsonNode TWIN = twin();

    private Golden() {}

    static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/wire/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Origin origin() {
        JsonNode o = TWIN.get("origin");
        return new Origin(
                o.get("event_id").asText(),
                o.get("vehicle_id").asText(),
                o.get("sensor_id").asText(),
                o.get("drive_id").asText(),
                o.get("seq").asLong());
    }

    static long startNanos() {
        return TWIN.get("head").get("start_ns").asLong();
    }

    static long endNanos() {
        return TWIN.get("head").get("end_ns").asLong();
    }

    static RigidTransform transform(String name) {
        double[] t = doubles(TWIN.get(name));
        return RigidTransform.ofQuaternion(t[0], t[1], t[2], t[3], t[4], t[5], t[6]);
    }

    static OrientedBox box(JsonNode node) {
        double[] b = doubles(node);
        return new OrientedBox(b[0], b[1], b[2], b[3], b[4], b[5], b[6]);
    }

    static ObjectClass objectClass(JsonNode number) {
        return ObjectClass.values()[number.asInt()];
    }

    static double[] doubles(JsonNode node) {
        double[] out = new double[node.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = node.get(i).asDouble();
        }
        return out;
    }

    static Sweep sweep(String name) {
        JsonNode s = TWIN.get("sweeps").get(name);
        JsonNode sector = s.get("sector");
        JsonNode beams = s.get("beams");
        Origin origin = origin();
        return new Sweep(
                origin.vehicleId(),
                origin.sensorId(),
                origin.driveId(),
                origin.seq(),
                startNanos(),
                endNanos(),
                sector == null
                        ? Sweep.Sector.WHOLE
                        : new Sweep.Sector(sector.get(0).asInt(), sector.get(1).asInt()),
                transform("ego_from_sensor"),
                beams == null
                        ? null
                        : new BeamTable(
                                doubles(beams.get("elevation_rad")), beams.get("columns").asInt()),
                cloud(s.get("points")));
    }

    static SweepEncoding encoding(String name) {
        return SweepEncoding.valueOf(TWIN.get("sweeps").get(name).get("encoding").asText());
    }

    private static PointCloud cloud(JsonNode points) {
        PointCloud cloud = new PointCloud();
        for (JsonNode p : points) {
            cloud.add(
                    p.get("x").floatValue(),
                    p.get("y").floatValue(),
                    p.get("z").floatValue(),
                    p.get("intensity").floatValue(),
                    p.get("ring").asInt(),
                    p.get("time_ns").asInt());
        }
        cloud.declare(true, true);
        return cloud;
    }

    private static JsonNode twin() {
        try {
            return new ObjectMapper().readTree(bytes("wire.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
