package io.azimuth.jobs.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text to typed values of settings and back; what is written is read back identically. */
final class SettingValues {
    private static final Pattern SPAN = Pattern.compile("([0-9]+)(ns|us|ms|s|min|h)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./+-]*");

    private SettingValues() {}

    static boolean isSupported(Class<?> type) {
        return type == double.class
                || type == int.class
                || type == long.class
                || type == boolean.class
                || type == String.class
                || type == Duration.class
                || type.isEnum();
    }

    /**
     * @param text null for YAML's null
     * @throws IllegalArgumentException saying what is accepted
     */
    static @Nullable Object parse(Setting setting, @Nullable String text) {
        if (text == null || (setting.nullable() && isNullWord(text))) {
            if (setting.nullable()) {
                return null;
            }
            throw new IllegalArgumentException("expected " + accepted(setting) + ", not null");
        }
        try {
            return parse(setting.type(), text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("expected " + accepted(setting), e);
        }
    }

    private static Object parse(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        String t = text.strip();
        if (type == double.class) {
            return finite(t);
        }
        if (type == int.class) {
            return Integer.parseInt(t);
        }
        if (type == long.class) {
            return Long.parseLong(t);
        }
        if (type == boolean.class) {
            if (!t.equals("true") && !t.equals("false")) {
                throw new IllegalArgumentException(t);
            }
            return Boolean.valueOf(t);
        }
        if (type == Duration.class) {
            return duration(t);
        }
        for (Object constant : type.getEnumConstants()) {
            if (label(constant).equalsIgnoreCase(t.replace('_', '-'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(t);
    }

    private static Double finite(String t) {
        double value = Double.parseDouble(t);
        // parseDouble also takes "1d" and hexadecimal; YAML readers elsewhere would not
        if (!Double.isFinite(value) || !t.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
            throw new IllegalArgumentException(t);
        }
        return value;
    }

    private static Duration duration(String t) {
        Matcher m = SPAN.matcher(t);
        if (!m.matches()) {
            throw new IllegalArgumentException(t);
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ns" -> Duration.ofNanos(n);
            case "us" -> Duration.ofNanos(Math.multiplyExact(n, 1_000L));
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "min" -> Duration.ofMinutes(n);
            default -> Duration.ofHours(n);
        };
    }

    /** What a setting takes, for messages and help. */
    static String accepted(Setting setting) {
        Class<?> type = setting.type();
        String what;
        if (setting.group()) {
            what = "on or off, or its own keys";
        } else if (type == double.class) {
            what = "a number";
        } else if (type == int.class || type == long.class) {
            what = "a whole number";
        } else if (type == boolean.class) {
            what = "true or false";
        } else if (type == Duration.class) {
            what = "a time such as 250ms, 10s or 2min";
        } else if (type.isEnum()) {
            what = "one of " + String.join(", ", labels(type));
        } else {
            what = "text";
        }
        return what + (setting.nullable() && !setting.group() ? " or null" : "");
    }

    static String[] labels(Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants())
                .map(SettingValues::label)
                .toArray(String[]::new);
    }

    private static String label(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value as a YAML scalar. */
    static String yaml(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Duration d) {
            return span(d);
        }
        if (value instanceof Enum<?> e) {
            return label(e);
        }
        if (value instanceof String s) {
            return isPlain(s) ? s : quoted(s);
        }
        return value.toString();
    }

    private static String span(Duration d) {
        if (d.getNano() % 1_000_000 != 0) {
            return d.toNanos() + "ns";
        }
        return d.getNano() == 0 ? d.getSeconds() + "s" : d.toMillis() + "ms";
    }

    private static boolean isPlain(String s) {
        return PLAIN.matcher(s).matches()
                && !isNullWord(s)
                && !s.equals("true")
                && !s.equals("false");
    }

    private static boolean isNullWord(String s) {
        return s.equals("null") || s.equals("~");
    }

    private static String quoted(String s) {
        return s.chars()
                .mapToObj(
                        c ->
                                c == '"' || c == '\\'
                                        ? "\\" + (char) c
                                        : c < 0x20 || c == 0x7f
                                                ? "\\x%02x".formatted(c)
                                                : Character.toString((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
