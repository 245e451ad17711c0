package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * One object on flat ground with nothing beside or before it, as studies of recognition take it: a
 * road user of the family's own bodies, or a thing that stands beside streets. Immutable.
 */
public final class LoneObject {
    /** What stands there. */
    public enum Kind {
        CAR,
        LARGE_VEHICLE,
        PEDESTRIAN,
        CYCLIST,
        POLE,
        BUSH,
        WALL,
        BOX
    }

    /**
     * What a sensor sees of it, in its own frame.
     *
     * @param cloud with rings; of the ground only what lies near the object
     * @param ofObject whether a point lies on the object, by index
     * @param box around the object
     */
    public record Seen(PointCloud cloud, boolean[] ofObject, OrientedBox box) {}

    private static final double MARGIN_M = 0.6;

    private final Shape shape;
    private final long seed;
    private final boolean hasFront;

    private LoneObject(Shape shape, long seed, boolean hasFront) {
        this.shape = shape;
        this.seed = seed;
        this.hasFront = hasFront;
    }

    /** The object that the seed says; walkers and riders in some pose of their gait. */
    public static LoneObject of(TownFamily family, Kind kind, long seed) {
        Dice dice = new Dice(seed);
        SizeRegion sizes = dice.chance(0.5) ? SizeRegion.EUROPE : SizeRegion.UNITED_STATES;
        ObjectClass c =
                switch (kind) {
                    case CAR -> ObjectClass.CAR;
                    case PEDESTRIAN -> ObjectClass.PEDESTRIAN;
                    case CYCLIST -> ObjectClass.CYCLIST;
                    case LARGE_VEHICLE ->
                            dice.chance(0.4)
                                    ? ObjectClass.VAN
                                    : dice.chance(0.5) ? ObjectClass.TRUCK : ObjectClass.BUS;
                    default -> ObjectClass.UNKNOWN;
                };
        if (c == ObjectClass.UNKNOWN) {
            return new LoneObject(StreetThings.of(family, kind, dice), seed, false);
        }
        Figure figure = Bodies.of(family, sizes, c, dice);
        int pose = dice.below(1 + figure.phases());
        return new LoneObject(pose == 0 ? figure.shape : figure.phase(pose - 1), seed, true);
    }

    /** Whether it has a front, so that the heading of its box means something. */
    public boolean hasFront() {
        return hasFront;
    }

    /**
     * Casts every beam that may meet the object; beams of a column at once and from one origin.
     *
     * @param sensor its mount says how high over the ground it stands
     * @param x place of the object in the vehicle's frame, metres
     * @param key of the noise
     */
    public Seen seenBy(SensorModel sensor, double x, double y, double yawRad, long key) {
        double[] m = sensor.egoFromSensor().toRows();
        BeamPattern beams = sensor.pattern().ideal();
        double distance = Math.hypot(x - m[3], y - m[7]);
        double reach = shape.reach() + MARGIN_M;
        double half = distance <= reach ? Math.PI : StrictMath.asin(reach / distance);
        double step = 2 * Math.PI / beams.columns();
        double middle = StrictMath.atan2(y - m[7], x - m[3]);
        int first = (int) Math.ceil((Math.PI - middle - half) / step);
        int last = (int) Math.floor((Math.PI - middle + half) / step);
        Caster caster = new Caster(sensor, m, new double[] {x, y, yawRad}, key);
        for (int c = first; c <= last; c++) {
            for (int r = 0; r < beams.rings(); r++) {
                caster.cast(r, Math.PI - c * step, beams.elevationRad()[r], c);
            }
        }
        caster.cloud.declare(true, false);
        OrientedBox box = sensor.egoFromSensor().inverse().map(box(x, y, yawRad));
        return new Seen(caster.cloud, Arrays.copyOf(caster.own, caster.cloud.size()), box);
    }

    /** Its hull over the ground, in the vehicle's frame. */
    private OrientedBox box(double x, double y, double yawRad) {
        double low = Math.max(0, shape.low[2]);
        double[] middle = new double[3];
        for (int k = 0; k < 2; k++) {
            middle[k] = 0.5 * (shape.low[k] + shape.high[k]);
        }
        middle[2] = 0.5 * (low + shape.high[2]);
        RigidTransform place = RigidTransform.ofYaw(yawRad, x, y, 0);
        return new OrientedBox(
                place.mapX(middle[0], middle[1], middle[2]),
                place.mapY(middle[0], middle[1], middle[2]),
                place.mapZ(middle[0], middle[1], middle[2]),
                shape.high[0] - shape.low[0],
                shape.high[1] - shape.low[1],
                shape.high[2] - low,
                yawRad);
    }

    /** One view's rays and returns. */
    private final class Caster {
        private final SensorModel sensor;
        private final double[] m;
        private final double cos;
        private final double sin;
        private final double[] from = new double[3];
        private final double[] place;
        private final long key;
        private final Shape.Hit hit = new Shape.Hit();
        private final double near;
        final PointCloud cloud = new PointCloud(256);
        boolean[] own = new boolean[256];

        Caster(SensorModel sensor, double[] m, double[] place, long key) {
            this.sensor = sensor;
            this.m = m;
            this.place = place;
            this.key = key;
            cos = StrictMath.cos(place[2]);
            sin = StrictMath.sin(place[2]);
            turnBack(m[3] - place[0], m[7] - place[1], m[11], from);
            double r = shape.reach() + MARGIN_M;
            near = r * r;
        }

        /** Into the object's frame. */
        private void turnBack(double x, double y, double z, double[] out) {
            out[0] = cos * x + sin * y;
            out[1] = cos * y - sin * x;
            out[2] = z;
        }

        void cast(int ring, double azimuth, double elevation, int column) {
            double flat = StrictMath.cos(elevation);
            double dx = flat * StrictMath.cos(azimuth);
            double dy = flat * StrictMath.sin(azimuth);
            double dz = StrictMath.sin(elevation);
            double[] d = new double[3];
            double wz = m[8] * dx + m[9] * dy + m[10] * dz;
            turnBack(m[0] * dx + m[1] * dy + m[2] * dz, m[4] * dx + m[5] * dy + m[6] * dz, wz, d);
            double ground = wz < 0 ? -m[11] / wz : Double.MAX_VALUE;
            long ray = CounterHash.child(CounterHash.child(key, ring), column);
            hit.t = Math.min(sensor.maxRangeM(), ground);
            hit.absorbed = false;
            hit.glassKey = ray | 1;
            boolean met = shape.nearest(from[0], from[1], from[2], d[0], d[1], d[2], seed, hit);
            boolean lost = met ? hit.absorbed : hit.t < ground || !isNear(d, hit.t);
            if (!lost && hit.t >= sensor.minRangeM()) {
                double t = hit.t + sensor.rangeSigmaM() * CounterHash.gauss(ray);
                add(t * dx, t * dy, t * dz, ring, met);
            }
        }

        private boolean isNear(double[] d, double t) {
            double x = from[0] + t * d[0];
            double y = from[1] + t * d[1];
            return x * x + y * y <= near;
        }

        private void add(double x, double y, double z, int ring, boolean met) {
            if (cloud.size() == own.length) {
                own = Arrays.copyOf(own, 2 * own.length);
            }
            own[cloud.size()] = met;
            cloud.add((float) x, (float) y, (float) z, 0, ring, 0);
        }
    }
}
