package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;

/** Shapes that several messages share, to and from the contract. */
final class GeometryMessages {
    private static final ObjectClass[] CLASSES = ObjectClass.values();

    private GeometryMessages() {}

    static Contract.Transform toProto(RigidTransform t) {
        double[] q = t.quaternion();
        return Contract.Transform.newBuilder()
                .setTx(t.tx())
                .setTy(t.ty())
                .setTz(t.tz())
                .setQx(q[0])
                .setQy(q[1])
                .setQz(q[2])
                .setQw(q[3])
                .build();
    }

    /**
     * @throws IllegalArgumentException if the quaternion is no unit one or a number is not finite
     */
    static RigidTransform fromProto(Contract.Transform t) {
        return RigidTransform.ofQuaternion(
                t.getTx(), t.getTy(), t.getTz(), t.getQx(), t.getQy(), t.getQz(), t.getQw());
    }

    static Contract.Box toProto(OrientedBox b) {
        return Contract.Box.newBuilder()
                .setX(b.x())
                .setY(b.y())
                .setZ(b.z())
                .setLength(b.length())
                .setWidth(b.width())
                .setHeight(b.height())
                .setYaw(b.yawRad())
                .build();
    }

    /**
     * @throws IllegalArgumentException if it is no box
     */
    static OrientedBox fromProto(Contract.Box b) {
        return new OrientedBox(
                b.getX(),
                b.getY(),
                b.getZ(),
                b.getLength(),
                b.getWidth(),
                b.getHeight(),
                b.getYaw());
    }

    static Contract.BeamTable toProto(BeamTable table) {
        Contract.BeamTable.Builder out =
                Contract.BeamTable.newBuilder().setColumns(table.columns());
        for (double elevation : table.elevationRad()) {
            out.addElevationRad(elevation);
        }
        return out.build();
    }

    static Contract.ObjectClass toProto(ObjectClass objectClass) {
        return Contract.ObjectClass.forNumber(objectClass.ordinal());
    }

    /** A class that this version does not know comes back as {@link ObjectClass#UNKNOWN}. */
    static ObjectClass objectClass(int number) {
        return number >= 0 && number < CLASSES.length ? CLASSES[number] : ObjectClass.UNKNOWN;
    }

    static MalformedDataException malformed(Origin origin, String type, RuntimeException cause) {
        return new MalformedDataException(
                "%s of %s/%d (event %s): %s"
                        .formatted(
                                type,
                                origin.sensorId(),
                                origin.seq(),
                                origin.eventId(),
                                cause.getMessage()),
                cause);
    }
}
