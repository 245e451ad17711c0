package io.azimuth.perception.recognition;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.objects.BoxCutter;
import io.azimuth.perception.invariant.Crop;
import java.util.ArrayList;
import java.util.List;

/**
 * Crops about boxes, which grow as {@link OrientedBox#cropHalf} says. Buffers are reused; not
 * thread-safe.
 */
final class CropCutter {
    private final BoxCutter cutter = new BoxCutter();

    /** One crop a box, in order, in the sensor's frame; points keep the sweep's order. */
    List<Crop> cut(PointCloud cloud, List<OrientedBox> boxes) {
        List<OrientedBox> grown = new ArrayList<>(boxes.size());
        for (OrientedBox b : boxes) {
            grown.add(
                    new OrientedBox(
                            b.x(),
                            b.y(),
                            b.z(),
                            2 * OrientedBox.cropHalf(b.length()),
                            2 * OrientedBox.cropHalf(b.width()),
                            2 * OrientedBox.cropHalf(b.height()),
                            b.yawRad()));
        }
        cutter.cut(cloud, grown);
        List<Crop> out = new ArrayList<>(boxes.size());
        for (int b = 0; b < boxes.size(); b++) {
            out.add(Crop.inSensorFrame(cloud, cutter.members(b), cutter.size(b)));
        }
        return out;
    }
}
