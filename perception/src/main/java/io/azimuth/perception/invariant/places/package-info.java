/**
 * Recognition of places: descriptors of whole sweeps that do not change when the vehicle turns
 * ({@link io.azimuth.perception.invariant.places.PlaceDescriptor}) by rings or by the pieces that
 * stand around, and a code of fixed length for sets of local descriptors ({@link
 * io.azimuth.perception.invariant.places.SetCode}). Not here: the pose between two sweeps of a
 * place, which is registration.
 */
@NullMarked
package io.azimuth.perception.invariant.places;

import org.jspecify.annotations.NullMarked;
