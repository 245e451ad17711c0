package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.registration.pcl.PclRuntime;
import io.azimuth.registration.pcl.PclStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at what a machine has of what azimuth can use. */
@Command(
        name = "doctor",
        description = {
            "Say what this machine has of what azimuth needs or can use, and what to install for"
                    + " the rest.",
            "Ends with 0 if all that is needed is there, with 6 if not."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final int CONNECT_MILLIS = 2000;
    private static final long MEBI = 1 << 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Also whether a broker answers there.")
    private @Nullable String bootstrap;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /**
     * One finding.
     *
     * @param needed whether azimuth does not work without
     * @param state what was found, or what is missing and how to get it
     */
    private record Finding(String what, boolean there, boolean needed, String state) {}

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(engine("engine OnnxRuntime", new OrtBackend().probe(), true));
        findings.add(
                engine("engine TensorRT", new TrtBackend(TrtOptions.defaults()).probe(), false));
        findings.add(pcl());
        if (bootstrap != null) {
            findings.add(broker(bootstrap));
        }
        tell(findings);
        boolean well = findings.stream().allMatch(f -> f.there() || !f.needed());
        return (well ? ExitCode.OK : ExitCode.OUTSIDE).number();
    }

    private static Finding java() { // an older one could not have loaded this class
        return new Finding("java", true, true, Runtime.version().toString());
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory() / MEBI;
        int cores = Runtime.getRuntime().availableProcessors();
        return new Finding(
                "machine", true, true, "%d cores, heap up to %d MiB".formatted(cores, heap));
    }

    private static Finding engine(String name, Capability capability, boolean needed) {
        String state = capability.available() ? capability.version() : capability.reason();
        return new Finding(name, capability.available(), needed, state);
    }

    private static Finding pcl() {
        PclStatus status = PclRuntime.probe();
        String absent = status.reason() + "; " + PclRuntime.INSTALL;
        return new Finding(
                "PCL", status.available(), false, status.available() ? status.version() : absent);
    }

    /** Only whether somebody listens: what else a broker needs, a run says. */
    private static Finding broker(String address) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--bootstrap is '" + address + "', expected HOST:PORT");
        }
        try (Socket socket = new Socket()) {
            String host = address.substring(0, colon);
            int port = Integer.parseInt(address.substring(colon + 1));
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return new Finding("broker " + address, true, true, "answers");
        } catch (IOException | IllegalArgumentException e) {
            return new Finding(
                    "broker " + address,
                    false,
                    true,
                    "does not answer (%s); 'azimuth run' brings its own".formatted(e.getMessage()));
        }
    }

    private void tell(List<Finding> findings) {
        Talk talk = new Talk(spec);
        if (json) {
            ObjectNode out = Json.row();
            ArrayNode rows = out.putArray("findings");
            for (Finding f : findings) {
                rows.addObject()
                        .put("what", f.what())
                        .put("there", f.there())
                        .put("needed", f.needed())
                        .put("state", f.state());
            }
            talk.data(out.toString());
            return;
        }
        for (Finding f : findings) {
            String mark = f.there() ? "ok" : f.needed() ? "MISSING" : "absent";
            talk.data(Talk.printable("%-8s %-20s %s".formatted(mark, f.what(), f.state())));
        }
    }
}
