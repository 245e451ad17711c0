package io.azimuth.jobs.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** A command's two streams: data out, talk to the side. Ends quietly when its reader has gone. */
final class Talk {
    private final PrintWriter out;
    private final PrintWriter err;

    Talk(CommandSpec spec) {
        out = spec.commandLine().getOut();
        err = spec.commandLine().getErr();
    }

    /** One line of data; false once nobody reads any more ({@code | head}). */
    boolean data(String line) {
        out.println(line);
        return !out.checkError();
    }

    void note(String line) {
        err.println(line);
        err.flush();
    }

    PrintWriter out() {
        return out;
    }
}
