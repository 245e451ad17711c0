package io.azimuth.perception.evaluation.motion;

import io.azimuth.perception.evaluation.motion.MotionScores.Errors;
import io.azimuth.perception.evaluation.motion.MovingBox.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds pairs up. Not thread-safe. */
final class MotionTally {
    private final Kind standing = new Kind(Said.STANDS, Said.MOVES);
    private final Kind moving = new Kind(Said.MOVES, Said.STANDS);
    private final Kind between = new Kind(Said.NOTHING, Said.NOTHING);

    /**
     * @param truth velocity of the object along the axes of the track's; null if not known
     */
    void add(MovingBox track, double @Nullable [] truth) {
        if (truth == null) {
            return;
        }
        double error = Math.hypot(track.velocityX() - truth[0], track.velocityY() - truth[1]);
        double speed = Math.hypot(truth[0], truth[1]);
        Kind kind =
                speed < MotionScores.STANDING_MPS
                        ? standing
                        : speed > MotionScores.MOVING_MPS ? moving : between;
        kind.add(error, track.said());
    }

    MotionScores scores() {
        List<Double> all = new ArrayList<>(standing.errors);
        all.addAll(between.errors);
        all.addAll(moving.errors);
        return new MotionScores(
                standing.errors(),
                moving.errors(),
                errors(all, standing.right + moving.right, standing.wrong + moving.wrong));
    }

    private static Errors errors(List<Double> values, int right, int wrong) {
        List<Double> sorted = values.stream().sorted().toList();
        double sum = 0;
        for (double v : sorted) {
            sum += v * v;
        }
        int n = sorted.size();
        return n == 0
                ? new Errors(0, Double.NaN, Double.NaN, 0, 0)
                : new Errors(n, sorted.get(n / 2), Math.sqrt(sum / n), right, wrong);
    }

    /** Pairs of one kind. */
    private static final class Kind {
        final List<Double> errors = new ArrayList<>();
        private final Said rightly;
        private final Said wrongly;
        int right;
        int wrong;

        Kind(Said rightly, Said wrongly) {
            this.rightly = rightly;
            this.wrongly = wrongly;
        }

        void add(double error, Said said) {
            errors.add(error);
            if (said != Said.NOTHING) {
                right += said == rightly ? 1 : 0;
                wrong += said == wrongly ? 1 : 0;
            }
        }

        Errors errors() {
            return MotionTally.errors(errors, right, wrong);
        }
    }
}
