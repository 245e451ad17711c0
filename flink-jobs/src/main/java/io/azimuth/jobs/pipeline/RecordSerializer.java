package io.azimuth.jobs.pipeline;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Base of the serializers of our immutable types: a version byte, then the fields. Bytes that end
 * early throw {@code EOFException}; a version that this build does not know throws too. Stateless,
 * so one instance serves all threads.
 */
abstract class RecordSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** The version that is written. */
    abstract int version();

    abstract void write(T value, DataOutputView out) throws IOException;

    /**
     * @param version 1 .. {@link #version()}
     */
    abstract T read(int version, DataInputView in) throws IOException;

    @Override
    public void serialize(T value, DataOutputView out) throws IOException {
        out.writeByte(version());
        write(value, out);
    }

    @Override
    public T deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > version()) {
            throw new IOException(
                    "%s: bytes have version %d, expected 1 .. %d; run the release that wrote them"
                            .formatted(getClass().getSimpleName(), version, version()));
        }
        try {
            return read(version, in);
        } catch (IllegalArgumentException e) { // a value that the type itself refuses
            throw new IOException(getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    @SuppressWarnings("NullAway") // Flink's signature predates nullness annotations
    public T createInstance() {
        return null; // no element is ever reused
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object o) {
        return o != null && o.getClass() == getClass();
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }

    /**
     * What a checkpoint says of a serializer. Because every value carries its version, newer builds
     * read all older bytes; older builds refuse newer ones before they touch the state.
     */
    abstract static class Snapshot<T> implements TypeSerializerSnapshot<T> {
        private int writtenVersion;

        abstract RecordSerializer<T> serializer();

        @Override
        public int getCurrentVersion() {
            return 1; // of the snapshot's own form: one int
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeInt(serializer().version());
        }

        @Override
        public void readSnapshot(int form, DataInputView in, ClassLoader loader)
                throws IOException {
            writtenVersion = in.readInt();
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return serializer();
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
                TypeSerializerSnapshot<T> old) {
            boolean readable =
                    old.getClass() == getClass()
                            && ((Snapshot<?>) old).writtenVersion <= serializer().version();
            return readable
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
