"""Writes the recordings beside this file and what is in them (ros.json).

Needs: pip install rosbags==0.11.9 mcap-ros1-support==0.9.0 numpy. The recordings are rosbags' work
(ROS 1 in MCAP: that of mcap-ros1-support), the expected values are numpy's; Azimuth has no part in
either.
"""

import json
import shutil
import warnings
from pathlib import Path

import numpy as np
from mcap_ros1.writer import Writer as Ros1Mcap
from rosbags.rosbag1 import Writer as Bag
from rosbags.rosbag2 import StoragePlugin
from rosbags.rosbag2 import Writer as Folder
from rosbags.typesys import Stores, get_typestore

HERE = Path(__file__).parent
STAMP = 1_700_000_000_250_000_000
PERIOD = 100_000_000
N = 12
CODE = {'i1': 1, 'u1': 2, 'i2': 3, 'u2': 4, 'i4': 5, 'u4': 6, 'f4': 7, 'f8': 8}


def points(sweep):
    rng = np.random.default_rng(7 + sweep)
    xyz = rng.uniform(-50, 50, (N, 3)).astype('f4')
    fraction = np.linspace(0, 1, N)
    return xyz, fraction


def layout(fields, step, sweep, values, *, big=False, height=1, row_pad=0, counts=None):
    """fields: (name, type, offset); values: column by name. Returns the message's parts."""
    order = '>' if big else '<'
    dt = np.dtype({
        'names': [f[0] for f in fields],
        'formats': [order + f[1] for f in fields],
        'offsets': [f[2] for f in fields],
        'itemsize': step,
    })
    a = np.frombuffer(bytes([0xA5]) * (N * step), dt).copy()  # padding is not zero
    for name, column in values.items():
        a[name] = column
    width = N // height
    rows = a.reshape(height, width)
    data = b''.join(r.tobytes() + b'\xee' * row_pad for r in rows)
    return {
        'fields': [(n, o, CODE[t], (counts or {}).get(n, 1)) for n, t, o in fields],
        'height': height, 'width': width, 'step': step, 'row': width * step + row_pad,
        'big': big, 'data': data, 'stamp': STAMP + sweep * PERIOD, 'array': a,
    }


XYZ = [('x', 'f4', 0), ('y', 'f4', 4), ('z', 'f4', 8)]


def velodyne(s):
    xyz, f = points(s)
    m = layout([*XYZ, ('intensity', 'f4', 12), ('ring', 'u2', 16), ('time', 'f4', 18)], 22, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'intensity': np.arange(N) * 20,
        'ring': np.arange(N) % 16, 'time': f * 0.0995})
    return m, m['array']['time'].astype('f8') * 1e9, m['stamp'], 255, 'ring'


def velodyne_end(s):
    """Times count back from the end; fields in another order; NaN points."""
    xyz, f = points(s)
    xyz[3] = np.nan
    xyz[N - 1, 2] = np.inf
    m = layout([('time', 'f4', 0), ('ring', 'u2', 4), ('z', 'f4', 6), ('y', 'f4', 10),
                ('intensity', 'f4', 14), ('x', 'f4', 18)], 24, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'intensity': np.arange(N) / 16,
        'ring': np.arange(N), 'time': (f - 1) * 0.0995})
    return m, m['array']['time'].astype('f8') * 1e9, m['stamp'], 1, 'ring'


def ouster(s):
    xyz, f = points(s)
    xyz[5] = 0  # no return: zero, with its time
    m = layout([*XYZ, ('intensity', 'f4', 16), ('t', 'u4', 20), ('reflectivity', 'u2', 24),
                ('ring', 'u1', 26), ('ambient', 'u2', 28), ('range', 'u4', 32)], 48, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'intensity': np.arange(N) * 300,
        't': (f * 99_902_464).astype('u4'), 'reflectivity': 9, 'ring': np.arange(N) // 3,
        'ambient': 1, 'range': 1000}, height=4)
    return m, m['array']['t'].astype('f8'), m['stamp'], 65535, 'ring'


