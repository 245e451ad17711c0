package io.azimuth.jobs.pipeline;

import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * Where a detector is opened.
 *
 * @param metrics where it tells more about itself than the time it takes
 * @param gpu index of the device that is given to it, from 0; without meaning on the CPU
 */
public record DetectorSite(MetricGroup metrics, int gpu) {
    /** Flink's name for GPUs: {@code external-resources: gpu} in a cluster's configuration. */
    public static final String RESOURCE = "gpu";

    private static final String INDEX = "index";

    /**
     * A task of a job. Where the cluster declares GPUs, tasks take them in turn; they are not kept
     * from each other, Flink gives all of a TaskManager's to each of its tasks. Where it declares
     * none, the task takes GPU 0.
     *
     * @throws IllegalStateException if the cluster's driver names GPUs otherwise than by number
     */
    static DetectorSite of(RuntimeContext task, MetricGroup metrics) {
        List<Integer> given =
                task.getExternalResourceInfos(RESOURCE).stream()
                        .map(DetectorSite::index)
                        .distinct()
                        .sorted()
                        .toList();
        int subtask = task.getTaskInfo().getIndexOfThisSubtask();
        return new DetectorSite(metrics, given.isEmpty() ? 0 : given.get(subtask % given.size()));
    }

    private static int index(ExternalResourceInfo info) {
        String text =
                info.getProperty(INDEX)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "external resource 'gpu' has no property 'index', only %s: use a driver that gives it, such as %s"
                                                        .formatted(
                                                                info.getKeys(),
                                                                GpuDriverFactory.class.getName())));
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "external resource 'gpu' has index '%s', expected a number from 0"
                            .formatted(text),
                    e);
        }
    }
}
