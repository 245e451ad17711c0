package io.azimuth.perception.inference.bundle;

import java.util.List;

/**
 * One node of a network.
 *
 * @param inputs names; empty for an optional one that is left out
 */
record GraphNode(
        String operator, List<String> inputs, List<String> outputs, NodeAttributes attributes) {}
