package io.azimuth.connectors.kafka;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;
import java.util.Set;

/** Sweeps from memory; those at the given indices cannot be read. */
record ListSource(List<Sweep> sweeps, Set<Integer> broken) implements SweepSource {
    ListSource(List<Sweep> sweeps) {
        this(sweeps, Set.of());
    }

    @Override
    public int size() {
        return sweeps.size();
    }

    @Override
    public Entry entry(int index) {
        Sweep s = sweeps.get(index);
        return new Entry(
                s.vehicleId(), s.sensorId(), s.driveId(), s.seq(), s.startNanos(), s.endNanos());
    }

    @Override
    public Sweep read(int index, PointCloud reuse) {
        if (broken.contains(index)) {
            throw new MalformedDataException("velodyne/%d.bin: byte 17 is bad".formatted(index));
        }
        return sweeps.get(index);
    }
}
