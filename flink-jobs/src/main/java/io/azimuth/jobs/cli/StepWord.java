package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.trajectory.PosePairs;
import io.azimuth.perception.evaluation.trajectory.RelativeError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code --delta}: the step of the relative error.
 *
 * @param size poses, or metres of the truth's path
 */
record StepWord(double size, boolean metres) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})|([0-9]{1,6}(\\.[0-9]+)?)m");

    static StepWord parse(String text) {
        Matcher m = FORM.matcher(text);
        if (m.matches()) {
            boolean metres = m.group(1) == null;
            double size = Double.parseDouble(metres ? m.group(2) : m.group(1));
            if (size > 0) {
                return new StepWord(size, metres);
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--delta '" + text + "': expected poses, e.g. 1, or metres, e.g. 10m");
    }

    RelativeError errorOf(PosePairs pairs) {
        return metres
                ? RelativeError.overMetres(pairs, size)
                : RelativeError.overPoses(pairs, (int) size);
    }
}