def hesai(s):
    xyz, f = points(s)
    m = layout([*XYZ, ('intensity', 'f4', 12), ('timestamp', 'f8', 16), ('ring', 'u2', 24)], 26, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'intensity': np.arange(N) * 20,
        'timestamp': (STAMP + s * PERIOD) / 1e9 + f * 0.0999, 'ring': np.arange(N)})
    t = m['array']['timestamp']
    return m, (t - t[0]) * 1e9, int(t[0]) * 10**9 + round((t[0] - int(t[0])) * 1e9), 255, 'ring'


def livox_nanos(s):
    """Doubles, but of nanoseconds: only the span can tell."""
    xyz, f = points(s)
    m = layout([*XYZ, ('intensity', 'f4', 12), ('tag', 'u1', 16), ('line', 'u1', 17),
                ('timestamp', 'f8', 18)], 26, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'intensity': np.arange(N) * 20, 'tag': 3,
        'line': np.arange(N) % 4, 'timestamp': STAMP + s * PERIOD + np.rint(f * 99_000_000)})
    t = m['array']['timestamp']
    return m, t - t[0], int(t[0]), 255, 'line'


def livox(s):
    xyz, f = points(s)
    m = layout([('offset_time', 'u4', 0), ('x', 'f4', 4), ('y', 'f4', 8), ('z', 'f4', 12),
                ('reflectivity', 'u1', 16), ('line', 'u1', 17)], 18, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'reflectivity': np.arange(N) * 20,
        'line': np.arange(N) % 6, 'offset_time': (f * 99_900_000).astype('u4')})
    return m, m['array']['offset_time'].astype('f8'), m['stamp'], 255, 'line'


def padded(s):
    """Doubles, padding after points and rows, a field of three, counts of zero."""
    xyz, f = points(s)
    m = layout([('x', 'f8', 2), ('y', 'f8', 10), ('z', 'f8', 18), ('rgb', 'f4', 26),
                ('intensity', 'u2', 38), ('time', 'f8', 40)], 53, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'rgb': 1, 'intensity': np.arange(N) * 5000,
        'time': f * 0.05}, height=2, row_pad=7, counts={'rgb': 3, 'x': 0, 'time': 0})
    return m, m['array']['time'] * 1e9, m['stamp'], 65535, None


def big_endian(s):
    xyz, f = points(s)
    m = layout([*XYZ, ('intensity', 'u2', 12), ('ring', 'u2', 14), ('time_stamp', 'f8', 17)], 25, s, {
        'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2], 'intensity': np.arange(N) * 5000,
        'ring': np.arange(N) * 300, 'time_stamp': f * 0.0998}, big=True)
    return m, m['array']['time_stamp'].astype('f8') * 1e9, m['stamp'], 65535, 'ring'


def bare(s):
    xyz, _ = points(s)
    m = layout(XYZ, 12, s, {'x': xyz[:, 0], 'y': xyz[:, 1], 'z': xyz[:, 2]})
    return m, None, m['stamp'], None, None


LAYOUTS = [velodyne, velodyne_end, ouster, hesai, livox_nanos, livox, padded, big_endian, bare]


def expected(m, nanos, base, scale, ring):
    """Nanos count from base. Times are told from the first point that was measured."""
    a = m['array']
    light = next((n for n in ('intensity', 'reflectivity') if n in a.dtype.names), None)
    keep = np.isfinite(a['x'].astype('f8') + a['y'] + a['z'])
    measured = keep & ((a['x'] != 0) | (a['y'] != 0) | (a['z'] != 0))
    out = {'dropped': int((~keep).sum()), 'stamp': m['stamp']}
    for name in 'xyz':
        out[name] = [float(v) for v in a[name][keep].astype('f4')]
    out['intensity'] = [0.0] * int(keep.sum())
    if light:
        out['intensity'] = [float(v) / scale for v in a[light][keep]]
    if ring:
        out['ring'] = [int(v) for v in a[ring][keep]]
    if nanos is not None:
        low = nanos[measured].min()
        out['nanos'] = [int(np.rint(v - low)) for v in nanos[keep]]
        out['start'] = base + int(np.rint(low))
    return out


