package io.azimuth.perception.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.azimuth.perception.inference.DirectBuffers;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every allowed operator in one network: the scan tells the shapes that the engine makes. */
class ShapeRulesTest {
    private static final List<TensorSpec> INPUTS =
            List.of(new TensorSpec("x", List.of(TensorSpec.BATCH, 4, 12, 10), "NCHW", "test"));

    @BeforeAll
    static void djlIsFirst() {
        Engine.getEngine("OnnxRuntime");
    }

    @Test
    void theScanTellsTheShapesThatTheEngineMakes() throws Exception {
        byte[] network = network();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(network)) {
            for (int batch = 1; batch <= 3; batch++) {
                Map<String, String> told = new LinkedHashMap<>();
                Map<String, KnownShape> shapes = OnnxScan.shapes(network, INPUTS, batch);
                session.getOutputNames().forEach(n -> told.put(n, String.valueOf(shapes.get(n))));

                assertThat(told).as("%d rows", batch).isEqualTo(made(environment, session, batch));
                assertThat(told).hasSizeGreaterThan(110);
            }
        }
    }

    @Test
    void valuesOfComputedSizesAreThoseOfTheEngine() throws Exception {
        byte[] network = network();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int known = 0;
        try (OrtSession session = environment.createSession(network);
                OnnxTensor x = input(environment, 2);
                OrtSession.Result result = session.run(Map.of("x", x))) {
            Map<String, KnownShape> shapes = OnnxScan.shapes(network, INPUTS, 2);
            for (var each : result) {
                OnnxTensor found = (OnnxTensor) each.getValue();
                long[] ints = shapes.get(each.getKey()).ints();
                if (ints != null) {
                    known++;
                    var buffer = found.getLongBuffer();
                    long[] engine = new long[buffer.remaining()];
                    buffer.get(engine);
                    assertThat(ints).as(each.getKey()).isEqualTo(engine);
                }
            }
        }
        assertThat(known).isGreaterThan(12);
    }

    /** The list of operators and the rules grow together. */
    @Test
    void everyAllowedOperatorIsInTheNetwork() throws Exception {
        TreeSet<String> seen = new TreeSet<>();
        OnnxScan.shapes(network(), INPUTS, 1).keySet().forEach(n -> seen.add(n.split("_")[0]));
        seen.remove("x");

        assertThat(seen).isEqualTo(new TreeSet<>(OnnxScan.OPERATORS));
    }

    private static Map<String, String> made(
            OrtEnvironment environment, OrtSession session, int batch) throws Exception {
        Map<String, String> out = new LinkedHashMap<>();
        try (OnnxTensor x = input(environment, batch);
                OrtSession.Result result = session.run(Map.of("x", x))) {
            result.forEach(
                    e ->
                            out.put(
                                    e.getKey(),
                                    KnownShape.of(((OnnxTensor) e.getValue()).getInfo().getShape())
                                            .toString()));
        }
        return out;
    }

    private static OnnxTensor input(OrtEnvironment environment, int batch) throws Exception {
        return OnnxTensor.createTensor(
                environment, DirectBuffers.allocate(batch * 480), INPUTS.get(0).shapeFor(batch));
    }

    private static byte[] network() throws IOException {
        try (InputStream in =
                ShapeRulesTest.class.getResourceAsStream(
                        "/io/azimuth/perception/inference/shapes.onnx")) {
            return in.readAllBytes();
        }
    }
}
