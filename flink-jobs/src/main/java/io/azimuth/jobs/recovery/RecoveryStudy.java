package io.azimuth.jobs.recovery;

import io.azimuth.jobs.recovery.TrialResult.Outcome;
import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TownFamily;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.PoseVerdict;
import io.azimuth.registration.recovery.RecoveringOdometry;
import io.azimuth.registration.recovery.RecoveryState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Drives through a town, breaks the drive in every way of {@link Trial}, and judges by the
 * simulator's truth what the odometry makes of it.
 */
public final class RecoveryStudy {
    /** Sweeps before the event, at least. */
    private static final int BEFORE = 60;

    private static final int LATEST = 120;
    private static final int AFTER = 40;
    private static final int MISSED = 30;
    private static final double CARRIED_M = 20;
    private static final double GAP_M = 30;
    private static final double LIMIT_M = 0.6;
    private static final double LIMIT_DEG = 1.5;
    private static final int SECOND = 10;

    private final OdometryConfig config = OdometryConfig.defaults();
    private final WorldSensor sensor;
    private final List<TrialResult> results = new ArrayList<>();

    public RecoveryStudy(WorldSensor sensor) {
        this.sensor = sensor;
    }

    /** Runs all trials in one town; rows go to {@code out} as they are known. */
    public void run(TownFamily family, long seed, Consumer<String> out) {
        for (TrialResult r : trials(family, seed)) {
            results.add(r);
            out.accept(RecoveryText.row(sensor, r));
        }
    }

    /** A table of all towns so far, in Markdown. */
    public List<String> summary() {
        return RecoveryText.summary(results);
    }

    /** Jumps are found or said to be lost, gaps bridged, strange towns strange; nothing false. */
    public boolean barsHold() {
        return results.stream().allMatch(TrialResult::good);
    }

    List<TrialResult> trials(TownFamily family, long seed) {
        TownDrive town = town(family, seed);
        int event = eventIndex(town);
        Journey journey = new Journey(config);
        RecoveringOdometry odometry = new RecoveringOdometry(config);
        Placed last = new Placed(RigidTransform.IDENTITY, RigidTransform.IDENTITY);
        for (int i = 0; i < event; i++) {
            Journey.Step step = journey.next(town, i, 0);
            JudgedPose pose = odometry.update(step.sweep());
            last = new Placed(step.worldFromSensor(), pose.estimate().odomFromSensor());
        }
        List<TrialResult> out = new ArrayList<>();
        for (Trial trial : Trial.values()) {
            out.add(
                    new Run(town, seed, event, trial, last)
                            .judge(journey.branch(config), odometry.state()));
        }
        return out;
    }

    private TownDrive town(TownFamily family, long seed) {
        return new TownDrive(
                TownConfig.of(seed)
                        .withFamily(family)
                        .withSensors(sensor.model())
                        .withSweeps(LATEST + MISSED + 2 * AFTER + 50));
    }

    /** Where 3 s of driving come nearest to 30 m. */
    private static int eventIndex(TownDrive town) {
        int best = BEFORE;
        for (int i = BEFORE; i <= LATEST; i++) {
            double off = Math.abs(apart(town, i - 1, i + MISSED) - GAP_M);
            best = off < Math.abs(apart(town, best - 1, best + MISSED) - GAP_M) ? i : best;
        }
        return best;
    }

    private static double apart(TownDrive town, int i, int j) {
        RigidTransform a = town.worldFromSensor(0, 0, town.startNanos(0, 0, i));
        RigidTransform b = town.worldFromSensor(0, 0, town.startNanos(0, 0, j));
        return a.inverse().times(b).translationNorm();
    }

    private record Placed(RigidTransform worldFromSensor, RigidTransform odomFromSensor) {}

    /** One trial in one town. */
    private final class Run {
        private final TownDrive town;
        private final long seed;
        private final int event;
        private final Trial trial;
        private final Placed last;
        private RigidTransform firstTruth = RigidTransform.IDENTITY;
        private double maxMillis;
        private double millisToVerdict;
        private int sweepsToVerdict;
        private double errorM = Double.NaN;
        private double errorDeg = Double.NaN;

