package io.azimuth.perception.simulation;

/**
 * Where a block meets a street: places by metres along the kerb and inwards from it. Immutable.
 *
 * @param family 1 if the street runs along u, 0 if along v
 * @param street its index in that family
 * @param edge the kerb's coordinate across the street
 * @param in direction from the kerb into the block, -1 or 1
 * @param from where the block begins along the street, at the crossing street's kerb
 * @param to where it ends
 */
record Frontage(
        StreetPlan plan, int family, int street, double edge, double in, double from, double to) {

    /** Side 0 .. 3 of the block between streets i, i + 1 and j, j + 1. */
    static Frontage of(StreetPlan plan, int i, int j, int side) {
        int family = side < 2 ? 1 : 0;
        int other = 1 - family;
        int street = (family == 1 ? j : i) + (side & 1);
        double in = (side & 1) == 0 ? 1 : -1;
        int first = family == 1 ? i : j;
        return new Frontage(
                plan,
                family,
                street,
                plan.at[family][street] + in * plan.half[family][street],
                in,
                plan.at[other][first] + plan.half[other][first],
                plan.at[other][first + 1] - plan.half[other][first + 1]);
    }

    /** Whether cars may stand along the kerb. */
    boolean hasParkingLane() {
        return plan.half[family][street] == StreetPlan.WITH_PARKING_M;
    }

    /** World x, y of a place. */
    void world(double along, double depth, double[] out) {
        double q = edge + in * depth;
        if (family == 1) {
            plan.toWorld(along, q, out);
        } else {
            plan.toWorld(q, along, out);
        }
    }

    /** Direction of the kerb at a place, whose world x, y go to {@code out}. */
    double along(double along, double depth, double[] out) {
        double[] ahead = new double[2];
        world(along + 0.5, depth, ahead);
        world(along - 0.5, depth, out);
        double dx = ahead[0] - out[0];
        double dy = ahead[1] - out[1];
        world(along, depth, out);
        return StrictMath.atan2(dy, dx);
    }

    /** Angle from the kerb's direction to the way out to the street. */
    double outwards() {
        return (family == 1 ? -in : in) * Math.PI / 2;
    }

    /** Whether right-hand traffic at this kerb goes with the along direction. */
    boolean trafficAlong() {
        return (family == 1) == (in > 0);
    }
}
