package io.azimuth.perception.inference.tensorrt.probe;

import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict as lines of text, between a first and a last line that nothing else would print. */
final class ProbeText {
    private static final String FIRST = "azimuth-tensorrt-probe 1";
    private static final String LAST = "azimuth-tensorrt-probe end";
    private static final String FIELD = "\t";

    private ProbeText() {}

    static String of(ProbeVerdict verdict) {
        StringBuilder out = new StringBuilder(FIRST).append('\n');
        TrtVersions v = verdict.versions();
        line(out, "versions", v.tensorRt(), v.parser(), v.cudaRuntime(), v.cudaDriver());
        for (TrtDevice d : verdict.devices()) {
            line(
                    out,
                    "device",
                    d.index(),
                    d.name(),
                    d.smMajor(),
                    d.smMinor(),
                    d.multiprocessors(),
                    d.memoryBytes(),
                    d.pciId());
        }
        if (!verdict.available()) {
            line(out, "unusable", verdict.reason());
        }
        return out.append(LAST).append('\n').toString();
    }

    /** The verdict in the text; null if there is none, whole and consistent. */
    static @Nullable ProbeVerdict read(String text) {
        List<String> lines = text.lines().toList();
        int first = lines.indexOf(FIRST);
        int last = lines.lastIndexOf(LAST);
        if (first < 0 || last < first) {
            return null;
        }
        try {
            return parse(lines.subList(first + 1, last));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // another's text
            return null;
        }
    }

    private static @Nullable ProbeVerdict parse(List<String> lines) {
        TrtVersions versions = new TrtVersions(0, 0, 0, 0);
        List<TrtDevice> devices = new ArrayList<>();
        String reason = "";
        for (String line : lines) {
            String[] f = line.split(FIELD, -1);
            switch (f[0]) {
                case "versions" ->
                        versions =
                                new TrtVersions(
                                        number(f[1]), number(f[2]), number(f[3]), number(f[4]));
                case "device" ->
                        devices.add(
                                new TrtDevice(
                                        number(f[1]),
                                        f[2],
                                        number(f[3]),
                                        number(f[4]),
                                        number(f[5]),
                                        Long.parseLong(f[6]),
                                        f[7]));
                case "unusable" -> reason = f[1];
                default -> {
                    return null;
                }
            }
        }
        if (reason.isEmpty() == devices.isEmpty()) { // a reason or a device, never both or none
            return null;
        }
        return new ProbeVerdict(versions, devices, reason, true);
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static void line(StringBuilder out, Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            String text = String.valueOf(fields[i]).replaceAll("[\\t\\r\\n]+", " ");
            out.append(i == 0 ? "" : FIELD).append(text);
        }
        out.append('\n');
    }
}
