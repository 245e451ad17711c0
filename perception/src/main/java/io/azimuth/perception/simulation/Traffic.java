package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.List;

/**
 * Who is on the streets, and where: sensor vehicles first, then all others, each of whom waits for
 * everybody who was there before and is left out if that is not enough. Queues at red lights,
 * giving way and following come from this order.
 */
final class Traffic {
    private static final int ATTEMPTS = 6;

    final List<Actor> actors;

    private final Crowded crowd;
    private final TownConfig config;
    private final Dice dice;

    Traffic(World world, TownConfig config, double seconds, Dice dice) {
        this.config = config;
        this.dice = dice;
        crowd = new Crowded(world.bodies(), seconds);
        actors = crowd.actors;
        Planner planner = new Planner(world, crowd, config, seconds);
        Vehicles vehicles = new Vehicles(planner);
        Pedestrians people = new Pedestrians(planner);
        for (int v = 0; v < config.vehicles(); v++) {
            ego(vehicles, dice.child(1).child(v), v);
        }
        // the surroundings of a fleet's vehicles overlap
        double trips = config.trafficDensity() * (1 + seconds / 45) / Math.sqrt(config.vehicles());
        populate(7, 3, vehicles::before);
        populate(8, 2 * trips, vehicles::pullingOut);
        for (int i = 0; i < world.parked().size(); i++) {
            Dice d = dice.child(2).child(i);
            ObjectClass c = d.chance(0.12) ? ObjectClass.VAN : ObjectClass.CAR;
            planner.stand(c, d, world.parked().get(i));
        }
        populate(10, 8 * trips, people::crossing);
        populate(11, 5 * trips, people::talking);
        populate(12, 5 * trips, people::atCar);
        populate(1, 4 * trips, (d, v) -> vehicles.driving(d, v, ObjectClass.BUS));
        populate(2, 4 * trips, (d, v) -> vehicles.driving(d, v, ObjectClass.TRUCK));
        populate(3, 4 * trips, (d, v) -> vehicles.driving(d, v, ObjectClass.VAN));
        populate(4, 14 * trips, (d, v) -> vehicles.driving(d, v, ObjectClass.CAR));
        populate(5, 18 * trips, vehicles::cycling);
        populate(6, 22 * trips, people::walking);
    }

    /** Tries to let somebody in. */
    private interface Entry {
        boolean enters(Dice d, int vehicle);
    }

    private void populate(int kind, double wanted, Entry entry) {
        int n = (int) Math.round(wanted);
        for (int v = 0; v < config.vehicles(); v++) {
            Dice d = dice.child(3).child(v).child(kind);
            for (int k = 0; k < n; k++) {
                boolean in = false;
                for (int attempt = 0; attempt < ATTEMPTS && !in; attempt++) {
                    in = entry.enters(d.child(k * 16L + attempt), v);
                }
            }
        }
    }

    private void ego(Vehicles vehicles, Dice d, int vehicle) {
        for (int attempt = 0; attempt < 200; attempt++) {
            if (vehicles.sensing(d.child(attempt), vehicle)) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "town: no room for vehicle %d on the streets; use fewer vehicles or sweeps"
                        .formatted(actors.size()));
    }
}
