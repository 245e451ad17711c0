package io.azimuth.connectors.dataset;

import io.azimuth.perception.simulation.SensorModel;
import java.util.Locale;

/** Which sensor simulated scans are taken with. */
public enum SensorChoice {
    HDL64(64),
    HDL32(32),
    VLP16(16),
    OS1_128(128),
    /**
     * One after the other by chance: two in five scans with 64 beams, one in five each with 32, 16
     * and 128.
     */
    MIXED(0);

    /** The kinds that {@link #MIXED} draws from; the position is the number kept in files. */
    static final SensorChoice[] KINDS = {HDL64, HDL32, VLP16, OS1_128};

    private final int rings;

    SensorChoice(int rings) {
        this.rings = rings;
    }

    /** Beams; 0 for {@link #MIXED}. */
    int rings() {
        return rings;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    SensorChoice drawn(Draws draws) {
        double u = draws.unit();
        if (this != MIXED) {
            return this;
        }
        return u < 0.4 ? HDL64 : u < 0.6 ? HDL32 : u < 0.8 ? VLP16 : OS1_128;
    }

    /** A sensor as its maker mounts it; not of {@link #MIXED}. */
    SensorModel model(String name) {
        return switch (this) {
            case HDL64 -> SensorModel.hdl64(name);
            case HDL32 -> SensorModel.hdl32(name);
            case VLP16 -> SensorModel.vlp16(name);
            case OS1_128 -> SensorModel.os1With128(name);
            case MIXED -> throw new IllegalStateException("mixed is no sensor");
        };
    }
}
