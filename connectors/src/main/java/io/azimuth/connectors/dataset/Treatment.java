package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was left out of one frame, and where its boxes are complete.
 *
 * @param ringStep every how manyth beam was kept
 * @param ringPhase the first beam that was kept
 * @param columnStep every how manyth column was kept
 * @param kept share of the points of those that was kept, by chance
 * @param sectorFromRad azimuth at which labels begin
 * @param sectorToRad azimuth at which they end, counter-clockwise
 */
record Treatment(
        int ringStep,
        int ringPhase,
        int columnStep,
        double kept,
        double sectorFromRad,
        double sectorToRad) {

    static Treatment thinned(int ringStep, int columnStep, int ringPhase, double kept) {
        return new Treatment(ringStep, ringPhase, columnStep, kept, -Math.PI, Math.PI);
    }

    /** Whole sweeps, labelled within a sector. */
    static Treatment sector(double fromRad, double toRad) {
        return new Treatment(1, 0, 1, 1, fromRad, toRad);
    }

    private boolean takesAll() {
        return ringStep == 1 && columnStep == 1 && kept >= 1;
    }

    /**
     * The sweep that is left; itself if nothing is left out.
     *
     * @param columns of a rotation
     */
    SimulatedSweep thinned(SimulatedSweep made, int columns, Draws draws) {
        if (takesAll()) {
            return made;
        }
        PointCloud from = made.sweep().points();
        PointCloud to = new PointCloud(from.size());
        int[] labels = new int[from.size()];
        double perNano = (double) columns / made.sweep().durationNanos();
        Map<Integer, Integer> counts = new HashMap<>(); // looked up only
        for (int i = 0; i < from.size(); i++) {
            int column = (int) Math.floor(from.timeOffsetNanos()[i] * perNano + 0.5);
            boolean chosen =
                    from.ringOf(i) % ringStep == ringPhase
                            && Math.floorMod(column, columnStep) == 0;
            if (!chosen || kept < 1 && !draws.chance(kept)) {
                continue;
            }
            int label = made.pointLabels()[i];
            labels[to.size()] = label;
            counts.merge(label, 1, Integer::sum);
            to.add(
                    from.x()[i],
                    from.y()[i],
                    from.z()[i],
                    from.intensity()[i],
                    from.ringOf(i),
                    from.timeOffsetNanos()[i]);
        }
        to.declare(from.hasRing(), from.hasTime());
        List<TruthBox> boxes = new ArrayList<>();
        for (TruthBox b : made.boxes()) {
            boxes.add(withPoints(b, counts.getOrDefault(b.objectId(), 0)));
        }
        return new SimulatedSweep(
                withPoints(made.sweep(), to),
                made.worldFromSensor(),
                made.firstFromSensor(),
                boxes,
                Arrays.copyOf(labels, to.size()));
    }

    private static TruthBox withPoints(TruthBox b, int points) {
        return new TruthBox(
                b.objectId(),
                b.objectClass(),
                b.box(),
                b.velocityX(),
                b.velocityY(),
                b.velocityZ(),
                points);
    }

    private static Sweep withPoints(Sweep s, PointCloud points) {
        return new Sweep(
                s.vehicleId(),
                s.sensorId(),
                s.driveId(),
                s.seq(),
                s.startNanos(),
                s.endNanos(),
                s.sector(),
                s.egoFromSensor(),
                null, // the pattern is no longer whole
                points);
    }
}
