package io.azimuth.perception.invariant.network;

import io.azimuth.perception.inference.bundle.ModelRejected;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a manifest's object that a crop encoder owns; one that does not fit is named. */
final class EncoderFields {
    private final String where;
    private final Map<String, Object> object;

    EncoderFields(String where, Map<String, Object> object) {
        this.where = where;
        this.object = object;
    }

    boolean has(String key) {
        return object.containsKey(key);
    }

    String text(String key) {
        if (object.get(key) instanceof String found) {
            return found;
        }
        throw wrong(key, object.get(key), "a text");
    }

    /** One of two words; the first if it is left out. */
    boolean isSecond(String key, String first, String second) {
        Object found = object.getOrDefault(key, first);
        if (found.equals(first) || found.equals(second)) {
            return found.equals(second);
        }
        throw wrong(key, found, first + " or " + second);
    }

    boolean flag(String key) {
        if (object.get(key) instanceof Boolean found) {
            return found;
        }
        throw wrong(key, object.get(key), "true or false");
    }

    int whole(String key) {
        double found = number(key);
        if (found != Math.rint(found) || Math.abs(found) > Integer.MAX_VALUE) {
            throw wrong(key, found, "a whole number");
        }
        return (int) found;
    }

    double number(String key) {
        return number(key, object.get(key));
    }

    double[] numbers(String key, int count) {
        return numbers(key, object.get(key), count);
    }

    double[][] rows(String key, int count, int width) {
        if (object.get(key) instanceof List<?> list && list.size() == count) {
            double[][] out = new double[count][];
            for (int i = 0; i < count; i++) {
                out[i] = numbers(key, list.get(i), width);
            }
            return out;
        }
        throw wrong(key, object.get(key), count + " lists of " + width + " numbers");
    }

    int[] rising(String key, int most) {
        if (!(object.get(key) instanceof List<?> list) || list.isEmpty()) {
            throw wrong(key, object.get(key), "rising whole numbers");
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

    private double[] numbers(String key, @Nullable Object value, int count) {
        if (value instanceof List<?> list && list.size() == count) {
            double[] out = new double[count];
            for (int i = 0; i < count; i++) {
                out[i] = number(key, list.get(i));
            }
            return out;
        }
        throw wrong(key, value, count + " numbers");
    }

    private double number(String key, @Nullable Object value) {
        if (value instanceof Number found && Double.isFinite(found.doubleValue())) {
            return found.doubleValue();
        }
        throw wrong(key, value, "a number");
    }

    ModelRejected wrong(String key, @Nullable Object found, String expected) {
        return rejected(where + "." + key, found, expected);
    }

    static ModelRejected rejected(String field, @Nullable Object found, String expected) {
        return new ModelRejected(
                ModelRejected.Code.SIGNATURE,
                "crop encoder: %s is %s, expected %s".formatted(field, found, expected));
    }
}
