package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;

/** Residuals of a source against a target, linearised about a pose. */
interface Linearisation {
    /**
     * Fills the equations, which come in emptied, in a fixed order of the points: same bits for
     * same input.
     */
    void linearise(RigidTransform targetFromSource, NormalEquations into);
}