def message(store, m, ros1):
    t = store.types
    field = t['sensor_msgs/msg/PointField']
    stamp = t['builtin_interfaces/msg/Time'](sec=m['stamp'] // 10**9, nanosec=m['stamp'] % 10**9)
    seq = {'seq': 5} if ros1 else {}
    return t['sensor_msgs/msg/PointCloud2'](
        header=t['std_msgs/msg/Header'](**seq, stamp=stamp, frame_id='lidar'),
        height=m['height'], width=m['width'],
        fields=[field(name=n, offset=o, datatype=d, count=c) for n, o, d, c in m['fields']],
        is_bigendian=m['big'], point_step=m['step'], row_step=m['row'],
        data=np.frombuffer(m['data'], 'u1'), is_dense=False)


def write(writer, store, ros1, layouts, encode):
    cloud = 'sensor_msgs/msg/PointCloud2'
    text = 'std_msgs/msg/String'
    c = {f.__name__: writer.add_connection('/' + f.__name__, cloud, typestore=store) for f in layouts}
    note = writer.add_connection('/chatter', text, typestore=store)
    for s in range(2):
        now = STAMP + s * PERIOD + 123_456_789
        writer.write(note, now, encode(store.types[text](data='sweep %d' % s), text, s))
        for f in layouts:
            writer.write(c[f.__name__], now, encode(message(store, f(s)[0], ros1), cloud, s))


class Ros1Message:
    """What mcap-ros1-support needs of a message."""

    def __init__(self, data):
        self.data = data

    def serialize(self, buffer):
        buffer.write(self.data)


class Ros1Connections:
    """A writer in the form that write() expects."""

    def __init__(self, out, store):
        self.out, self.store = out, store

    def add_connection(self, topic, msgtype, *, typestore):
        text, _ = self.store.generate_msgdef(msgtype)
        kind = type('Message', (Ros1Message,), {'_type': msgtype.replace('/msg/', '/'), '_full_text': text})
        return topic, kind

    def write(self, connection, now, data):
        topic, kind = connection
        self.out.write_message(topic, kind(data), now, now)


def main():
    warnings.simplefilter('ignore')
    ros1 = get_typestore(Stores.ROS1_NOETIC)
    ros2 = get_typestore(Stores.ROS2_HUMBLE)
    for packing in ('none', 'bz2', 'lz4'):
        path = HERE / f'layouts_{packing}.bag'
        path.unlink(missing_ok=True)
        bag = Bag(path)
        if packing != 'none':
            bag.set_compression(Bag.CompressionFormat[packing.upper()])
        bag.chunk_threshold = 4000  # several chunks
        with bag:
            write(bag, ros1, True, LAYOUTS, lambda m, t, _: ros1.serialize_ros1(m, t))
    one = HERE / 'one.bag'
    one.unlink(missing_ok=True)
    with Bag(one) as bag:
        write(bag, ros1, True, [velodyne], lambda m, t, _: ros1.serialize_ros1(m, t))
    with open(HERE / 'layouts_ros1.mcap', 'wb') as f, Ros1Mcap(f, chunk_size=4000) as out:
        write(Ros1Connections(out, ros1), ros1, True, LAYOUTS, lambda m, t, _: bytes(ros1.serialize_ros1(m, t)))
    folder = HERE / 'folder'
    for name, layouts in (('layouts', LAYOUTS), ('one', [velodyne])):
        shutil.rmtree(folder, ignore_errors=True)
        with Folder(folder, version=9, storage_plugin=StoragePlugin.MCAP) as out:
            # The second sweep of each topic is big endian.
            write(out, ros2, False, layouts,
                  lambda m, t, s: ros2.serialize_cdr(m, t, little_endian=s == 0))
        shutil.copy(folder / 'folder.mcap', HERE / f'{name}.mcap')
    shutil.rmtree(folder)
    twin = {f.__name__: [expected(*f(s)) for s in range(2)] for f in LAYOUTS}
    (HERE / 'ros.json').write_text(json.dumps(twin, indent=0) + '\n')


main()
