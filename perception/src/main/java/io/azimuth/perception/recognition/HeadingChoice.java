package io.azimuth.perception.recognition;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.invariant.Encoding;

/**
 * Whose heading a detection gets. A box says its axis the better the longer it is against its
 * width; the crop turns a box only where it is surer than that and above a threshold. Which end is
 * the front is the crop's to say where the detector does not know.
 */
final class HeadingChoice {
    /** What a box's axis is worth at most, even if twice as long as wide. */
    private static final double BOX_CERTAINTY = 0.97;

    private final RecogniserConfig config;

    HeadingChoice(RecogniserConfig config) {
        this.config = config;
    }

    /** The heading's box, and whether its front is known. */
    record Choice(OrientedBox box, boolean known) {}

    Choice of(Detection d, Encoding e) {
        OrientedBox box = d.box();
        if (!Double.isFinite(e.headingYawRad())) {
            return new Choice(box, d.headingKnown());
        }
        boolean turn =
                e.headingCertainty() > config.axisCertainty()
                        && e.headingCertainty() > boxCertainty(d);
        if (turn) {
            box = turned(box, e.headingYawRad());
        }
        boolean says = !d.headingKnown() && e.frontCertainty() > config.frontCertainty();
        if (says && Math.abs(Angles.difference(e.headingYawRad(), box.yawRad())) > Math.PI / 2) {
            box = withYaw(box, box.length(), box.width(), box.yawRad() + Math.PI);
        }
        return new Choice(box, d.headingKnown() || says);
    }

    /** 0 for a square box, rising to {@link #BOX_CERTAINTY} at twice as long as wide. */
    private static double boxCertainty(Detection d) {
        double longer = Math.max(d.box().length(), d.box().width());
        double shorter = Math.min(d.box().length(), d.box().width());
        return BOX_CERTAINTY * Math.min(1, longer / shorter - 1);
    }

    /** The box along the given axis, with its front on the side where it was. */
    private static OrientedBox turned(OrientedBox box, double yawRad) {
        boolean otherEnd = Math.abs(Angles.difference(yawRad, box.yawRad())) > Math.PI / 2;
        double yaw = otherEnd ? yawRad + Math.PI : yawRad;
        boolean across = Math.abs(Angles.difference(yaw, box.yawRad())) > Math.PI / 4;
        return across
                ? withYaw(box, box.width(), box.length(), yaw)
                : withYaw(box, box.length(), box.width(), yaw);
    }

    private static OrientedBox withYaw(OrientedBox b, double length, double width, double yawRad) {
        return new OrientedBox(b.x(), b.y(), b.z(), length, width, b.height(), yawRad);
    }
}
