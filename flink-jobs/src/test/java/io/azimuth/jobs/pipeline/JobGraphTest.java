package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.serving.Batching;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobGraphTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void sourceFrontAndSinkAreOneVertexAndThreeVerticesAreAll(int ring) {
        List<String> names = new ArrayList<>();
        JobSpec spec =
                spec().withPipeline(spec().pipeline().withBatching(Batching.none().withRing(ring)));
        for (JobVertex v : graph(spec).getVerticesSortedTopologicallyFromSources()) {
            names.add(v.getName());
        }

        assertThat(names).hasSize(3);
        assertThat(names.get(0)).contains("sweeps").contains("front").contains("front-out");
        assertThat(names.get(1)).contains("odometry").contains("odom-out");
        assertThat(names.get(2)).contains("track").contains("track-out");
    }

    @Test
    void noEdgeBetweenVerticesCarriesARawSweep() {
        List<Object> serializers = new ArrayList<>();
        ClassLoader loader = getClass().getClassLoader();
        for (JobVertex v : graph(spec()).getVertices()) {
            StreamConfig config = new StreamConfig(v.getConfiguration());
            for (var output : config.getVertexNonChainedOutputs(loader)) {
                StreamConfig producer =
                        config.getTransitiveChainedTaskConfigsWithSelf(loader)
                                .get(output.getSourceNodeId());
                assertThat(output.getOutputTag()).isNull();
                serializers.add(producer.getTypeSerializerOut(loader));
            }
        }

        assertThat(serializers)
                .containsExactlyInAnyOrder(
                        new SweepProductSerializer(), new PlacedSweepSerializer());
    }

    @Test
    void everyOperatorHasAUidAndNoneIsGeneric() {
        StreamGraph graph = AzimuthJob.build(spec()).getStreamGraph();

        for (StreamNode node : graph.getStreamNodes()) {
            if (!node.getOperatorName().contains(": ")) { // parts of a sink take its uid
                assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
            }
            for (StreamEdge edge : node.getOutEdges()) {
                assertThat(String.valueOf(node.getTypeSerializerOut()))
                        .as(edge.toString())
                        .doesNotContain("Kryo");
            }
        }
        assertThat(graph.getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
                .isTrue();
    }

    private static JobSpec spec() {
        return JobSpec.replay(
                "127.0.0.1:1",
                Map.of(0, 5L),
                "geometric",
                Detectors.named("geometric"),
                PipelineConfig.defaults().withParallelism(2));
    }

    private static JobGraph graph(JobSpec spec) {
        return AzimuthJob.build(spec).getStreamGraph().getJobGraph();
    }
}
