package io.azimuth.perception.inference.tensorrt.seam;

import java.util.List;

/**
 * An input or output of a plan.
 *
 * @param shape dimensions; -1 where the profile leaves them free
 */
public record TrtTensor(String name, boolean input, TrtType type, List<Long> shape) {
    public TrtTensor {
        shape = List.copyOf(shape);
    }
}
