/**
 * Sweeps out of captures of a LiDAR's network packets. {@link
 * io.azimuth.connectors.packets.PacketCapture#open} tells pcap from pcapng and Ouster from
 * Velodyne, goes through the file once to find where sweeps begin, and reads each sweep when it is
 * asked for: a capture is never in memory as a whole.
 *
 * <p>Layers, bottom up: {@code CaptureReader} (records of a file), {@code UdpReader} (datagrams:
 * link layers, IP, fragments), {@code OusterCapture} and {@code VelodyneCapture} (packets to
 * points). Damage that a person can do nothing about (a truncated last record, a lost fragment) is
 * counted and reported; what makes the rest unreadable is a {@link
 * io.azimuth.perception.geometry.MalformedDataException} that names file and byte.
 *
 * <p>A Velodyne is a table of directions ({@code VelodyneModel}, or a unit's own {@code
 * VelodyneCalibration}), a table of times ({@code VelodyneTiming}) and, for an HDL-64, {@code
 * VelodyneCorrections}; another model is a row of the first two. All are compared with an
 * independent decoder by {@code golden/velodyne/make.py}.
 *
 * <p>Not here: drives ({@code connectors.drive}), which know this package but not the reverse.
 */
@NullMarked
package io.azimuth.connectors.packets;

import org.jspecify.annotations.NullMarked;
