package io.azimuth.perception.polar;

import io.azimuth.perception.inference.bundle.ModelRejected;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a manifest whose keys the detector owns; a value that does not fit is named. */
final class ContractFields {
    private final Map<?, ?> object;
    private final String where;

    ContractFields(Map<?, ?> object, String where) {
        this.object = object;
        this.where = where;
    }

    ContractFields object(String key) {
        if (object.get(key) instanceof Map<?, ?> inner) {
            return new ContractFields(inner, name(key));
        }
        throw wrong(key, object.get(key), "an object");
    }

    int whole(String key, int max) {
        double value = number(key);
        if (value != Math.rint(value) || !(value >= 0 && value <= max)) {
            throw wrong(key, value, "a whole number, 0 .. " + max);
        }
        return (int) value;
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

    /** Demands exactly this value. */
    void requireEqual(String key, Object expected) {
        if (!expected.equals(object.get(key))) {
            throw wrong(key, object.get(key), String.valueOf(expected));
        }
    }

    ModelRejected wrong(String key, @Nullable Object found, String expected) {
        return rejected(name(key), found, expected);
    }

    static ModelRejected rejected(String field, @Nullable Object found, String expected) {
        return new ModelRejected(
                ModelRejected.Code.SIGNATURE,
                "polar network: %s is %s, expected %s".formatted(field, found, expected));
    }

    private String name(String key) {
        return where + "." + key;
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
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        throw wrong(key, value, "a number");
    }
}
