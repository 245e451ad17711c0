package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cloud files of a folder in natural order with their numbers.
 *
 * @param files ordered so that {@code 2.pcd} comes before {@code 10.pcd}
 * @param seqs the last run of digits in each name where all names have one and they strictly
 *     increase, else positions from 0
 * @param numbered whether the numbers are those of the names
 */
record SweepFolder(Path folder, List<Path> files, long[] seqs, boolean numbered) {
    private static final int MOST_DIGITS = 18;

    static SweepFolder list(Path folder, CloudFormats formats) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(p -> isCloud(p, formats)).forEach(files::add);
        }
        files.sort(Comparator.comparing(p -> p.getFileName().toString(), SweepFolder::natural));
        long[] seqs = new long[files.size()];
        boolean numbered = true;
        for (int i = 0; i < seqs.length; i++) {
            seqs[i] = number(stem(files.get(i)));
            numbered &= seqs[i] >= 0 && (i == 0 || seqs[i] > seqs[i - 1]);
        }
        for (int i = 0; i < seqs.length && !numbered; i++) {
            seqs[i] = i;
        }
        return new SweepFolder(folder, List.copyOf(files), seqs, numbered);
    }

    /** A folder of one file. */
    static SweepFolder of(Path file) {
        long seq = number(stem(file));
        Path folder = file.getParent();
        return new SweepFolder(
                folder == null ? file : folder,
                List.of(file),
                new long[] {Math.max(0, seq)},
                seq >= 0);
    }

    private static boolean isCloud(Path p, CloudFormats formats) {
        return formats.claims(p.getFileName().toString()) && Files.isRegularFile(p);
    }

    /** The same, but at least one file. */
    static SweepFolder listSome(Path folder, CloudFormats formats) throws IOException {
        SweepFolder out = list(folder, formats);
        if (out.files().isEmpty()) {
            throw new MalformedDataException(
                    folder
                            + ": no sweep in this folder, accepted are files of "
                            + formats.all().stream().map(f -> f.extensions().get(0)).toList());
        }
        return out;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.', 1);
        while (dot >= 0 && dot + 1 < name.length() && Character.isDigit(name.charAt(dot + 1))) {
            dot = name.indexOf('.', dot + 1); // a dot inside a number, as in 1531883530.449.bin
        }
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The last run of digits, or -1 if there is none or it is too long for a number. */
    private static long number(String stem) {
        int end = stem.length();
        while (end > 0 && !isDigit(stem.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && isDigit(stem.charAt(start - 1))) {
            start--;
        }
        return end > start && end - start <= MOST_DIGITS
                ? Long.parseLong(stem.substring(start, end))
                : -1;
    }

    /** Orders names with runs of digits by value; equal values by length, then by character. */
    static int natural(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int iEnd = digitsEnd(a, i);
                int jEnd = digitsEnd(b, j);
                String x = a.substring(i, iEnd).replaceFirst("^0+", "");
                String y = b.substring(j, jEnd).replaceFirst("^0+", "");
                int c = x.length() != y.length() ? x.length() - y.length() : x.compareTo(y);
                if (c != 0) {
                    return c;
                }
                i = iEnd;
                j = jEnd;
            } else {
                int c = Character.compare(a.charAt(i++), b.charAt(j++));
                if (c != 0) {
                    return c;
                }
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int digitsEnd(String s, int from) {
        int end = from;
        while (end < s.length() && isDigit(s.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
