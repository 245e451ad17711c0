package io.azimuth.jobs.realism;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures of one side: the views of one sweep, and cars nearest to 10, 20 and 40 m of different
 * sweeps. The first whole scan is taken for the views unless a later one has more cars in view.
 */
final class Album {
    static final int[] CAR_RANGES_M = {10, 20, 40};
    private static final int CARS_A_RANGE = 3;

    /** Sweeps of one drive that follow each other show the same car. */
    private static final double OTHER_CAR_M = 0.3;

    private static final double PLAN_HALF_M = 40;
    private static final double RINGS_HALF_M = 15;

    private final Map<String, BufferedImage> views = new LinkedHashMap<>();
    private final List<List<CarCrop>> cars = List.of(list(), list(), list());
    private int most = -1;

    void add(Scan s, boolean whole) {
        if (whole && s.cars.size() > most) {
            most = s.cars.size();
            views.put("range", ScanPictures.ranges(s));
            views.put("intensity", ScanPictures.intensities(s));
            views.put("birdseye", ScanPictures.birdsEye(s, PLAN_HALF_M));
            views.put("rings", ScanPictures.groundRings(s, RINGS_HALF_M));
        }
        for (CarBox car : s.cars) {
            for (int r = 0; r < CAR_RANGES_M.length; r++) {
                double off = Math.abs(car.box().rangeM() - CAR_RANGES_M[r]);
                List<CarCrop> at = cars.get(r);
                boolean known = at.stream().anyMatch(c -> same(c, car));
                if (off <= CarPoints.BIN_HALF_M
                        && car.clear()
                        && !known
                        && at.size() < CARS_A_RANGE
                        && Aim.at(s, car.box()).hiddenShare() < 0.1) {
                    at.add(CarCrop.of(s, car.box()));
                }
            }
        }
    }

    /** Pictures by name: the views, then {@code car-10m-1} and so on. */
    Map<String, BufferedImage> pictures() {
        Map<String, BufferedImage> out = new LinkedHashMap<>(views);
        for (int r = 0; r < CAR_RANGES_M.length; r++) {
            for (int k = 0; k < cars.get(r).size(); k++) {
                String name = "car-%dm-%d".formatted(CAR_RANGES_M[r], k + 1);
                out.put(name, cars.get(r).get(k).picture());
            }
        }
        return out;
    }

    private static boolean same(CarCrop kept, CarBox car) {
        return Math.abs(kept.box().length() - car.box().length()) < OTHER_CAR_M * 0.1
                && Math.abs(kept.box().rangeM() - car.box().rangeM()) < OTHER_CAR_M * 3;
    }

    private static List<CarCrop> list() {
        return new ArrayList<>();
    }
}
