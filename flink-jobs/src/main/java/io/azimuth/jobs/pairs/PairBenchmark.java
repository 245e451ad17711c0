package io.azimuth.jobs.pairs;

import io.azimuth.connectors.format.CloudBytes;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Registers all pairs of a set by one method and counts. The target is prepared before the clock
 * starts, and once for pairs in a row that share it: a map knows its places beforehand.
 */
public final class PairBenchmark {
    private static final double NANOS_A_MILLI = 1e6;

    private final PairTurn turn;
    private final long seed;
    private final LongSupplier cpuNanos;
    private final CloudBytes bytes = new CloudBytes();
    private final CloudFormats formats = CloudFormats.installed();

    /**
     * @param seed of the turns
     * @param cpuNanos CPU time of the calling thread
     */
    public PairBenchmark(PairTurn turn, long seed, LongSupplier cpuNanos) {
        this.turn = turn;
        this.seed = seed;
        this.cpuNanos = cpuNanos;
    }

    private record Target(Path file, PairTurn.Drawn turns, PairMethod.Prepared prepared) {}

    /**
     * @param estimates what is in it already is counted, not done again
     * @param progress told how many pairs are done, one by one
     * @throws io.azimuth.perception.geometry.MalformedDataException before any pair is done, if an
     *     estimate is of other scans, or was made in another way
     */
    public PairTally run(
            PairCases set, PairMethod method, PairEstimates estimates, IntConsumer progress)
            throws IOException {
        PairTally tally = new PairTally();
        for (PairCase pair : set.cases()) {
            if (estimates.has(pair.truth())) {
                estimates.require(pair.truth(), PairOrigin.of(pair, turn, seed, method));
            }
        }
        Target last = null;
        for (int i = 0; i < set.cases().size(); i++) {
            PairCase pair = set.cases().get(i);
            PairTruth truth = pair.truth();
            if (!estimates.has(truth)) {
                last = register(pair, method, last, estimates);
            }
            tally.add(estimates.judged(truth));
            progress.accept(i + 1);
        }
        return tally;
    }

    private Target register(
            PairCase pair, PairMethod method, @Nullable Target last, PairEstimates estimates)
            throws IOException {
        PairTruth truth = pair.truth();
        PairTurn.Drawn turns = turn.draw(seed, truth.target(), truth.source());
        Target target = last;
        if (target == null || !target.file.equals(pair.target()) || turn == PairTurn.SO3) {
            PointCloud cloud = PairTurn.turned(read(pair.target()), turns.target());
            target = new Target(pair.target(), turns, method.prepare(cloud));
        }
        PointCloud source = PairTurn.turned(read(pair.source()), turns.source());
        long begun = cpuNanos.getAsLong();
        PairOutcome said = target.prepared.register(source, RigidTransform.IDENTITY);
        double millis = (cpuNanos.getAsLong() - begun) / NANOS_A_MILLI;
        RigidTransform found = inFiles(said.targetFromSource(), turns);
        estimates.addFinalists(
                truth,
                said.finalists().stream()
                        .map(
                                f ->
                                        new PairOutcome.Finalist(
                                                inFiles(f.targetFromSource(), turns), f.evidence()))
                        .toList());
        estimates.add(truth, PairOrigin.of(pair, turn, seed, method), said, found, millis);
        return target;
    }

    /** Back to the frames of the files. */
    private static RigidTransform inFiles(RigidTransform pose, PairTurn.Drawn turns) {
        return turns.target().inverse().times(pose).times(turns.source());
    }

    private PointCloud read(Path file) throws IOException {
        bytes.load(file);
        PointCloud cloud = new PointCloud();
        formats.of(bytes).read(bytes, cloud, new ReadReport());
        return cloud;
    }
}
