package io.azimuth.connectors.mcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The records of a sound file in memory, found without the reader under test. */
final class FileBytesWalk {
    record Record(int opcode, long at, long end) {}

    private FileBytesWalk() {}

    static List<Record> of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Record> out = new ArrayList<>();
        for (int at = 8; at < file.length - 8; ) {
            int end = at + 9 + Math.toIntExact(bytes.getLong(at + 1));
            out.add(new Record(file[at] & 0xff, at, end));
            at = end;
        }
        return out;
    }
}
