package io.azimuth.jobs.realism;

import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of labelled cars with enough points, of the boxes that the geometric detector fits to them,
 * and how many it finds.
 */
final class BoxSizes implements Measure {
    private static final int FEWEST_POINTS = 50;
    private static final double MATCH_M = 2;
    private static final String[] SIDES = {"length", "width", "height"};

    private final GeometricDetector detector =
            new GeometricDetector(GeometricDetectorConfig.defaults());
    private final Spread[] labelled = {new Spread(), new Spread(), new Spread()};
    private final Spread[] fitted = {new Spread(), new Spread(), new Spread()};
    private final Spread offset = new Spread();
    private int wanted;

    @Override
    public void add(Scan s) {
        if (s.cars.isEmpty()) {
            return;
        }
        List<Detection> found = detector.detect(s.sweep);
        for (CarBox car : s.cars) {
            if (CarPoints.inside(s, car.box()).length < FEWEST_POINTS) {
                continue;
            }
            wanted++;
            add(labelled, car.box());
            OrientedBox fit = nearest(found, car.box());
            if (fit != null) {
                add(fitted, fit);
                offset.add(Math.hypot(fit.x() - car.box().x(), fit.y() - car.box().y()));
            }
        }
    }

    @Override
    public void report(Findings out) {
        for (int a = 0; a < 3; a++) {
            out.spread("box_label_" + SIDES[a] + "_m", labelled[a]);
            out.spread("box_fitted_" + SIDES[a] + "_m", fitted[a]);
        }
        out.figure(
                "box_found_share",
                wanted == 0 ? Double.NaN : offset.count() / (double) wanted,
                wanted);
        out.spread("box_offset_m", offset);
    }

    private static @Nullable OrientedBox nearest(List<Detection> found, OrientedBox box) {
        OrientedBox best = null;
        double least = MATCH_M;
        for (Detection d : found) {
            double away = Math.hypot(d.box().x() - box.x(), d.box().y() - box.y());
            if (d.objectClass().isVehicle() && away < least) {
                least = away;
                best = d.box();
            }
        }
        return best;
    }

    private static void add(Spread[] to, OrientedBox box) {
        to[0].add(box.length());
        to[1].add(box.width());
        to[2].add(box.height());
    }
}
