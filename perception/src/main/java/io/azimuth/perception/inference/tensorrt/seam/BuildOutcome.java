package io.azimuth.perception.inference.tensorrt.seam;

import java.util.List;

/**
 * What a build came to.
 *
 * @param plan empty if there is none
 * @param timingCache what the next build may start from
 * @param parseErrors what the parser did not accept: node, operator, message
 * @param log errors that the library told, oldest first
 */
public record BuildOutcome(
        byte[] plan, byte[] timingCache, List<String> parseErrors, List<String> log) {
    public BuildOutcome {
        parseErrors = List.copyOf(parseErrors);
        log = List.copyOf(log);
    }

    /** A network that the parser refused. */
    public static BuildOutcome unparsed(List<String> errors, List<String> log) {
        return new BuildOutcome(new byte[0], new byte[0], errors, log);
    }
}
