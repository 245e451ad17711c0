#!/usr/bin/env python3
"""Makes the captures here and the points that they hold, from the documented layouts alone.

python3 make.py     rewrites *.pcap, *.pcapng, *.json, *.csv beside it; the same bytes on every run.
Rows of a .csv: sweep, x, y, z (m), intensity, ring, time (ns), in the order of measuring.
"""
import json
import math
import os
import random
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
NOON = 1_700_049_600 * 10**9  # a full hour, ns since the epoch


# ---- captures ---------------------------------------------------------------------------------
def ipv4(udp, ident=1, options=b"", fragment=None):
    def one(part, offset, more):
        words = 5 + len(options) // 4
        head = struct.pack(">BBHHHBBH4s4s", 0x40 | words, 0, words * 4 + len(part), ident,
                           (0x2000 if more else 0) | offset // 8, 64, 17, 0, bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2]))
        return head + options + part
    if fragment is None:
        return [one(udp, 0, False)]
    parts = [(i, udp[i:i + fragment]) for i in range(0, len(udp), fragment)]
    packets = [one(p, i, i + len(p) < len(udp)) for i, p in parts]
    return packets[::-1] if ident % 2 else packets


def ipv6(udp):
    hop = struct.pack(">BB6x", 17, 0)  # an empty hop-by-hop header in front of UDP
    return [struct.pack(">IHBB16s16s", 0x60000000, len(udp) + 8, 0, 64, bytes(15) + b"\1", bytes(15) + b"\2") + hop + udp]


def udp(payload, port):
    return struct.pack(">HHHH", port, port, 8 + len(payload), 0) + payload


def ethernet(ip, vlan=False):
    kind = struct.pack(">H", 0x0800 if ip[0] >> 4 == 4 else 0x86DD)
    return bytes(12) + (struct.pack(">HH", 0x8100, 5) if vlan else b"") + kind + ip


def sll(ip):
    return struct.pack(">HHH8sH", 0, 1, 6, bytes(8), 0x0800 if ip[0] >> 4 == 4 else 0x86DD) + ip


def sll2(ip):
    return struct.pack(">HHIHBB8s", 0x0800 if ip[0] >> 4 == 4 else 0x86DD, 0, 1, 1, 0, 6, bytes(8)) + ip


def pcap(name, records, link, nanos=False, big=False, tail=b""):
    e = ">" if big else "<"
    out = struct.pack(e + "IHHiIII", 0xA1B23C4D if nanos else 0xA1B2C3D4, 2, 4, 0, 0, 65535, link)
    for t, data in records:
        out += struct.pack(e + "IIII", t // 10**9, t % 10**9 // (1 if nanos else 1000), len(data), len(data)) + data
    write(name, out + tail)


def pcapng(name, records, link, big=False):
    e = ">" if big else "<"

    def block(kind, body):
        body += bytes(-len(body) % 4)
        return struct.pack(e + "II", kind, len(body) + 12) + body + struct.pack(e + "I", len(body) + 12)
    out = block(0x0A0D0D0A, struct.pack(e + "IHHq", 0x1A2B3C4D, 1, 0, -1))
    out += block(1, struct.pack(e + "HHI", link, 0, 0) + struct.pack(e + "HHB3xHH", 9, 1, 9, 0, 0))  # ns
    out += block(0x0BAD, b"a block of nobody's")
    for t, data in records:
        out += block(6, struct.pack(e + "IIIII", 0, t >> 32, t & 0xFFFFFFFF, len(data), len(data)) + data)
    write(name, out)


def write(name, data):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(data)


def rows(name, sweeps):
    with open(os.path.join(HERE, name), "w") as f:
        for i, points in enumerate(sweeps):
            for x, y, z, intensity, ring, t in points:
                f.write("%d,%.6f,%.6f,%.6f,%.6f,%d,%d\n" % (i, x, y, z, intensity, ring, t))


# ---- Ouster -----------------------------------------------------------------------------------
BEAMS, COLUMNS, PER_PACKET, STEP = 4, 32, 16, 3_125_000
ALTITUDE, AZIMUTH = [10.5, 3.25, -4.0, -12.75], [4.2, 1.4, -1.4, -4.2]
ORIGIN, TO_SENSOR = 15.806, [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 36.18, 0, 0, 0, 1]


def metadata(name, profile):
    fmt = dict(column_window=[0, COLUMNS - 1], columns_per_frame=COLUMNS, columns_per_packet=PER_PACKET,
               pixel_shift_by_row=[0] * BEAMS, pixels_per_column=BEAMS)
    beam = dict(beam_altitude_angles=ALTITUDE, beam_azimuth_angles=AZIMUTH, lidar_origin_to_beam_origin_mm=ORIGIN)
    if profile == "LEGACY":
        tree = dict(beam, data_format=fmt, lidar_mode="512x10", prod_line="OS-1-32",
                    lidar_to_sensor_transform=TO_SENSOR)
    else:
        tree = dict(beam_intrinsics=beam, lidar_intrinsics=dict(lidar_to_sensor_transform=TO_SENSOR),
                    lidar_data_format=dict(fmt, udp_profile_lidar=profile),
                    config_params=dict(lidar_mode="512x10"), sensor_info=dict(prod_line="OS-1-32"))
    write(name, (json.dumps(tree, indent=1) + "\n").encode())


def pixel(profile, rng):
    """Bytes of a pixel, its range in mm and its reflectivity."""
    mm, refl = (0, 0) if rng.random() < 0.2 else (rng.randrange(400, 200_000), rng.randrange(256))
    junk = rng.randrange(1, 32)
    if profile == "LEGACY":
        return struct.pack("<IBxHHxx", mm | (junk & 15) << 28, refl, 77, 99), mm, refl
    if profile == "RNG19_RFL8_SIG16_NIR16":
        return struct.pack("<IBxHHxx", mm | junk << 19, refl, 77, 99), mm, refl
    if profile == "RNG19_RFL8_SIG16_NIR16_DUAL":
        word = mm | junk << 19 | refl << 24
        return struct.pack("<IIHHHxx", word, 123456 | 9 << 24, 77, 78, 99), mm, refl
    mm = min(mm, 0x7FFF << 3) // 8 * 8
    low = struct.pack("<HBB", mm >> 3 | (junk & 1) << 15, refl, 42)
    return low if profile == "RNG15_RFL8_NIR8" else low + struct.pack("<HBx", 1234, 9), mm, refl


def xyz(column, beam, mm):
    """Ouster's published formula with the offset of the beam's origin and the way to the sensor's frame."""
    encoder = 2 * math.pi * (1 - column / COLUMNS)
    theta, phi = encoder - math.radians(AZIMUTH[beam]), math.radians(ALTITUDE[beam])
    x = (mm - ORIGIN) * math.cos(theta) * math.cos(phi) + ORIGIN * math.cos(encoder)
    y = (mm - ORIGIN) * math.sin(theta) * math.cos(phi) + ORIGIN * math.sin(encoder)
    z = (mm - ORIGIN) * math.sin(phi)
    return -x / 1000, -y / 1000, (z + TO_SENSOR[11]) / 1000


def packet(profile, frame, columns, rng, start, lost):
    """A packet and the points of it."""
    points, fusa = [], profile.startswith("FUSA")
    if profile == "LEGACY":
        out = b""
    elif fusa:
        out = struct.pack("<B3sI24x", 1, b"abc", frame & 0xFFFFFFFF)
    else:
        out = struct.pack("<HH28x", 1, frame & 0xFFFF)
    for c in columns:
        t = start + c * STEP
        measured = c not in lost
        if profile == "LEGACY":
            out += struct.pack("<QHHI", t, c, frame & 0xFFFF, c * 90112 // COLUMNS)
        else:
            out += struct.pack("<QHH", t, c, 1 if measured else 0)
        for b in range(BEAMS):
            data, mm, refl = pixel(profile, rng)
            out += data
            if measured and mm:
                points.append((c, b, mm, refl, t))
        if profile == "LEGACY":
            out += struct.pack("<I", 0xFFFFFFFF if measured else 0)
    return out + (b"" if profile == "LEGACY" else bytes(32)), points


def ouster(name, profile, save, wrap, first_frame):
    """Four rotations: a partial first one that is dropped, the number's wrap, lost columns, packets out of order."""
    rng = random.Random(name)
    metadata(name + ".json", profile)
    packets, sweeps = [], []
    for f in range(4):
        start = 5_000_000_000 + f * COLUMNS * STEP
        points = []
        for p in range(2):
            columns = range(p * PER_PACKET, (p + 1) * PER_PACKET)
            lost = {3, 20} if f == 2 else set(range(17)) if f == 0 else set()
            data, more = packet(profile, first_frame + f, columns, rng, start, lost)
            points += more
            packets.append((NOON + f * COLUMNS * STEP + p * 10**6, data))
        if f:
            sweeps.append([xyz(c, b, mm) + (refl / 255, b, t) for c, b, mm, refl, t in points])
    # Swapped inside a rotation, and over the border of two.
    packets[2], packets[3] = packets[3], packets[2]
    packets[5], packets[6] = packets[6], packets[5]
    records = []
    for i, (t, data) in enumerate(packets):
        records += [(t, r) for r in wrap(udp(data, 7502), i)]
        records += [(t, r) for r in wrap(udp(bytes(48), 7503), 100 + i)]  # the inertial unit's
    save(records)
    rows(name + ".csv", sweeps)


# ---- Velodyne ---------------------------------------------------------------------------------
VLP16 = dict(product=0x22, firings=2, laser=2304, cycle=55296,
             elevation=[-15, 1, -13, 3, -11, 5, -9, 7, -7, 9, -5, 11, -3, 13, -1, 15],
             height=[11.2, -0.7, 9.7, -2.2, 8.1, -3.7, 6.6, -5.1, 5.1, -6.6, 3.7, -8.1, 2.2, -9.7, 0.7, -11.2])
HDL32 = dict(product=0x21, firings=1, laser=1152, cycle=46080,
             elevation=[-30.67, -9.33, -29.33, -8, -28, -6.67, -26.67, -5.33, -25.33, -4, -24, -2.67, -22.67, -1.33,
                        -21.33, 0, -20, 1.33, -18.67, 2.67, -17.33, 4, -16, 5.33, -14.67, 6.67, -13.33, 8, -12, 9.33,
                        -10.67, 10.67])
HDL32["height"] = [-28.956 * math.tan(math.radians(e)) for e in HDL32["elevation"]]
GAP = 199  # 0.01 deg from block to block


def velodyne(name, model, dual, save, wrap, packets):
    rng = random.Random(name)
    lasers = len(model["elevation"])
    order = sorted(model["elevation"])
    records, sweeps = [], [[]]
    azimuth, previous = 20_000, 0  # the first sweep covers 160 degrees and is dropped
    period = model["firings"] * model["cycle"]
    per_packet = 6 if dual else 12
    for p in range(packets):
        start = NOON - 9_000_000 + p * per_packet * period // 1000 * 1000  # whole microseconds, over the hour
        data = b""
        for k in range(per_packet):
            if azimuth < previous:
                sweeps.append([])
            previous = azimuth
            returns = [b"", b""]
            for i in range(32):
                hit = rng.random() < 0.06
                a, b = [(rng.randrange(1, 50_000), rng.randrange(256)) if hit else (0, 0) for _ in range(2)]
                returns[0] += struct.pack("<HB", *a)
                returns[1] += struct.pack("<HB", *b)
                units, refl = b if dual and b[1] > a[1] else a
                laser, firing = i % lasers, i // lasers
                after = firing * model["cycle"] + laser * model["laser"]
                angle = math.radians((azimuth + GAP * after / period) / 100)
                up = math.radians(model["elevation"][laser])
                r = units * 0.002
                if units:
                    sweeps[-1].append((r * math.cos(up) * math.cos(angle), -r * math.cos(up) * math.sin(angle),
                                       r * math.sin(up) + model["height"][laser] / 1000, refl / 255,
                                       order.index(model["elevation"][laser]), start + k * period + after))
            for j in range(2 if dual else 1):
                data += struct.pack("<HH", 0xEEFF, azimuth) + returns[j]
            azimuth = (azimuth + GAP) % 36_000
        data += struct.pack("<IBB", start // 1000 % 3_600_000_000, 0x39 if dual else 0x37, model["product"])
        stamp = start + 2_000_000  # the capturing machine's clock runs ahead
        records += [(stamp, r) for r in wrap(udp(data, 2368), p)]
        records += [(stamp, r) for r in wrap(udp(bytes(512), 8308), p)]  # position packets
    save(records)
    keep = sweeps[1:]
    if (azimuth - GAP) % 36_000 < 17_000:  # a last sweep of less than half
        keep = keep[:-1]
    rows(name + ".csv", keep)


def main():
    ouster("legacy", "LEGACY", lambda r: pcap("legacy.pcap", r, 1),
           lambda u, i: [ethernet(p) for p in ipv4(u, i, options=bytes([1, 1, 1, 0]))], 65533)
    ouster("single", "RNG19_RFL8_SIG16_NIR16", lambda r: pcap("single.pcap", r, 1, nanos=True, big=True),
           lambda u, i: [ethernet(p, vlan=True) for p in ipv4(u, i)], 65534)
    ouster("dual", "RNG19_RFL8_SIG16_NIR16_DUAL", lambda r: pcapng("dual.pcapng", r, 113),
           lambda u, i: [sll(p) for p in ipv6(u)], 65535)
    ouster("low", "RNG15_RFL8_NIR8", lambda r: pcap("low.pcap", r, 101),
           lambda u, i: ipv4(u, i, fragment=256), 7)
    ouster("fusa", "FUSA_RNG15_RFL8_NIR8_DUAL", lambda r: pcapng("fusa.pcapng", r, 276, big=True),
           lambda u, i: [sll2(p) for p in ipv4(u, i)], 2**32 - 2)
    velodyne("vlp16", VLP16, False, lambda r: pcap("vlp16.pcap", r, 1),
             lambda u, i: [ethernet(p) for p in ipv4(u, i)], 40)
    velodyne("vlp16_dual", VLP16, True, lambda r: pcapng("vlp16_dual.pcapng", r, 276),
             lambda u, i: [sll2(p) for p in ipv4(u, i)], 60)
    velodyne("hdl32e", HDL32, False, lambda r: pcap("hdl32e.pcap", r, 1, tail=b"cut off here"),
             lambda u, i: [ethernet(p) for p in ipv4(u, i)], 40)


if __name__ == "__main__":
    main()
