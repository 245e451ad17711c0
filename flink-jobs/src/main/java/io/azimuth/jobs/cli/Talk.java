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
        err.println(printable(line));
        err.flush();
    }

    /** Messages quote files: what would steer a terminal is replaced. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\u0080-\u009f&&[^\n\t]]", "?");
    }

    PrintWriter out() {
        return out;
    }
}
