package io.azimuth.jobs.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as a tree of keys: lists the keys of a record type, takes a record apart into values by
 * path and puts it together again. A record component that may be null is a group that can be off.
 */
final class RecordTree {
    private RecordTree() {}

    /** All keys below {@code type} in the order of the components. */
    static List<Setting> settings(Class<?> type) {
        List<Setting> out = new ArrayList<>();
        collect(type, "", out);
        return List.copyOf(out);
    }

    private static void collect(Class<?> type, String prefix, List<Setting> out) {
        for (RecordComponent c : type.getRecordComponents()) {
            String path = prefix + c.getName();
            if (c.getType().isRecord()) {
                if (isNullable(c)) {
                    out.add(new Setting(path, c.getType(), true, true));
                }
                collect(c.getType(), path + ".", out);
            } else if (SettingValues.isSupported(c.getType())) {
                out.add(new Setting(path, c.getType(), isNullable(c), false));
            } else {
                throw new IllegalStateException(
                        "setting " + path + " has type " + c.getType() + ", which has no reader");
            }
        }
    }

    /** Puts the values of {@code record} into {@code out} by path; an absent group as null. */
    static void flatten(Record record, String prefix, Map<String, @Nullable Object> out) {
        for (RecordComponent c : record.getClass().getRecordComponents()) {
            Object value = valueOf(c, record);
            if (value instanceof Record inner) {
                flatten(inner, prefix + c.getName() + ".", out);
            } else {
                out.put(prefix + c.getName(), value);
            }
        }
    }

    /**
     * Puts a record together.
     *
     * @param values every key of the tree; groups that are off as null
     * @throws SectionRefused if a record does not take its values
     */
    static Object build(Class<?> type, String prefix, Map<String, @Nullable Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent c = components[i];
            String path = prefix + c.getName();
            boolean off = values.containsKey(path) && values.get(path) == null;
            arguments[i] =
                    c.getType().isRecord() && !off
                            ? build(c.getType(), path + ".", values)
                            : values.get(path);
        }
        return construct(type, prefix, components, arguments);
    }

    private static Object construct(
            Class<?> type,
            String prefix,
            RecordComponent[] components,
            @Nullable Object[] arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new SectionRefused(prefix, String.valueOf(refused.getMessage()), refused);
            }
            throw new IllegalStateException("cannot make " + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }

    /** The default of a group: what its static {@code defaults()} or {@code DEFAULT} says. */
    static Record defaults(Class<?> type) {
        try {
            for (var method : type.getDeclaredMethods()) {
                if (method.getName().equals("defaults") && method.getParameterCount() == 0) {
                    return (Record) type.cast(method.invoke(null));
                }
            }
            return (Record) type.getDeclaredField("DEFAULT").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " has no defaults() or DEFAULT", e);
        }
    }

    private static @Nullable Object valueOf(RecordComponent c, Record record) {
        try {
            c.getAccessor().setAccessible(true);
            return c.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + c, e);
        }
    }

    private static boolean isNullable(RecordComponent c) {
        return c.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** A record's own checks do not take the values below {@code prefix}. */
    static final class SectionRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final String prefix;
        final String reason;

        SectionRefused(String prefix, String reason, IllegalArgumentException cause) {
            super(reason, cause);
            this.prefix = prefix;
            this.reason = reason;
        }
    }
}
