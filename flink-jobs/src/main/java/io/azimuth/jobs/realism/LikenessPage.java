package io.azimuth.jobs.realism;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A page that shows both sides beside each other, with the table and curves. */
final class LikenessPage {
    private static final String HEAD =
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Simulator against recordings</title>
            <style>body{background:#0b0f17;color:#e8edf5;font:14px sans-serif;margin:24px}img{max-width:100%}
            .pair{display:grid;grid-template-columns:1fr 1fr;gap:12px}.wide{grid-template-columns:1fr}
            pre{font-size:12px;overflow-x:auto}figcaption{color:#8b98ad}figure{margin:0}svg{background:#111827}</style></head><body>
            <h1>Simulated sweeps beside recorded ones</h1>
            <p>Left or above: recorded. Right or below: simulated. The recorded pictures stay in this folder.</p>
            """;

    private LikenessPage() {}

    static void write(Path out, Likeness likeness, Album real, Album simulated) throws IOException {
        Map<String, BufferedImage> a = real.pictures();
        Map<String, BufferedImage> b = simulated.pictures();
        StringBuilder html = new StringBuilder(HEAD);
        Set<String> all = new LinkedHashSet<>(b.keySet());
        all.addAll(a.keySet());
        for (String name : all) {
            boolean wide = name.equals("range") || name.equals("intensity");
            html.append("<h2>").append(name).append("</h2><div class=\"pair");
            html.append(wide ? " wide\">" : "\">");
            picture(html, out, "real", name, a.get(name));
            picture(html, out, "simulated", name, b.get(name));
            html.append("</div>\n");
        }
        for (String name : likeness.simulated.curveNames()) {
            html.append("<h2>").append(name).append("</h2>");
            html.append(
                    CurvePlot.svg(likeness.real.curveOf(name), likeness.simulated.curveOf(name)));
        }
        html.append("<h2>Figures</h2><pre>").append(LikenessText.table(likeness));
        html.append("</pre></body></html>\n");
        Files.writeString(out.resolve("index.html"), html);
    }

    private static void picture(
            StringBuilder html, Path out, String side, String name, @Nullable BufferedImage image)
            throws IOException {
        String file = side + "-" + name + ".png";
        if (image == null) {
            html.append("<figure><figcaption>")
                    .append(side)
                    .append(": no such car</figcaption></figure>");
            return;
        }
        save(image, out.resolve(file));
        html.append("<figure><img src=\"").append(file).append("\" alt=\"").append(name);
        html.append("\"><figcaption>").append(side).append("</figcaption></figure>");
    }

    static void save(BufferedImage image, Path file) throws IOException {
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(file + ": this Java runtime cannot write PNG");
        }
    }
}
