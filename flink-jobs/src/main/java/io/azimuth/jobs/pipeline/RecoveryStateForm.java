package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.OdometryState;
import io.azimuth.registration.recovery.FitLevel;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.Place;
import io.azimuth.registration.recovery.RecoveryState;
import io.azimuth.registration.recovery.Search;
import io.azimuth.registration.recovery.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of {@link RecoveryState}; the one place that knows its fields. */
final class RecoveryStateForm {
    /** By their stored number; only ever add at the end. */
    private static final List<JudgedPose.Reason> CAUSES =
            List.of(
                    JudgedPose.Reason.GAP,
                    JudgedPose.Reason.JUMP,
                    JudgedPose.Reason.DEGENERATE_STRETCH);

    private RecoveryStateForm() {}

    static void write(RecoveryState s, DataOutputView out) throws IOException {
        OdometryStateForm.write(s.odometry(), out);
        out.writeInt(s.places().size());
        for (Place place : s.places()) {
            out.writeLong(place.seq());
            OdometryStateForm.writeFrame(place.frame(), out);
        }
        out.writeInt(s.fit().count());
        out.writeDouble(s.fit().inlierRatio());
        out.writeDouble(s.fit().rmseM());
        out.writeInt(s.degenerateSweeps());
        Search search = s.search();
        out.writeBoolean(search != null);
        if (search != null) {
            write(search, out);
        }
    }

    private static void write(Search s, DataOutputView out) throws IOException {
        out.writeByte(CAUSES.indexOf(s.cause()));
        out.writeLong(s.lastGoodNanos());
        out.writeLong(s.sinceNanos());
        Fields.writeDoubles(s.odomFromProbe().toRows(), out);
        out.writeInt(s.tried());
        out.writeInt(s.sightings().size());
        for (Sighting seen : s.sightings()) {
            Fields.writeDoubles(seen.odomFromProbe().toRows(), out);
            out.writeLong(seen.placeSeq());
            out.writeDouble(seen.overlap());
            out.writeDouble(seen.score());
            out.writeDouble(seen.margin());
        }
    }

    static RecoveryState read(DataInputView in) throws IOException {
        OdometryState odometry = OdometryStateForm.read(in);
        int count = Fields.readCount(in);
        List<Place> places = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            places.add(new Place(in.readLong(), OdometryStateForm.readFrame(in)));
        }
        FitLevel fit = new FitLevel(in.readInt(), in.readDouble(), in.readDouble());
        int degenerateSweeps = in.readInt();
        Search search = in.readBoolean() ? readSearch(in) : null;
        return new RecoveryState(odometry, places, fit, degenerateSweeps, search);
    }

    private static Search readSearch(DataInputView in) throws IOException {
        int cause = in.readUnsignedByte();
        if (cause >= CAUSES.size()) {
            throw new IOException(
                    "cause of a search is " + cause + ", expected 0 .. " + (CAUSES.size() - 1));
        }
        long lastGoodNanos = in.readLong();
        long sinceNanos = in.readLong();
        RigidTransform odomFromProbe = RigidTransform.ofRows(Fields.readDoubles(12, in));
        int tried = in.readInt();
        int count = Fields.readCount(in);
        List<Sighting> sightings = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            sightings.add(
                    new Sighting(
                            RigidTransform.ofRows(Fields.readDoubles(12, in)),
                            in.readLong(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble()));
        }
        return new Search(
                CAUSES.get(cause), lastGoodNanos, sinceNanos, odomFromProbe, tried, sightings);
    }
}
