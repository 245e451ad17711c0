"""Writes the golden records and their twin wire.json, from contract.proto alone: no protobuf
library and nothing of ours takes part. Run in this folder: python3 make.py"""
import json
import math
import struct

TYPES = {"u8": (1, "<B"), "u16": (2, "<H"), "i16": (3, "<h"), "i32": (4, "<i"), "f32": (5, "<f")}
MASK = (1 << 64) - 1


def varint(v):
    v &= MASK
    out = b""
    while v > 127:
        out += bytes([v & 127 | 128])
        v >>= 7
    return out + bytes([v])


def field(number, value):
    """One field; what equals its default is left out, as proto3 does."""
    if value is None or value == 0 or value == "" or value == b"" or value == []:
        return b""
    if isinstance(value, float):
        return varint(number << 3 | 1) + struct.pack("<d", value)
    if isinstance(value, (bool, int)):
        return varint(number << 3) + varint(int(value))
    if isinstance(value, list):  # packed doubles
        value = b"".join(struct.pack("<d", v) for v in value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(*pairs):
    return b"".join(field(n, v) for n, v in pairs)


def part(number, body):
    """A sub-message, which is there even if empty."""
    return varint(number << 3 | 2) + varint(len(body)) + body


def numbered(values):
    return fields(*enumerate(values, 1))


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def planes(values, width):
    """DELTA_PLANES: differences, zigzag, then all low bytes, all second bytes, ..."""
    bits = 8 * width
    half = 1 << bits - 1
    before, zigzag = 0, []
    for v in values:
        delta = (v - before + half) % (1 << bits) - half
        zigzag.append((delta << 1 ^ delta >> 63) & (1 << bits) - 1)
        before = v
    return b"".join(bytes(z >> 8 * b & 255 for z in zigzag) for b in range(width))


def columns(spec):
    """spec: (name, type, scale, delta, values); gives the column messages and the points."""
    messages, raw = [], b""
    for name, kind, scale, delta, values in spec:
        number, fmt = TYPES[kind]
        width = struct.calcsize(fmt)
        data = planes(values, width) if delta else b"".join(struct.pack(fmt, v) for v in values)
        messages.append(fields((1, name), (2, number), (3, float(scale)), (5, len(raw)),
                               (6, len(data)), (7, int(delta))))
        raw += data
    return messages, raw


HEAD = {"sensor_id": "veh-07/top", "vehicle_id": "veh-07", "drive_id": "drive-\u00e9-1", "seq": 41,
        "start_ns": 1_317_042_272_000_000_000, "end_ns": 1_317_042_272_100_000_000}
EGO = [1.5, -0.25, 1.75, 0.5, 0.5, 0.5, 0.5]
DURATION = 100_000_000


def f32(v):
    return struct.unpack("<f", struct.pack("<f", v))[0]


def sweep(encoding, count, rings, spec, beams=None, sector=(0, 0)):
    messages, raw = columns(spec)
    h = HEAD
    out = fields((1, h["sensor_id"]), (2, h["vehicle_id"]), (3, h["drive_id"]), (4, h["seq"]),
                 (5, h["start_ns"]), (6, h["end_ns"]), (7, "sensor"), (9, count), (10, rings),
                 (11, encoding), (12, 1), (13, len(raw)))
    out += varint(14 << 3 | 5) + struct.pack("<I", crc32c(raw))
    out += b"".join(part(15, m) for m in messages)
    out += fields((16, sector[0]), (17, sector[1])) + part(18, numbered(EGO))
    if beams:
        out += part(19, fields((1, beams["elevation_rad"]), (2, beams["columns"])))
    return out + fields((21, 1), (31, raw))


def points(rows):
    return [dict(zip(("x", "y", "z", "intensity", "ring", "time_ns"), r)) for r in rows]


def spherical():
    beams = {"elevation_rad": [0.0625, 0.0, -0.125], "columns": 8}
    step = 2 * math.pi / 65536
    hits = {(0, 0): (30000, 2500, 255), (0, 7): (1, 65535, 0), (1, 2): (65535, 1, 7),
            (2, 1): (22222, 777, 128), (2, 2): (14000, 778, 129), (2, 3): (6000, 30000, 1)}
    azimuth, distance, light, rows = [], [], [], []
    for ring in range(3):
        for c in range(8):
            a, d, i = hits.get((ring, c), (azimuth[-1] if azimuth else 0, 0, 0))
            azimuth.append(a)
            distance.append(d)
            light.append(i)
            if d:
                e = beams["elevation_rad"][ring]
                m = d * 0.004
                rows.append((f32(m * math.cos(e) * math.cos(a * step)),
                             f32(m * math.cos(e) * math.sin(a * step)), f32(m * math.sin(e)),
                             f32(i / 255), ring, c * DURATION // 8))
    spec = [("azimuth", "u16", step, True, azimuth), ("range", "u16", 0.004, True, distance),
            ("intensity", "u8", 1 / 255, False, light)]
    twin = {"encoding": "SPHERICAL_U16", "beams": beams, "points": points(rows)}
    return twin, sweep(1, 24, 3, spec, beams)


def steps():
    x, y, z = [0, 20000, -20000, 32767], [1, -1, 1, 0], [-1800, 0, 255, 256]
    light, ring, when = [0, 255, 1, 128], [0, 63, 64, 2], [0, 65535, 1, 32768]
    scale = DURATION / 65535
    rows = [(f32(a * 0.001), f32(b * 0.001), f32(c * 0.001), f32(i / 255), r, round(t * scale))
            for a, b, c, i, r, t in zip(x, y, z, light, ring, when)]
    spec = [("x", "i16", 0.001, True, x), ("y", "i16", 0.001, True, y), ("z", "i16", 0.001, True, z),
            ("intensity", "u8", 1 / 255, False, light), ("ring", "u8", 1, False, ring),
            ("time", "u16", scale, True, when)]
    twin = {"encoding": "XYZ_I16", "sector": [3, 5], "points": points(rows)}
    return twin, sweep(2, 4, 65, spec, sector=(3, 5))


def floats():
    rows = [(f32(0.1), -1e4, f32(1e-7), 0.5, 0, 5), (f32(3.3), 2.5, -0.0, 1.0, 300, -7)]
    x, y, z, light, ring, when = map(list, zip(*rows))
    spec = [(n, "f32", 1, False, v) for n, v in (("x", x), ("y", y), ("z", z), ("intensity", light))]
    spec += [("ring", "u16", 1, False, ring), ("time", "i32", 1, True, when)]
    return {"encoding": "XYZ_F32", "points": points(rows)}, sweep(3, 2, 301, spec)


def small():
    ids = ["golden", HEAD["vehicle_id"], HEAD["sensor_id"], HEAD["drive_id"], HEAD["seq"]]
    origin = dict(zip(("event_id", "vehicle_id", "sensor_id", "drive_id", "seq"), ids))
    head = list(enumerate(ids, 1))
    box = [12.5, -3.25, -0.5, 4.5, 1.75, 1.5, 0.75]
    found = [[box, 1, 0.875, True, 250, -20_000_000], [box, 6, 0.5, False, 0, 0]]
    detections = fields(*head, (6, HEAD["start_ns"]), (7, HEAD["end_ns"]), (8, "geometric"))
    detections += b"".join(part(9, part(1, numbered(d[0])) + fields(*enumerate(d[1:], 2)))
                           for d in found)
    odom = [10.25, 20.5, -0.125, 0.5, -0.5, 0.5, 0.5]
    twist = [0.0, 0.0, 0.125, 8.5, 0.0, -0.25]
    covariance = [float(i == j) / (i + 2) for i in range(6) for j in range(6)]
    pose = fields(*head, (6, HEAD["end_ns"])) + part(7, numbered(odom)) + fields(
        (8, twist), (9, covariance), (10, 0.75), (11, 0.0625), (12, True), (13, False), (14, True))
    pose += part(15, numbered(EGO)) + fields((16, 3), (17, 12))
    track = [2**40 + 1, 5, box, 1.25, -0.5, 0.9375, True, 17, 2]
    tracks = fields(*head, (6, HEAD["end_ns"])) + part(7, fields((1, track[0]), (2, track[1])) + part(
        3, numbered(box)) + fields(*enumerate(track[3:], 4)))
    fate = fields(*head, (6, 2), (7, "BAD_CRC"), (8, -1500))
    twin = {"origin": origin, "box": box, "detections": found, "detector": "geometric",
            "odom_from_sensor": odom, "twist": twist, "covariance": covariance, "inlier_ratio": 0.75,
            "rmse_m": 0.0625, "degenerate": True, "discontinuity": False, "held": True,
            "missing_before": 3, "iterations": 12, "track": track, "fate": "DEAD",
            "reason": "BAD_CRC", "age_ms": -1500}
    return twin, {"detections": detections, "pose": pose, "tracks": tracks, "fate": fate}


def main():
    twin, files = small()
    twin["head"], twin["ego_from_sensor"], twin["sweeps"] = HEAD, EGO, {}
    for name, made in (("spherical", spherical()), ("steps", steps()), ("floats", floats())):
        twin["sweeps"][name], files[name] = made
    for name, data in files.items():
        with open(name + ".bin", "wb") as f:
            f.write(data)
    with open("wire.json", "w") as f:
        json.dump(twin, f, indent=1)
        f.write("\n")


main()
