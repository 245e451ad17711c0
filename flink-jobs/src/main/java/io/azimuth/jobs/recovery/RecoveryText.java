package io.azimuth.jobs.recovery;

import io.azimuth.jobs.worlds.WorldSensor;
import java.util.Locale;

/** Results as lines of text. */
final class RecoveryText {
    private RecoveryText() {}

    static String row(WorldSensor sensor, TrialResult r) {
        return String.format(
                Locale.ROOT,
                "%s %s %d %s: %s after %.1f s, carried %.1f m, error %.3f m %.2f deg, CPU mean %.0f max %.0f ms",
                sensor.label(),
                r.family(),
                r.seed(),
                r.trial(),
                r.outcome(),
                r.afterS(),
                r.movedM(),
                r.errorM(),
                r.errorDeg(),
                r.meanMillis(),
                r.maxMillis());
    }
}
