package io.azimuth.connectors.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.azimuth.connectors.wire.proto.Contract;
import java.io.IOException;

/**
 * A look over a message's fields before any object is made of them: a parser turns two bytes of an
 * empty sub-message into a hundred bytes of objects, so that a value of 8 MiB could fill the heap.
 */
final class SweepOutline {
    private static final int MAX_FIELDS = 1000;
    private static final int MAX_PART_BYTES = 64 << 10;

    private SweepOutline() {}

    /**
     * @throws MalformedSweepException if the value holds more, or larger, fields than any sweep
     * @throws IOException if it is no protobuf message
     */
    static void check(byte[] value) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(value);
        int fields = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int wire = WireFormat.getTagWireType(tag);
            boolean group =
                    wire == WireFormat.WIRETYPE_START_GROUP
                            || wire == WireFormat.WIRETYPE_END_GROUP;
            if (group || ++fields > MAX_FIELDS) {
                throw refused(value, group ? "a group" : "more than " + MAX_FIELDS + " fields");
            }
            if (wire != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                in.skipField(tag);
                continue;
            }
            int number = WireFormat.getTagFieldNumber(tag);
            int size = in.readRawVarint32();
            if (size > MAX_PART_BYTES && isMessage(number)) {
                throw refused(value, "%d bytes in field %d".formatted(size, number));
            }
            in.skipRawBytes(size);
        }
    }

    private static boolean isMessage(int number) {
        return number == Contract.Sweep.COLUMNS_FIELD_NUMBER
                || number == Contract.Sweep.EGO_FROM_SENSOR_FIELD_NUMBER
                || number == Contract.Sweep.BEAMS_FIELD_NUMBER;
    }

    private static MalformedSweepException refused(byte[] value, String what) {
        return new MalformedSweepException(
                SweepFault.NOT_A_SWEEP,
                "sweep record of %d bytes holds %s, which no azimuth.v1.Sweep has"
                        .formatted(value.length, what));
    }
}
