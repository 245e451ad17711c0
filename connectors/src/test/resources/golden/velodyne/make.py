#!/usr/bin/env python3
"""Captures of Velodyne packets, and the points that an independent decoder finds in them.

pip install velodyne-decoder==3.1.0 && python3 make.py     rewrites *.pcap, *.csv, *.yaml beside it.
Rows of a .csv: time (ns of the hour), ring, x, y, z (m), intensity, return (1 strongest, 2 last, 3 both), decoded
packet by packet by velodyne-decoder, which rounds azimuths to 0.01 degrees.
"""
import importlib.util
import math
import os
import random
import struct

import velodyne_decoder as vd

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("packets", os.path.join(HERE, "..", "packets", "make.py"))
packets = importlib.util.module_from_spec(spec)
spec.loader.exec_module(packets)

NOON = packets.NOON
START_US = 1_200_000_000  # of the hour
FLAGS = (0xEEFF, 0xDDFF, 0xCCFF, 0xBBFF)


class Case:
    """A capture. Of the slots of a packet, one in `sparse` holds a return, another one in each packet."""

    def __init__(self, name, product, packet_us, gap, packets, banks=1, firing_blocks=12, dual=False, sparse=12,
                 mode=0x37, start=1_000, model=None, calibration=None):
        self.name, self.product, self.packet_us, self.gap, self.packets = name, product, packet_us, gap, packets
        self.banks, self.dual, self.sparse = banks, dual, sparse
        self.mode = 0x39 if dual else mode
        self.unseen = 1 if banks == 4 else 0  # that decoder needs a VLS-128's first packet to know the beat
        self.start, self.model, self.calibration = start, model, calibration
        self.firings = firing_blocks  # groups of blocks of one azimuth in a packet

    def packet(self, p, azimuth, rng):
        blocks = []
        step = self.banks * (2 if self.dual else 1)
        slot = 0
        for f in range(self.firings):
            banks = [[b"", b""] for _ in range(self.banks)]
            for k in range(self.banks):
                for i in range(32):
                    hit = (5 * slot + p) % self.sparse == 0
                    slot += 1
                    one, two = [(rng.randrange(600, 60_000), rng.randrange(256)) if hit else (0, 0) for _ in "12"]
                    if hit and self.dual:
                        kind = rng.randrange(4)  # both, only the last, only the strongest, the same twice
                        one = (0, 0) if kind == 2 else one
                        two = (0, 0) if kind == 1 else one if kind == 3 else two
                    banks[k][0] += struct.pack("<HB", *one)
                    banks[k][1] += struct.pack("<HB", *two)
            order = [(k, r) for k in range(self.banks) for r in range(2 if self.dual else 1)]
            if self.model is not None:  # an HDL-64 sends both halves of a return, then those of the other
                order.sort(key=lambda kr: kr[::-1])
            for k, r in order:
                blocks.append(struct.pack("<HH", FLAGS[k], (azimuth + f * self.gap) % 36_000) + banks[k][r])
        while len(blocks) < 12:
            blocks.append(bytes(100))
        assert len(blocks) == 12 and step * self.firings <= 12
        end = bytes([0x39 + p, 0x40 + 3 * p]) if self.model is not None else bytes([self.mode, self.product])
        return b"".join(blocks) + struct.pack("<I", START_US + round(p * self.packet_us)) + end

    def make(self):
        rng = random.Random(self.name)
        payloads = [self.packet(p, self.start + p * self.firings * self.gap, rng) for p in range(self.packets)]
        records = []
        for p, data in list(enumerate(payloads))[self.unseen:]:
            stamp = NOON + START_US * 1000 + round(p * self.packet_us) * 1000 + 1_500_000
            records += [(stamp, packets.ethernet(ip)) for ip in packets.ipv4(packets.udp(data, 2368), p)]
        packets.HERE = HERE
        packets.pcap(self.name + ".pcap", records, 1)
        with open(os.path.join(HERE, self.name + ".csv"), "w") as f:
            for row in self.decode(payloads):
                f.write("%d,%d,%.4f,%.4f,%.4f,%.4g,%d\n" % row)

    def decode(self, payloads):
        options = dict(min_range=0, max_range=1e6)
        if self.model is not None:
            options.update(model=self.model, calibration=vd.Calibration.read(os.path.join(HERE, self.calibration)))
        decoder = vd.ScanDecoder(vd.Config(**options))
        for p, data in enumerate(payloads):  # one by one, so that times are those of the packet
            us = struct.unpack_from("<I", data, 1200)[0]
            _, points = decoder.decode(vd.PacketVector([vd.VelodynePacket(1e-6 * us, data)]))
            for x, y, z, intensity, time, _, ring, kind in points if p >= self.unseen else ():
                yield us * 1000 + round(float(time) * 1e9), ring, x, y, z, intensity, kind


