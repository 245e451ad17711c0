package io.azimuth.jobs.cli;

import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --require 'ate_m<0.5'}: a figure that must hold, or the command ends with exit code 7. */
record Requirement(String figure, boolean below, double bound) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([a-z0-9_.]+)\\s*([<>])=?\\s*([-+0-9.eE]+)\\s*");

    static Requirement parse(String text) {
        Matcher m = FORM.matcher(text);
        if (m.matches()) {
            try {
                return new Requirement(
                        m.group(1), m.group(2).equals("<"), Double.parseDouble(m.group(3)));
            } catch (NumberFormatException e) {
                // said below
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--require '"
                        + text
                        + "': expected FIGURE<NUMBER or FIGURE>NUMBER, e.g. ate_m<0.5");
    }

    /**
     * Ends the command if a figure is not what is asked for; one that could not be computed is not.
     */
    static void check(List<String> texts, SortedMap<String, Double> figures) {
        for (String text : texts) {
            Requirement r = parse(text);
            Double value = figures.get(r.figure());
            if (value == null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--require '%s': no figure '%s', there are %s"
                                .formatted(text, r.figure(), figures.keySet()));
            }
            boolean holds = r.below() ? value <= r.bound() : value >= r.bound();
            if (!holds) {
                throw new CommandFailure(
                        ExitCode.BELOW_THRESHOLD,
                        "%s is %s, --require asks for '%s'".formatted(r.figure(), value, text));
            }
        }
    }
}
