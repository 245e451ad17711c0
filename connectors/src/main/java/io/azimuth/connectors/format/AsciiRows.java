package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows of text: one point a line, elements between blanks, {@code nan} for what is missing. */
final class AsciiRows {
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };
    private static final int MAX_WORD = 400;
    private static final long EXACT = 1L << 53;

    private final CloudBytes bytes;
    private final byte[] text;
    private final int end;
    private int position;

    private AsciiRows(CloudBytes bytes, int from) {
        this.bytes = bytes;
        this.text = bytes.array();
        this.end = bytes.size();
        this.position = from;
    }

    /**
     * Decodes {@code points} rows of {@code words} each; returns n rings, then n times (0 where the
     * file has none).
     */
    static double[] fill(
            CloudBytes bytes, int from, int points, int words, ColumnRoles roles, PointCloud out) {
        return new AsciiRows(bytes, from).rows(points, words, roles, out);
    }

    private double[] rows(int n, int words, ColumnRoles roles, PointCloud out) {
        // A word and the blank behind it take two bytes at least; the last may lack its blank.
        if (2L * words * n - 1 > end - position) {
            throw MalformedDataException.at(
                    bytes.name(),
                    end,
                    "the file ends after %d bytes of data, too few for %d points of %d words; copy it again"
                            .formatted(end - position, n, words));
        }
        out.ensureCapacity(n);
        double[] extra = bytes.numbers(2 * n);
        double[] row = new double[words];
        int intensity = index(roles.intensity());
        int ring = index(roles.ring());
        int time = index(roles.time());
        for (int i = 0; i < n; i++) {
            row(row, i, n);
            out.x()[i] = (float) row[roles.x().index()];
            out.y()[i] = (float) row[roles.y().index()];
            out.z()[i] = (float) row[roles.z().index()];
            out.intensity()[i] = intensity < 0 ? 0 : (float) row[intensity];
            extra[i] = ring < 0 ? 0 : row[ring];
            extra[n + i] = time < 0 ? 0 : row[time];
        }
        return extra;
    }

    private static int index(@Nullable Column f) {
        return f == null ? -1 : f.index();
    }

    private void row(double[] row, int index, int of) {
        while (position < end && text[position] <= ' ') {
            position++;
        }
        int start = position;
        for (int k = 0; k < row.length; k++) {
            while (position < end && text[position] != '\n' && isBlank(text[position])) {
                position++;
            }
            int from = position;
            while (position < end && !isBlank(text[position])) {
                position++;
            }
            if (position == from) {
                throw MalformedDataException.at(
                        bytes.name(),
                        start,
                        "point %d of %d has %d words, accepted are %d"
                                .formatted(index, of, k, row.length));
            }
            row[k] = number(from, position);
        }
        while (position < end && text[position] != '\n') {
            if (!isBlank(text[position++])) {
                throw MalformedDataException.at(
                        bytes.name(),
                        start,
                        "point %d of %d has more than %d words".formatted(index, of, row.length));
            }
        }
    }

    private static boolean isBlank(byte c) {
        return c >= 0 && c <= ' ';
    }

    /**
     * The decimal number in [from, to). Digits that fit into 53 bits with an exponent of at most 22
     * are exact in double arithmetic (Clinger 1990); all else goes to the library.
     */
    private double number(int from, int to) {
        int i = from;
        boolean negative = text[i] == '-';
        i += negative || text[i] == '+' ? 1 : 0;
        long digits = 0;
        int fraction = 0;
        boolean point = false;
        boolean plain = i < to && !(text[to - 1] == '.' && to - i == 1);
        for (; i < to && plain; i++) {
            byte c = text[i];
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + c - '0';
                fraction += point ? 1 : 0;
                plain = digits < EXACT;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                plain = false;
            }
        }
        if (plain && fraction < POWERS.length) {
            double v = digits / POWERS[fraction];
            return negative ? -v : v;
        }
        return slowNumber(from, to);
    }

    private double slowNumber(int from, int to) {
        String word =
                new String(text, from, Math.min(to - from, MAX_WORD), StandardCharsets.ISO_8859_1);
        String bare = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
        if (bare.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        char last = word.charAt(word.length() - 1);
        boolean suffix = last == 'd' || last == 'f' || last == 'D' || last == 'F'; // Java's own
        try {
            if (!suffix && to - from <= MAX_WORD) {
                return Double.parseDouble(word);
            }
        } catch (NumberFormatException e) {
            // Reported below with the word itself.
        }
        throw MalformedDataException.at(
                bytes.name(),
                from,
                "'%s' is not a number, accepted are decimals and nan"
                        .formatted(word.length() > 40 ? word.substring(0, 40) + "..." : word));
    }
}
