package io.azimuth.jobs.realism;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.jobs.realism.Likeness.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** A likeness for people (a table) and for programs (JSON by a schema with a version). */
final class LikenessText {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LikenessText() {}

    static String table(Likeness of) {
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%-30s %10s %8s %10s %8s %7s %10s  %-24s %s%n",
                        "figure",
                        "real",
                        "n",
                        "simulated",
                        "n",
                        "ratio",
                        "difference",
                        "bar",
                        "met"));
        for (Row r : of.rows()) {
            out.append(
                            String.format(
                                            Locale.ROOT,
                                            "%-30s %10s %8d %10s %8d %7s %10s  %-24s %s",
                                            r.name(),
                                            number(r.real().value()),
                                            r.real().samples(),
                                            number(r.simulated().value()),
                                            r.simulated().samples(),
                                            number(r.ratio()),
                                            number(r.difference()),
                                            r.bar() == null ? "" : r.bar().text(),
                                            r.verdict())
                                    .stripTrailing())
                    .append('\n');
        }
        int[] score = of.score();
        return out.append("bars met: %d of %d".formatted(score[0], score[1])).toString();
    }

    static String json(Likeness of, List<String> real, List<Long> seeds) {
        ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1);
        real.forEach(root.putArray("real")::add);
        seeds.forEach(root.putArray("seeds")::add);
        root.put("barsMet", of.score()[0]).put("barsJudged", of.score()[1]);
        ObjectNode figures = root.putObject("figures");
        for (Row r : of.rows()) {
            ObjectNode f = figures.putObject(r.name());
            put(f, "real", r.real().value());
            f.put("realSamples", r.real().samples());
            put(f, "simulated", r.simulated().value());
            f.put("simulatedSamples", r.simulated().samples());
            if (r.bar() != null) {
                f.put("bar", r.bar().text()).put("met", r.verdict());
            }
        }
        ObjectNode curves = root.putObject("curves");
        for (String name : of.simulated.curveNames()) {
            ObjectNode c = curves.putObject(name);
            put(c.putArray("real"), of.real.curveOf(name));
            put(c.putArray("simulated"), of.simulated.curveOf(name));
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Four digits that count, or a dash. */
    static String number(double v) {
        if (!Double.isFinite(v)) {
            return "-";
        }
        int digits = Math.abs(v) >= 1000 ? 0 : Math.abs(v) >= 10 ? 2 : 4;
        return String.format(Locale.ROOT, "%." + digits + "f", v);
    }

    private static void put(ObjectNode node, String name, double v) {
        if (Double.isFinite(v)) {
            node.put(name, v);
        } else {
            node.putNull(name);
        }
    }

    private static void put(ArrayNode node, double[] values) {
        for (double v : values) {
            if (Double.isFinite(v)) {
                node.add(v);
            } else {
                node.addNull();
            }
        }
    }
}
