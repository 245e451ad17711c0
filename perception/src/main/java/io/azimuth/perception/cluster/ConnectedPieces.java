package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.Sweep;
import java.util.Arrays;

/**
 * What stands over the ground of a sweep, in connected pieces: the candidates that {@link
 * GeometricDetector} weighs, before it rates any. A piece may be part of another. Higher than 4.2 m
 * over the ground there are none. One instance a thread; buffers are reused.
 */
public final class ConnectedPieces {
    private final SweepNodes nodes;
    private int[] node = new int[0];
    private int count;

    public ConnectedPieces(GeometricDetectorConfig config) {
        nodes = new SweepNodes(config);
    }

    /** Finds the pieces of a sweep; what was found before is forgotten. Returns their number. */
    public int find(Sweep sweep) {
        count = 0;
        if (!nodes.build(sweep)) {
            return 0;
        }
        if (node.length < nodes.tree.nodes) {
            node = new int[nodes.tree.nodes * 2];
        }
        for (int n = 0; n < nodes.tree.nodes; n++) {
            if (!nodes.hardlyChanged(n)) {
                node[count++] = n;
            }
        }
        return count;
    }

    /** Number of points of a piece: the nearest returns of the directions that hit it. */
    public int size(int piece) {
        return nodes.points(node[piece]);
    }

    /** Places in the sweep's cloud of a piece's points, in a fixed order. */
    public int[] points(int piece) {
        FragmentTree tree = nodes.tree;
        int n = node[piece];
        int[] out = Arrays.copyOfRange(tree.member, tree.start[n], tree.end[n]);
        for (int k = 0; k < out.length; k++) {
            out[k] = nodes.image.pointOf(out[k]);
        }
        return out;
    }

    /** Height over the ground of a piece's lowest point, metres. */
    public double lowestM(int piece) {
        return nodes.tree.minHeight[node[piece]];
    }
}
