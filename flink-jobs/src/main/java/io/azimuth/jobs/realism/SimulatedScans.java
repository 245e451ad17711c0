package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.List;

/** Scans of simulated towns. */
final class SimulatedScans {
    /**
     * Cars farther to the side are left out, as in KITTI's labels: the boxes hold for mid-sweep,
     * and what is measured long before or after has moved against them.
     */
    private static final double SIDE_RAD = Math.PI / 4;

    private final List<TownConfig> towns;
    private final int every;

    /**
     * @param every so many sweeps of a town one is measured
     */
    SimulatedScans(List<TownConfig> towns, int every) {
        this.towns = List.copyOf(towns);
        this.every = every;
    }

    void visit(ScanVisitor visitor) {
        for (TownConfig town : towns) {
            TownDrive drive = new TownDrive(town);
            for (int i = 0; i < drive.sweepCount(); i += every) {
                SimulatedSweep s = drive.sweep(0, 0, i);
                visitor.visit(new Scan(s.sweep(), cars(s), s.pointLabels()), true);
            }
        }
    }

    private static List<CarBox> cars(SimulatedSweep s) {
        List<CarBox> out = new ArrayList<>();
        for (TruthBox b : s.boxes()) {
            boolean car = b.objectClass() == ObjectClass.CAR || b.objectClass() == ObjectClass.VAN;
            double side = Math.abs(Math.atan2(b.box().y(), b.box().x()));
            if (car && side < SIDE_RAD && b.points() > 0) {
                out.add(new CarBox(b.box(), true));
            }
        }
        return out;
    }
}