        Run(TownDrive town, long seed, int event, Trial trial, Placed last) {
            this.town = town;
            this.seed = seed;
            this.event = event;
            this.trial = trial;
            this.last = last;
        }

        TrialResult judge(Journey journey, RecoveryState state) {
            TownDrive drive = town;
            int from = event;
            double yaw = Math.PI / 2;
            switch (trial) {
                case JUMP_BACK -> from = carried(-1);
                case JUMP_AHEAD -> from = carried(1);
                case GAP -> {
                    journey.miss(MISSED, town.startNanos(0, 0, 1) - town.startNanos(0, 0, 0));
                    from = event + MISSED;
                    yaw = 0;
                }
                case OTHER_TOWN -> {
                    drive = town(town.config().family(), seed + 1000);
                    from = BEFORE;
                }
            }
            return drive(journey, state, drive, from, yaw);
        }

        /** The sweep of the drive that lies nearest to 20 m away. */
        private int carried(int direction) {
            int best = event;
            for (int i = event; i >= 0 && i < event + 100; i += direction) {
                double off = Math.abs(apart(town, event - 1, i) - CARRIED_M);
                best = off < Math.abs(apart(town, event - 1, best) - CARRIED_M) ? i : best;
            }
            return best;
        }

        private TrialResult drive(
                Journey journey, RecoveryState state, TownDrive drive, int from, double yaw) {
            RecoveringOdometry odometry = RecoveringOdometry.resume(config, state);
            Outcome outcome = Outcome.UNNOTICED;
            double afterS = Double.NaN;
            int secondAfter = AFTER;
            for (int k = 0; k < AFTER && k <= secondAfter; k++) {
                Journey.Step step = journey.next(drive, from + k, yaw);
                firstTruth = k == 0 ? step.worldFromSensor() : firstTruth;
                JudgedPose pose = timed(odometry, step, outcome == Outcome.UNNOTICED);
                if (pose.verdict() == PoseVerdict.LOST) {
                    outcome = Outcome.LOST;
                    afterS = k * 0.1;
                    break;
                }
                if (outcome == Outcome.UNNOTICED && pose.verdict() == PoseVerdict.RECOVERED) {
                    outcome = Outcome.FOUND;
                    afterS = k * 0.1;
                    secondAfter = k + SECOND;
                    measure(step, pose);
                }
            }
            if (outcome == Outcome.FOUND && !(errorM <= LIMIT_M && errorDeg <= LIMIT_DEG)) {
                outcome = Outcome.FALSE;
            }
            return new TrialResult(
                    town.config().family(),
                    seed,
                    trial,
                    outcome,
                    trial == Trial.OTHER_TOWN
                            ? Double.NaN
                            : last.worldFromSensor.inverse().times(firstTruth).translationNorm(),
                    afterS,
                    errorM,
                    errorDeg,
                    maxMillis,
                    millisToVerdict / Math.max(1, sweepsToVerdict));
        }

        private JudgedPose timed(
                RecoveringOdometry odometry, Journey.Step step, boolean searching) {
            var threads = ManagementFactory.getThreadMXBean();
            long begun = threads.getCurrentThreadCpuTime();
            JudgedPose pose = odometry.update(step.sweep());
            double millis = 1e-6 * (threads.getCurrentThreadCpuTime() - begun);
            maxMillis = Math.max(maxMillis, millis);
            if (searching) {
                millisToVerdict += millis;
                sweepsToVerdict++;
            } else {
                measure(step, pose);
            }
            return pose;
        }

        /** In another town every pose in the old frame is infinitely wrong. */
        private void measure(Journey.Step step, JudgedPose pose) {
            RigidTransform truth = last.worldFromSensor.inverse().times(step.worldFromSensor());
            RigidTransform found =
                    last.odomFromSensor.inverse().times(pose.estimate().odomFromSensor());
            RigidTransform off = truth.inverse().times(found);
            double metres = trial == Trial.OTHER_TOWN ? 1e9 : off.translationNorm();
            errorM = Double.isNaN(errorM) ? metres : Math.max(errorM, metres);
            double deg = Math.toDegrees(off.angleRad());
            errorDeg = Double.isNaN(errorDeg) ? deg : Math.max(errorDeg, deg);
        }
    }
}
