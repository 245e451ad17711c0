package io.azimuth.perception.inference.tensorrt.seam;

import org.bytedeco.javacpp.Pointer;

/** A native address as JavaCPP takes it; owns nothing. */
final class Address extends Pointer {
    Address(long address) {
        this.address = address;
    }
}