def calibration(name, seed):
    """The calibration of a unit that does not exist, in the form of the ROS driver's files."""
    rng = random.Random(seed)
    upper = [2 - i * 10.33 / 31 for i in range(32)]
    lower = [-8.83 - i * 15.5 / 31 for i in range(32)]
    rng.shuffle(upper)
    rng.shuffle(lower)
    lines = ["# a unit that does not exist", "distance_resolution: 0.002", "lasers:"]
    for i, elevation in enumerate(upper + lower):
        dist = rng.uniform(0.9, 1.5)
        values = dict(
            dist_correction=dist, dist_correction_x=dist + rng.uniform(0, .05), dist_correction_y=dist + rng.uniform(0, .05),
            focal_distance=rng.uniform(0.25, 24), focal_slope=rng.uniform(0.5, 2),
            horiz_offset_correction=-0.026 if i % 2 else 0.026, laser_id=i, max_intensity=rng.randrange(230, 256),
            min_intensity=rng.randrange(60), rot_correction=math.radians(rng.uniform(-8, 8)),
            vert_correction=math.radians(elevation + rng.uniform(-.1, .1)), vert_offset_correction=rng.uniform(.12, .22))
        lines.append("- {" + ", ".join("%s: %s" % (k, v if isinstance(v, int) else "%.7g" % v) for k, v in values.items()) + "}")
    with open(os.path.join(HERE, name), "w") as f:
        f.write("\n".join(lines) + "\nnum_lasers: 64\n")


def main():
    calibration("hdl64.yaml", 64)
    vlp16 = 24 * 55.296
    sharp = 12 * 46.08
    for case in (
            Case("vlp16_strongest", 0x22, vlp16, 40, 4),
            Case("vlp16_last", 0x22, vlp16, 20, 4, mode=0x38, start=35_900),
            Case("vlp16_dual", 0x22, vlp16 / 2, 40, 4, firing_blocks=6, dual=True),
            Case("hires_strongest", 0x24, vlp16, 40, 4),
            Case("hdl32e_strongest", 0x21, sharp, 16, 4),
            Case("hdl32e_dual", 0x21, sharp / 2, 33, 4, firing_blocks=6, dual=True),
            Case("vlp32c_strongest", 0x28, 12 * 55.296, 20, 4),
            Case("vlp32c_dual", 0x28, 6 * 55.296, 20, 4, firing_blocks=6, dual=True),
            Case("vls128_strongest", 0xA1, 160, 19, 6, banks=4, firing_blocks=3),
            Case("vls128_dual", 0xA1, 160 / 3, 38, 9, banks=4, firing_blocks=1, dual=True, sparse=8),
            Case("vls128_later", 0xA1, 60 * 2.89, 20, 6, banks=4, firing_blocks=3),
            Case("hdl64_s2", 0, 288, 17, 4, banks=2, firing_blocks=6, model=vd.Model.HDL64E_S2,
                 calibration="hdl64.yaml"),
            Case("hdl64_s3", 0, 345.6, 20, 4, banks=2, firing_blocks=6, model=vd.Model.HDL64E_S3,
                 calibration="hdl64.yaml"),
            Case("hdl64_s3_dual", 0, 172.8, 20, 4, banks=2, firing_blocks=3, dual=True, model=vd.Model.HDL64E_S3,
                 calibration="hdl64.yaml")):
        case.make()


if __name__ == "__main__":
    main()
