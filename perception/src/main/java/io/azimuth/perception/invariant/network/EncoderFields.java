package io.azimuth.perception.invariant.network;

import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.OpenFields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a manifest's object that a crop encoder owns. */
final class EncoderFields extends OpenFields {
    private static final String OWNER = "crop encoder";

    EncoderFields(String where, Map<String, Object> object) {
        super(OWNER, object, where);
    }

    boolean has(String key) {
        return value(key) != null;
    }

    String text(String key) {
        if (value(key) instanceof String found) {
            return found;
        }
        throw wrong(key, value(key), "a text");
    }

    /** One of two words; the first if it is left out. */
    boolean isSecond(String key, String first, String second) {
        Object found = has(key) ? value(key) : first;
        if (first.equals(found) || second.equals(found)) {
            return second.equals(found);
        }
        throw wrong(key, found, first + " or " + second);
    }

    boolean flag(String key) {
        if (value(key) instanceof Boolean found) {
            return found;
        }
        throw wrong(key, value(key), "true or false");
    }

    int whole(String key) {
        double found = number(key);
        if (found != Math.rint(found) || Math.abs(found) > Integer.MAX_VALUE) {
            throw wrong(key, found, "a whole number");
        }
        return (int) found;
    }

    int[] rising(String key, int most) {
        if (!(value(key) instanceof List<?> list) || list.isEmpty()) {
            throw wrong(key, value(key), "rising whole numbers");
        }
        int[] out = new int[list.size()];
        for (int i = 0; i < out.length; i++) {
            double value = number(key, list.get(i));
            out[i] = (int) value;
            if (value != out[i] || out[i] <= (i == 0 ? 0 : out[i - 1]) || out[i] > most) {
                throw wrong(key, list, "rising whole numbers up to " + most);
            }
        }
        return out;
    }

    static ModelRejected rejected(String field, @Nullable Object found, String expected) {
        return rejected(OWNER, field, found, expected);
    }
}
