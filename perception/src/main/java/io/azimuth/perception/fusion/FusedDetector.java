package io.azimuth.perception.fusion;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * The learned detector's objects with a score that also heeds the geometric detector: one that both
 * saw becomes likelier, one that only the network saw less likely. The two err in different places:
 * a network mistakes what looks strange, geometry what touches. Not thread-safe.
 *
 * <p>Odds are added as in a logistic model: {@code logit p = slope logit(learned) + support
 * logit(geometric) + offset} with a supporting box of the same kind near, else {@code slope
 * logit(learned) - missing}.
 */
public final class FusedDetector implements Detector {
    private static final double LEAST = 1e-3;

    private final FusionConfig config;
    private final Detector learned;
    private final Detector geometric;

    /** Takes both detectors over and closes them. */
    public FusedDetector(FusionConfig config, Detector learned, Detector geometric) {
        this.config = config;
        this.learned = learned;
        this.geometric = geometric;
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        List<Detection> seen = geometric.detect(sweep);
        List<Detection> out = new ArrayList<>();
        for (Detection d : learned.detect(sweep)) {
            double score = fused(d, seen);
            if (score >= config.minScore()) {
                out.add(
                        new Detection(
                                d.box(),
                                d.objectClass(),
                                score,
                                d.headingKnown(),
                                d.points(),
                                d.timeOffsetNanos()));
            }
        }
        out.sort(Detection.ORDER);
        return out;
    }

    private double fused(Detection d, List<Detection> seen) {
        double best = support(d, seen, config.nearM());
        double odds = config.slope() * logit(d.score());
        odds += best > 0 ? config.support() * logit(best) + config.offset() : -config.missing();
        return 1 / (1 + StrictMath.exp(-odds));
    }

    /** Best score of a box of the same kind within {@code nearM}, 0 if there is none. */
    static double support(Detection d, List<Detection> seen, double nearM) {
        double best = 0;
        for (Detection g : seen) {
            double dx = g.box().x() - d.box().x();
            double dy = g.box().y() - d.box().y();
            if (group(g.objectClass()) == group(d.objectClass())
                    && dx * dx + dy * dy <= nearM * nearM) {
                best = Math.max(best, g.score());
            }
        }
        return best;
    }

    static double logit(double p) {
        double s = Math.max(LEAST, Math.min(1 - LEAST, p));
        return StrictMath.log(s / (1 - s));
    }

    private static ObjectClass group(ObjectClass c) {
        return c.isVehicle() ? ObjectClass.CAR : c;
    }

    @Override
    public void close() {
        try (learned;
                geometric) {
            // both hold memory of their own
        }
    }
}
