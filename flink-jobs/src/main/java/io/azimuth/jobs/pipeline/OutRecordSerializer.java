package io.azimuth.jobs.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** For {@link OutRecord}; sinks are chained, so it runs only if someone breaks the chain. */
final class OutRecordSerializer extends RecordSerializer<OutRecord> {
    private static final long serialVersionUID = 1L;
    static final RecordTypeInfo<OutRecord> TYPE =
            new RecordTypeInfo<>(OutRecord.class, new OutRecordSerializer());

    @Override
    int version() {
        return 1;
    }

    @Override
    void write(OutRecord r, DataOutputView out) throws IOException {
        out.writeUTF(r.topic());
        out.writeInt(r.partition());
        Fields.writeBytes(r.key(), out);
        Fields.writeBytes(r.value(), out);
        out.writeInt(r.headers().size());
        for (OutRecord.Header h : r.headers()) {
            out.writeUTF(h.name());
            Fields.writeBytes(h.value(), out);
        }
    }

    @Override
    OutRecord read(int version, DataInputView in) throws IOException {
        String topic = in.readUTF();
        int partition = in.readInt();
        byte[] key = Fields.readBytes(in);
        byte[] value = Fields.readBytes(in);
        int count = Fields.readCount(in);
        List<OutRecord.Header> headers = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            headers.add(new OutRecord.Header(in.readUTF(), Fields.readBytes(in)));
        }
        return new OutRecord(topic, partition, key, value, headers);
    }

    @Override
    public TypeSerializerSnapshot<OutRecord> snapshotConfiguration() {
        return new Form();
    }

    /** Stored in checkpoints; its name must stay. */
    public static final class Form extends Snapshot<OutRecord> {
        @Override
        RecordSerializer<OutRecord> serializer() {
            return new OutRecordSerializer();
        }
    }
}
