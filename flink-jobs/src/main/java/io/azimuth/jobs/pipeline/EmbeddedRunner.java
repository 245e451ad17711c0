package io.azimuth.jobs.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * Runs the job on a Flink cluster inside this JVM. Thread-safe.
 *
 * <pre>{@code
 * try (EmbeddedRunner runner = EmbeddedRunner.start(spec)) {
 *     runner.await(Duration.ofMinutes(10));
 * }
 * }</pre>
 */
public final class EmbeddedRunner implements AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(30);

    private final MiniCluster cluster;
    private final JobID jobId;
    private final CompletableFuture<JobResult> result;
    private final Path ownCheckpoints;

    private EmbeddedRunner(MiniCluster cluster, JobID jobId, Path ownCheckpoints) {
        this.cluster = cluster;
        this.jobId = jobId;
        this.result = cluster.requestJobResult(jobId);
        this.ownCheckpoints = ownCheckpoints;
    }

    /**
     * Starts a cluster with as many slots as the job needs and the job on it. Returns once the job
     * is taken, before it runs.
     *
     * @throws IllegalStateException if the cluster does not start or refuses the job
     */
    public static EmbeddedRunner start(JobSpec spec) {
        Path ownCheckpoints = temporaryFolder();
        JobSpec effective = withCheckpoints(spec, ownCheckpoints);
        MiniCluster cluster = new MiniCluster(clusterSettings(effective));
        try {
            JobGraph graph = AzimuthJob.build(effective).getStreamGraph().getJobGraph();
            cluster.start();
            JobID id = cluster.submitJob(graph).get().getJobID();
            return new EmbeddedRunner(cluster, id, ownCheckpoints);
        } catch (Exception e) {
            cluster.closeAsync();
            delete(ownCheckpoints);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the job did not start: " + rootCause(e), e);
        }
    }

    private static JobSpec withCheckpoints(JobSpec spec, Path folder) {
        PipelineConfig p = spec.pipeline();
        if (p.checkpointDir() != null) {
            return spec;
        }
        return spec.withPipeline(
                p.withCheckpoints(p.checkpointInterval(), folder.toUri().toString()));
    }

    private static MiniClusterConfiguration clusterSettings(JobSpec spec) {
        Configuration c = new Configuration();
        c.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        c.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(5)); // one JVM: a pause
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(c)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(spec.pipeline().parallelism())
                .withRandomPorts()
                .build();
    }

    /**
     * Waits until a bounded job has ended.
     *
     * @throws IllegalStateException naming the root cause if it failed, or how long was waited if
     *     it is still running after {@code deadline}
     */
    public void await(Duration deadline) throws InterruptedException {
        JobResult ended;
        try {
            ended = result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the job is still running after " + deadline.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job was lost: " + rootCause(e), e);
        }
        if (!ended.isSuccess()) {
            Throwable cause =
                    ended.getSerializedThrowable()
                            .<Throwable>map(
                                    t -> t.deserializeError(EmbeddedRunner.class.getClassLoader()))
                            .orElseGet(() -> new IllegalStateException("no cause was reported"));
            throw new IllegalStateException("the job failed: " + rootCause(cause), cause);
        }
    }

    /** Whether the job has ended, well or not. */
    public boolean isDone() {
        return result.isDone();
    }

    /** Stops the job if it still runs, and the cluster. */
    @Override
    public void close() {
        try {
            if (!result.isDone()) {
                cluster.cancelJob(jobId).get(CLOSE_DEADLINE.toSeconds(), TimeUnit.SECONDS);
                result.get(CLOSE_DEADLINE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // the cluster goes down all the same, and the job with it
        }
        cluster.closeAsync()
                .orTimeout(CLOSE_DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
        delete(ownCheckpoints);
    }

    private static String rootCause(Throwable t) {
        Throwable root = t;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("azimuth-checkpoints");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path p : deepestFirst) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            // a temporary folder: the system clears it
        }
    }
}
