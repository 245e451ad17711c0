package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.ReducedSweep;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries {@link SweepProduct} over the sensor-keyed edge. */
final class SweepProductSerializer extends RecordSerializer<SweepProduct> {
    private static final long serialVersionUID = 1L;
    static final RecordTypeInfo<SweepProduct> TYPE =
            new RecordTypeInfo<>(SweepProduct.class, new SweepProductSerializer());

    @Override
    int version() {
        return 3; // 1: detections without recognition; 2: without points
    }

    @Override
    void write(SweepProduct p, DataOutputView out) throws IOException {
        Fields.writeTag(p.tag(), out);
        Fields.writeDoubles(p.egoFromSensor().toRows(), out);
        Fields.writeReduced(p.reduced(), out);
        Fields.writeDetections(p.detections(), out);
    }

    @Override
    SweepProduct read(int version, DataInputView in) throws IOException {
        SweepTag tag = Fields.readTag(in);
        RigidTransform egoFromSensor = RigidTransform.ofRows(Fields.readDoubles(12, in));
        ReducedSweep reduced = Fields.readReduced(in);
        return new SweepProduct(tag, egoFromSensor, reduced, Fields.readDetections(version, in));
    }

    @Override
    public TypeSerializerSnapshot<SweepProduct> snapshotConfiguration() {
        return new Form();
    }

    /** Stored in checkpoints; its name must stay. */
    public static final class Form extends Snapshot<SweepProduct> {
        @Override
        RecordSerializer<SweepProduct> serializer() {
            return new SweepProductSerializer();
        }
    }
}
