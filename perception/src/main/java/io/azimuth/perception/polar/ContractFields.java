package io.azimuth.perception.polar;

import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.OpenFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a manifest whose keys the detector owns. */
final class ContractFields extends OpenFields {
    private static final String OWNER = "polar network";

    ContractFields(Map<?, ?> object, String where) {
        super(OWNER, object, where);
    }

    ContractFields object(String key) {
        if (value(key) instanceof Map<?, ?> inner) {
            return new ContractFields(inner, name(key));
        }
        throw wrong(key, value(key), "an object");
    }

    int whole(String key, int max) {
        double value = number(key);
        if (value != Math.rint(value) || !(value >= 0 && value <= max)) {
            throw wrong(key, value, "a whole number, 0 .. " + max);
        }
        return (int) value;
    }

    /** Demands exactly this value. */
    void requireEqual(String key, Object expected) {
        if (!expected.equals(value(key))) {
            throw wrong(key, value(key), String.valueOf(expected));
        }
    }

    static ModelRejected rejected(String field, @Nullable Object found, String expected) {
        return rejected(OWNER, field, found, expected);
    }
}
