package io.azimuth.connectors.drive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages files in the ways that disks, networks and enemies do. */
final class Mutator {
    private static final String[] LIES = {
        "0",
        "-1",
        "7999999",
        "8000000",
        "2147483647",
        "4294967295",
        "9223372036854775807",
        "99999999999999999999",
        "1e308",
        "-1e-308",
        "nan",
        "inf",
        "1e99999999",
        "",
        "x",
        "0x10",
        "1d"
    };
    private static final int[] WORDS = {
        0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fc00000, 0x7f800000, 0x7f7fffff, 1 << 24
    };
    private static final Pattern NUMBER = Pattern.compile("[-+0-9.eE]*[0-9][-+0-9.eE]*");

    private Mutator() {}

    static byte[] mutate(byte[] seed, RandomGenerator rnd) {
        byte[] out = seed;
        int rounds = rnd.nextInt(1, 4);
        for (int i = 0; i < rounds; i++) {
            out = once(out, rnd);
        }
        return out;
    }

    private static byte[] once(byte[] in, RandomGenerator rnd) {
        int at = rnd.nextInt(in.length + 1);
        int length = Math.min(in.length - at, 1 << rnd.nextInt(8));
        return switch (rnd.nextInt(8)) {
            case 0 -> flip(in, rnd);
            case 1 -> Arrays.copyOf(in, at);
            case 2 -> splice(in, at, 0, random(rnd, length + 1));
            case 3 -> splice(in, at, length, new byte[0]);
            case 4 -> splice(in, at, 0, Arrays.copyOfRange(in, at, at + length));
            case 5 -> word(in, rnd);
            case 6 -> splice(in, at, length, random(rnd, length));
            default -> lie(in, rnd);
        };
    }

    private static byte[] flip(byte[] in, RandomGenerator rnd) {
        byte[] out = in.clone();
        for (int k = rnd.nextInt(1, 9); k > 0 && out.length > 0; k--) {
            out[rnd.nextInt(out.length)] ^= (byte) (1 << rnd.nextInt(8));
        }
        return out;
    }

    private static byte[] word(byte[] in, RandomGenerator rnd) {
        byte[] out = in.clone();
        int value = WORDS[rnd.nextInt(WORDS.length)];
        int at = rnd.nextInt(in.length + 1);
        for (int k = 0; k < 4 && at + k < out.length; k++) {
            out[at + k] = (byte) (value >> 8 * k);
        }
        return out;
    }

    /** Replaces one number of the first text by an extreme one: headers lie. */
    private static byte[] lie(byte[] in, RandomGenerator rnd) {
        int probed = Math.min(in.length, 400);
        Matcher m = NUMBER.matcher(new String(in, 0, probed, StandardCharsets.ISO_8859_1));
        int found = (int) m.results().count();
        if (found == 0) {
            return flip(in, rnd);
        }
        m.reset();
        for (int k = rnd.nextInt(found); k >= 0; k--) {
            m.find();
        }
        byte[] lie = LIES[rnd.nextInt(LIES.length)].getBytes(StandardCharsets.ISO_8859_1);
        return splice(in, m.start(), m.end() - m.start(), lie);
    }

    private static byte[] random(RandomGenerator rnd, int n) {
        byte[] out = new byte[n];
        rnd.nextBytes(out);
        return out;
    }

    private static byte[] splice(byte[] in, int at, int removed, byte[] added) {
        byte[] out = new byte[in.length - removed + added.length];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(added, 0, out, at, added.length);
        int rest = in.length - at - removed;
        System.arraycopy(in, at + removed, out, at + added.length, rest);
        return out;
    }
}
