package io.azimuth.jobs.realism;

import java.util.List;

/** All measures of one side. */
final class Survey {
    private final List<Measure> ofClouds =
            List.of(
                    new PointShares(),
                    new DropOut(),
                    new IntensityHistogram(),
                    new PlaneResidual(),
                    new GroundRings(),
                    new EdgePoints());
    private final List<Measure> ofCars = List.of(new CarPoints(), new BoxSizes());

    /**
     * Measures a scan.
     *
     * @param whole whether the cloud counts; else only the cars in it do
     */
    void add(Scan scan, boolean whole) {
        if (whole) {
            ofClouds.forEach(m -> m.add(scan));
        }
        ofCars.forEach(m -> m.add(scan));
    }

    Findings findings() {
        Findings out = new Findings();
        ofClouds.forEach(m -> m.report(out));
        ofCars.forEach(m -> m.report(out));
        return out;
    }
}
