package io.azimuth.perception.recognition;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.invariant.EncoderInfo;
import java.util.List;

/**
 * What an encoder's classes mean to a detector: {@code car}, {@code pedestrian}, {@code cyclist}
 * and the other labels of {@link ObjectClass} are themselves, {@code large_vehicle} is a van, truck
 * or bus, any other is background. Immutable.
 */
final class CropClasses {
    private static final String LARGE_VEHICLE = "large_vehicle";
    private static final ObjectClass[] OBJECTS = ObjectClass.values();
    private static final int BACKGROUND = -1;

    /** Metres from which a large vehicle is no van any more. */
    private static final double TRUCK_LENGTH_M = 6.5;

    private final List<String> labels;
    private final int[] ofObject = new int[OBJECTS.length]; // encoder's class, or BACKGROUND
    private final boolean[] object;

    /**
     * @throws IllegalArgumentException if none of the classes is an object's
     */
    CropClasses(EncoderInfo info) {
        labels = info.classes();
        object = new boolean[labels.size()];
        boolean any = false;
        for (ObjectClass c : OBJECTS) {
            int own = labels.indexOf(c.label());
            boolean large = c.isVehicle() && c != ObjectClass.CAR;
            int k = own < 0 && large ? labels.indexOf(LARGE_VEHICLE) : own;
            ofObject[c.ordinal()] = c == ObjectClass.UNKNOWN ? BACKGROUND : k;
            if (c != ObjectClass.UNKNOWN && k >= 0) {
                object[k] = true;
                any = true;
            }
        }
        if (!any) {
            throw new IllegalArgumentException(
                    "encoder %s has the classes %s, expected one of car, large_vehicle, pedestrian, cyclist at least; it cannot refine detections"
                            .formatted(info.id(), labels));
        }
    }

    String label(int k) {
        return labels.get(k);
    }

    /** The encoder's class of an object, negative if it has none. */
    int of(ObjectClass c) {
        return ofObject[c.ordinal()];
    }

    /** Whether the class {@code k} is an object's, not background. */
    boolean isObject(int k) {
        return object[k];
    }

    /** Whether both are of a kind that a detector's box may be of: vehicles are alike. */
    boolean alike(ObjectClass c, int k) {
        return of(c) == k || (c.isVehicle() && isVehicle(k));
    }

    private boolean isVehicle(int k) {
        for (ObjectClass c : OBJECTS) {
            if (c.isVehicle() && of(c) == k) {
                return true;
            }
        }
        return false;
    }

    /** The object that class {@code k} means in a box of this length; UNKNOWN for background. */
    ObjectClass object(int k, double lengthM) {
        if (labels.get(k).equals(LARGE_VEHICLE)) {
            return lengthM < TRUCK_LENGTH_M ? ObjectClass.VAN : ObjectClass.TRUCK;
        }
        for (ObjectClass c : OBJECTS) {
            if (of(c) == k) {
                return c;
            }
        }
        return ObjectClass.UNKNOWN;
    }

    /** By object class the probability of the encoder's class for it, as bytes of 1/255. */
    byte[] chances(double[] probabilities) {
        byte[] out = new byte[OBJECTS.length];
        double background = 0;
        for (int k = 0; k < probabilities.length; k++) {
            background += object[k] ? 0 : probabilities[k];
        }
        out[0] = step(background);
        for (int c = 1; c < out.length; c++) {
            out[c] = ofObject[c] < 0 ? 0 : step(probabilities[ofObject[c]]);
        }
        return out;
    }

    private static byte step(double probability) {
        return (byte) Math.round(255 * Math.min(1, probability));
    }
}
