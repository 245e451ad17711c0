package io.azimuth.jobs.pipeline;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/**
 * A configuration record on its way from where the job is built to where its operators run. The
 * algorithms' records stay plain; Flink ships operators as serialized objects, so their components
 * travel here.
 */
final class ShippedRecord<T extends Record> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final Serializable[] values;

    private ShippedRecord(Class<T> type, Serializable[] values) {
        this.type = type;
        this.values = values;
    }

    /**
     * @throws IllegalArgumentException if a component is neither a number, a text, an enum, an
     *     array nor such a record itself
     */
    static <T extends Record> ShippedRecord<T> of(Class<T> type, T value) {
        RecordComponent[] components = type.getRecordComponents();
        Serializable[] values = new Serializable[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = shipped(type, components[i].getName(), read(components[i], value));
        }
        return new ShippedRecord<>(type, values);
    }

    /** The record, equal to the one that was given. */
    T open() {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = values[i] instanceof ShippedRecord<?> nested ? nested.open() : values[i];
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot rebuild " + type.getName(), e);
        }
    }

    private static Serializable shipped(Class<?> owner, String name, Object value) {
        if (value instanceof Record nested) {
            return ofUnknown(nested);
        }
        if (value instanceof Serializable s) {
            return s;
        }
        throw new IllegalArgumentException(
                "%s.%s is a %s; expected a number, text, enum, array or record of such"
                        .formatted(owner.getSimpleName(), name, value.getClass().getSimpleName()));
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> ShippedRecord<R> ofUnknown(R value) {
        return of((Class<R>) value.getClass(), value);
    }

    private static Object read(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
