package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that stands: houses and what is built onto them, gardens, furniture and clutter along
 * the streets, and the places where cars are parked. Built once from a seed; alike everywhere in
 * Manhattan towns.
 */
final class Town {
    final StreetPlan plan;
    final List<Body> bodies;

    /** x, y, cos, sin of parked cars. */
    final List<double[]> parked = new ArrayList<>();

    Town(long seed, double parkingDensity) {
        this(seed, parkingDensity, 0);
    }

    /**
     * @param decoyDensity of {@link Decoys}
     */
    Town(long seed, double parkingDensity, double decoyDensity) {
        Dice dice = new Dice(seed);
        plan = new StreetPlan(dice.child(1));
        Stand stand = new Stand(plan);
        bodies = stand.bodies;
        Gardens gardens = new Gardens(stand);
        Rows rows = new Rows(stand, gardens, plan.manhattan, dice.child(2));
        Sidewalk sidewalk = new Sidewalk(stand);
        Decoys decoys = new Decoys(stand, decoyDensity);
        Parking parking = new Parking(parked, parkingDensity);
        int n = StreetPlan.STREETS - 1;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Dice block = dice.child(100 + i * 64L + j);
                for (int side = 0; side < 4; side++) {
                    Dice d = block.child(side);
                    Frontage f = Frontage.of(plan, i, j, side);
                    rows.build(d.child(1), f, side < 2 ? 4 : 24);
                    sidewalk.furnish(plan.manhattan ? dice.child(3) : d.child(2), f);
                    decoys.scatter(d.child(4), f);
                    if (f.hasParkingLane()) {
                        parking.lane(d.child(3), f);
                    }
                }
                gardens.yard(block.child(9), plan, i, j);
            }
        }
        Dice lots = dice.child(4);
        for (int k = 0; k < plan.lots.size(); k++) {
            parking.lot(lots.child(k), plan.lots.get(k));
        }
    }
}
