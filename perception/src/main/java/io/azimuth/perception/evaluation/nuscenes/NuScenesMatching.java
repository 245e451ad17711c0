package io.azimuth.perception.evaluation.nuscenes;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detections of one class over all samples, surest first, each with the nearest label still free.
 * Equal scores are ordered by sample, then position: the order of the lists is nothing.
 */
final class NuScenesMatching {
    /** A detection; {@code truth} is null if it is false. */
    private record Pair(NuScenesBox detection, @Nullable NuScenesBox truth) {}

    private final List<Pair> pairs = new ArrayList<>();
    private final int wanted;

    NuScenesMatching(
            List<NuScenesBox> truth,
            List<NuScenesBox> detections,
            double distanceM,
            NuScenesScores.Options options) {
        Map<Long, List<NuScenesBox>> free = new HashMap<>(); // looked up by sample, never iterated
        truth.forEach(b -> free.computeIfAbsent(b.sample(), s -> new ArrayList<>()).add(b));
        wanted = truth.size();
        List<NuScenesBox> ranked = new ArrayList<>(detections);
        ranked.sort(
                Comparator.comparingDouble((NuScenesBox b) -> -b.score())
                        .thenComparingLong(NuScenesBox::sample)
                        .thenComparingDouble(b -> b.box().x())
                        .thenComparingDouble(b -> b.box().y()));
        for (NuScenesBox d : ranked) {
            List<NuScenesBox> candidates = free.getOrDefault(d.sample(), List.of());
            NuScenesBox near = nearest(d, candidates);
            if (near != null && distance(d, near) < distanceM) {
                candidates.remove(near);
                pairs.add(new Pair(d, near));
            } else if (options.judges(d.box())) {
                pairs.add(new Pair(d, null));
            }
        }
    }

    private static @Nullable NuScenesBox nearest(NuScenesBox d, List<NuScenesBox> candidates) {
        NuScenesBox best = null;
        for (NuScenesBox b : candidates) {
            if (best == null || distance(d, b) < distance(d, best)) {
                best = b;
            }
        }
        return best;
    }

    private static double distance(NuScenesBox a, NuScenesBox b) {
        return Math.hypot(a.box().x() - b.box().x(), a.box().y() - b.box().y());
    }

    int wanted() {
        return wanted;
    }

    int hits() {
        return (int) pairs.stream().filter(p -> p.truth != null).count();
    }

    int size() {
        return pairs.size();
    }

    boolean hit(int i) {
        return pairs.get(i).truth != null;
    }

    double score(int i) {
        return pairs.get(i).detection.score();
    }

    /** Centre distance, metres; only of a hit, as the other errors. */
    double translationM(int i) {
        return distance(pairs.get(i).detection, truth(i));
    }

    /** 1 - IoU of the boxes laid into each other. */
    double scale(int i) {
        OrientedBox a = pairs.get(i).detection.box();
        OrientedBox b = truth(i).box();
        double shared =
                Math.min(a.length(), b.length())
                        * Math.min(a.width(), b.width())
                        * Math.min(a.height(), b.height());
        double both = a.length() * a.width() * a.height() + b.length() * b.width() * b.height();
        return 1 - shared / (both - shared);
    }

    /** Shortest turn, in [0, pi]. */
    double yawRad(int i) {
        return Math.abs(
                Angles.difference(truth(i).box().yawRad(), pairs.get(i).detection.box().yawRad()));
    }

    /** Metres a second; NaN if one of the two has no velocity. */
    double velocityMps(int i) {
        NuScenesBox d = pairs.get(i).detection;
        NuScenesBox t = truth(i);
        return Math.hypot(d.velocityX() - t.velocityX(), d.velocityY() - t.velocityY());
    }

    private NuScenesBox truth(int i) {
        NuScenesBox truth = pairs.get(i).truth;
        if (truth == null) {
            throw new IllegalStateException("detection " + i + " is no hit");
        }
        return truth;
    }
}
