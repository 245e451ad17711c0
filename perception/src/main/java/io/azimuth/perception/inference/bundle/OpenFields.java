package io.azimuth.perception.inference.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a manifest whose keys a detector or an encoder owns ({@link
 * Manifest#preprocessing}, {@link Manifest#postprocessing}); a value that does not fit is named.
 * Immutable.
 */
public abstract class OpenFields {
    private final String owner;
    private final Map<?, ?> object;
    private final String where;

    /**
     * @param owner of the keys, first word of every message
     * @param where the object stands in the manifest
     */
    protected OpenFields(String owner, Map<?, ?> object, String where) {
        this.owner = owner;
        this.object = object;
        this.where = where;
    }

    /** Null if there is none. */
    protected final @Nullable Object value(String key) {
        return object.get(key);
    }

    protected final String name(String key) {
        return where + "." + key;
    }

    /** A finite number. */
    public final double number(String key) {
        return number(key, object.get(key));
    }

    /** So many numbers. */
    public final double[] numbers(String key, int count) {
        return numbers(key, object.get(key), count);
    }

    /** A matrix of numbers, by rows. */
    public final double[][] rows(String key, int count, int width) {
        if (object.get(key) instanceof List<?> list && list.size() == count) {
            double[][] out = new double[count][];
            for (int i = 0; i < count; i++) {
                out[i] = numbers(key, list.get(i), width);
            }
            return out;
        }
        throw wrong(key, object.get(key), count + " lists of " + width + " numbers");
    }

    /** For the caller to throw. */
    public final ModelRejected wrong(String key, @Nullable Object found, String expected) {
        return rejected(owner, name(key), found, expected);
    }

    /** For the caller to throw. */
    protected static ModelRejected rejected(
            String owner, String field, @Nullable Object found, String expected) {
        return new ModelRejected(
                ModelRejected.Code.SIGNATURE,
                "%s: %s is %s, expected %s".formatted(owner, field, found, expected));
    }

    /** An element of the list under the key. */
    protected final double number(String key, @Nullable Object value) {
        if (value instanceof Number found && Double.isFinite(found.doubleValue())) {
            return found.doubleValue();
        }
        throw wrong(key, value, "a number");
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
}
