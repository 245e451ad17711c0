package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.polar.CandidateSamples;
import io.azimuth.perception.polar.PolarModels;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSetTest {
    private static final FrameSetOptions OPTIONS =
            new FrameSetOptions(
                    5, 11, TownFamily.A, SizeChoice.MIXED, SensorChoice.VLP16, 2, 4, 2, 1);

    @TempDir static Path shared;
    @TempDir Path dir;

    private static Path whole = Path.of("");
    private static DatasetReport report = new DatasetReport(0, 0, 0, List.of());

    @BeforeAll
    static void writeOnce() throws IOException, InterruptedException {
        whole = shared.resolve("whole");
        report = FrameSet.write(whole, OPTIONS, "test", line -> {});
    }

    private static DatasetReport write(Path out, FrameSetOptions options)
            throws IOException, InterruptedException {
        return FrameSet.write(out, options, "test", line -> {});
    }

    private static JsonNode manifest(Path root) throws IOException {
        return new ObjectMapper().readTree(root.resolve("manifest.json").toFile());
    }

    @Test
    void theBytesDoNotDependOnTheWorkers() throws Exception {
        write(dir, OPTIONS.withWorkers(3));

        assertThat(Trees.digests(dir)).isEqualTo(Trees.digests(whole)).hasSize(3 + 3 * 7);
    }

    @Test
    void whatIsMissingCutOffOrUnfinishedIsMadeAgainAndNothingElse() throws Exception {
        SortedMap<String, String> expected = Trees.digests(whole);
        write(dir, OPTIONS);
        ShardFolder.remove(dir.resolve("shard-00000"));
        Path half = Files.createDirectories(dir.resolve("shard-00000.part"));
        Files.writeString(half.resolve("points.npy"), "interrupted");
        Path cut = dir.resolve("shard-00002/label.npy");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 300));

        DatasetReport again = write(dir, OPTIONS);

        assertThat(again.made()).isEqualTo(2);
        assertThat(again.kept()).isEqualTo(1);
        assertThat(Trees.digests(dir)).isEqualTo(expected);
    }

    @Test
    void canvasesComeBesideTheSamePoints() throws Exception {
        write(dir, OPTIONS.withCount(2).withCanvas(CanvasChoice.NANO));

        SortedMap<String, String> found = Trees.digests(dir.resolve("shard-00000"));
        SortedMap<String, String> plain = Trees.digests(whole.resolve("shard-00000"));
        for (String file : List.of("points.npy", "boxes.npy", "index.npy")) {
            assertThat(found.get(file)).isNotNull().isEqualTo(plain.get(file));
        }
        assertThat(found).containsKeys("canvas.npy", "canvas_index.npy", "canvas_boxes.npy");
        assertThat(manifest(dir).at("/canvas/rangeBins").asInt()).isEqualTo(128);
        long cells = (Files.size(dir.resolve("shard-00000/canvas.npy")) - 128) / 36;
        assertThat(cells).isBetween(4_000L, 60_000L);
    }

    @Test
    void aCartesianCanvasIsDrawnOfTheSamePoints() throws Exception {
        write(dir, OPTIONS.withCount(2).withCanvas(CanvasChoice.CARTESIAN));

        assertThat(Trees.digests(dir.resolve("shard-00000")).get("points.npy"))
                .isEqualTo(Trees.digests(whole.resolve("shard-00000")).get("points.npy"));
        assertThat(manifest(dir).at("/canvas/side").asInt()).isEqualTo(384);
        long cells = (Files.size(dir.resolve("shard-00000/canvas.npy")) - 128) / 36;
        assertThat(cells).isBetween(4_000L, 60_000L);
    }

    @Test
    void decoysStandInTheTownsAndHideLittle() throws Exception {
        write(dir, OPTIONS.withCount(2).withDecoys(1.5));

        JsonNode found = manifest(dir);
        JsonNode plain = manifest(whole);
        assertThat(found.at("/options/decoys").asDouble()).isEqualTo(1.5);
        assertThat(found.at("/options/decoysGenerator").asText()).matches("1-[0-9a-f]{16}");
        int boxes = plain.at("/shards/0/boxes").asInt();
        // walkers stand elsewhere where something is in their way, in sight of the sensor or not
        assertThat(found.at("/shards/0/boxes").asInt()).isBetween(boxes - 10, boxes + 10);
        assertThat(Trees.digests(dir.resolve("shard-00000")).get("points.npy"))
                .isNotEqualTo(Trees.digests(whole.resolve("shard-00000")).get("points.npy"));
        assertThatThrownBy(() -> OPTIONS.withDecoys(1.6)).hasMessageContaining("0 .. 1.5");
    }

    @Test
    void everySecondBeamLeavesHalfOfThePointsAndTheBoxesSaySo() throws Exception {
        FrameSetOptions thin =
                OPTIONS.withCount(2).withThinning(new FrameSetOptions.Thinning(false, 2, 1));
        write(dir, thin.withCanvas(CanvasChoice.NANO));

        JsonNode found = manifest(dir).at("/shards/0");
        long before = manifest(whole).at("/shards/0/points").asLong();
        assertThat(found.path("points").asLong() / (double) before).isBetween(0.35, 0.65);
        assertThat(found.path("boxes")).isEqualTo(manifest(whole).at("/shards/0/boxes"));
        assertThat(Files.size(dir.resolve("shard-00000/canvas_index.npy"))).isEqualTo(2 * 36 + 256);
        assertThat(manifest(dir).at("/options/thinning/ringStep").asInt()).isEqualTo(2);
    }

    @Test
    void everySecondColumnLeavesHalfOfThePoints() throws Exception {
        write(dir, OPTIONS.withCount(2).withThinning(new FrameSetOptions.Thinning(false, 1, 2)));

        long before = manifest(whole).at("/shards/0/points").asLong();
        assertThat(manifest(dir).at("/shards/0/points").asLong() / (double) before)
                .isBetween(0.48, 0.52);
    }

    @Test
    void whatChanceDropsIsTheSameInEveryRunAndFrameByFrame() throws Exception {
        FrameSetOptions drop =
                OPTIONS.withCount(4).withThinning(new FrameSetOptions.Thinning(true, 1, 1));
        write(dir.resolve("a"), drop);
        write(dir.resolve("b"), drop.withWorkers(2));

        assertThat(Trees.digests(dir.resolve("a"))).isEqualTo(Trees.digests(dir.resolve("b")));
        assertThat(
                        manifest(dir.resolve("a")).at("/shards/0/points").asLong()
                                + manifest(dir.resolve("a")).at("/shards/1/points").asLong())
                .isLessThan(
                        manifest(whole).at("/shards/0/points").asLong()
                                + manifest(whole).at("/shards/1/points").asLong());
    }

    @Test
    void aFlippedByteIsNoticed() throws Exception {
        write(dir, OPTIONS.withCount(2));
        Path file = dir.resolve("shard-00000/points.npy");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(write(dir, OPTIONS.withCount(2)).made()).isEqualTo(1);
        assertThat(Trees.digests(dir.resolve("shard-00000")))
                .isEqualTo(Trees.digests(whole.resolve("shard-00000")));
    }

    @Test
    void aLargerCountContinuesASmallerOne() throws Exception {
        write(dir, OPTIONS.withCount(3));

        DatasetReport more = write(dir, OPTIONS);

        assertThat(more.kept()).isEqualTo(1);
        assertThat(Trees.digests(dir)).isEqualTo(Trees.digests(whole));
    }

    @Test
    void histogramsCountEveryBoxAndFrameOnce() throws Exception {
        long boxes = 0;
        for (JsonNode shard : manifest(whole).path("shards")) {
            boxes += shard.path("boxes").asLong();
        }

        for (Histogram h : report.histograms()) {
            long expected = h.name().equals("sweep-points") ? 5 : boxes;
            assertThat(h.total()).as(h.name()).isEqualTo(expected).isPositive();
        }
    }

    @Test
    void theManifestNamesEveryFileWithItsDigest() throws Exception {
        SortedMap<String, String> digests = Trees.digests(whole);
        int files = 0;
        for (JsonNode shard : manifest(whole).path("shards")) {
            String name = shard.path("name").asText();
            for (Map.Entry<String, JsonNode> e : shard.path("files").properties()) {
                assertThat(e.getValue().path("sha256").asText())
                        .isEqualTo(digests.get(name + "/" + e.getKey()));
                files++;
            }
        }

        assertThat(files).isEqualTo(3 * 6);
    }

    @Test
    void candidatesOfANetworkComeBesideTheSamePoints() throws Exception {
        FrameSetOptions options =
                OPTIONS.withCanvas(CanvasChoice.NANO).withCandidates(PolarModels.NANO);
        write(dir, options.withCount(2));
        Path shard = dir.resolve("shard-00000");
        long head = 192; // of the index, whose fields take more words
        long rows = (Files.size(shard.resolve("candidates.npy")) - head) / 40;
        assertThat(rows).isBetween(4L, 2L * 112);
        int fields = CandidateSamples.BOX_FIELDS.size();
        assertThat(Files.size(shard.resolve("candidate_boxes.npy")))
                .isEqualTo(128 + rows * 4 * fields);
        int numbers = CandidateSamples.POINTS * CandidateSamples.POINT_FIELDS;
        assertThat(Files.size(shard.resolve("candidate_points.npy")))
                .isEqualTo(128 + rows * 2 * numbers);
        assertThat(Files.readAllBytes(shard.resolve("points.npy")))
                .isEqualTo(Files.readAllBytes(whole.resolve("shard-00000/points.npy")));
        assertThat(manifest(dir).at("/options/candidates").asText()).isEqualTo("nano");

        ByteBuffer index =
                ByteBuffer.wrap(Files.readAllBytes(shard.resolve("candidates.npy")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer box =
                ByteBuffer.wrap(Files.readAllBytes(shard.resolve("candidate_boxes.npy")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < rows; r++) {
            int at = (int) head + 40 * r;
            assertThat(index.getInt(at)).as("frame").isBetween(0, 1);
            int kind = index.getInt(at + 4);
            int row = 128 + 4 * fields * r;
            assertThat(box.getFloat(row + 4 * kind)).as("kind of row %d", r).isEqualTo(1f);
            assertThat(box.getFloat(row + 4 * 3)).as("length").isEqualTo(index.getFloat(at + 24));
        }
    }

    @Test
    void candidatesWithoutACanvasAreRefused() {
        assertThatThrownBy(() -> OPTIONS.withCandidates(PolarModels.NANO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a canvas");
    }

    @Test
    void otherOptionsOrOtherFilesInTheFolderAreRefused() throws Exception {
        FrameSetOptions other =
                new FrameSetOptions(
                        5, 12, TownFamily.A, SizeChoice.MIXED, SensorChoice.VLP16, 2, 4, 2, 1);
        assertThatThrownBy(() -> write(whole, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name another folder");
        Files.writeString(dir.resolve("letter.txt"), "mine");
        assertThatThrownBy(() -> write(dir, OPTIONS))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void townsSensorsAndHeightsDiffer() {
        Set<Long> seeds = new HashSet<>();
        Set<SensorChoice> kinds = new HashSet<>();
        Set<Double> heights = new HashSet<>();
        FrameSetOptions options = FrameSetOptions.of(320, 1);
        for (int town = 0; town < 40; town++) {
            FramePlan plan = FramePlan.of(options, town);
            seeds.add(plan.town().seed());
            plan.mounts().forEach(m -> kinds.add(m.kind()));
            plan.mounts().forEach(m -> heights.add(m.heightM()));
        }

        assertThat(seeds).hasSize(40);
        assertThat(kinds).containsExactlyInAnyOrder(SensorChoice.KINDS);
        assertThat(heights).hasSize(320).allMatch(h -> h >= 1.5 && h <= 2.1);
    }

    @Test
    void theSnippetOfTheDescriptionReadsTheShards() throws Exception {
        String description =
                Files.readString(
                        Path.of("src/main/java/io/azimuth/connectors/dataset/package-info.java"));
        int from = description.indexOf("<pre>{@code\n") + "<pre>{@code\n".length();
        String snippet =
                description
                        .substring(from, description.indexOf(" * }</pre>"))
                        .replaceAll("(?m)^ \\* ?", "");
        Path script = Files.writeString(dir.resolve("read.py"), snippet);
        String[] read = python(script.toString(), whole.toString());
        assumeTrue(
                python("-c", "import numpy")[0].equals("0"),
                "no python3 with numpy, the reader is not tried: AZIMUTH_JUDGE_PYTHON names another python");

        assertThat(read[0]).as(read[1]).isEqualTo("0");
        assertThat(read[1]).startsWith("5 ");
    }

    /** Exit code and output; code 127 if there is no python. */
    private static String[] python(String... arguments) throws Exception {
        String python = System.getenv().getOrDefault("AZIMUTH_JUDGE_PYTHON", "python3");
        List<String> words = new java.util.ArrayList<>(List.of(python));
        words.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            byte[] said = process.getInputStream().readAllBytes();
            return new String[] {
                Integer.toString(process.waitFor()), new String(said, StandardCharsets.UTF_8)
            };
        } catch (IOException e) {
            return new String[] {"127", e.toString()};
        }
    }
}
