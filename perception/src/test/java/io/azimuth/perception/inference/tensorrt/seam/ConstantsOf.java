package io.azimuth.perception.inference.tensorrt.seam;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Integer constants of a class, read from its file without making the class. */
final class ConstantsOf {
    private ConstantsOf() {}

    static Map<String, Integer> ints(String className) throws IOException {
        String path = className.replace('.', '/') + ".class";
        try (InputStream raw = ConstantsOf.class.getClassLoader().getResourceAsStream(path);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw))) {
            in.readInt();
            in.readInt();
            Object[] pool = pool(in);
            in.readUnsignedShort();
            in.readUnsignedShort();
            in.readUnsignedShort();
            in.skipNBytes(2L * in.readUnsignedShort());
            return fields(in, pool);
        }
    }

    private static Object[] pool(DataInputStream in) throws IOException {
        Object[] out = new Object[in.readUnsignedShort()];
        for (int i = 1; i < out.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> out[i] = in.readUTF();
                case 3 -> out[i] = in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // takes two places
                }
                case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                default -> in.readInt();
            }
        }
        return out;
    }

    private static Map<String, Integer> fields(DataInputStream in, Object[] pool)
            throws IOException {
        Map<String, Integer> out = new TreeMap<>();
        int fields = in.readUnsignedShort();
        for (int f = 0; f < fields; f++) {
            in.readUnsignedShort();
            String name = (String) pool[in.readUnsignedShort()];
            in.readUnsignedShort();
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                String kind = (String) pool[in.readUnsignedShort()];
                int length = in.readInt();
                if (kind.equals("ConstantValue")
                        && pool[in.readUnsignedShort()] instanceof Integer value) {
                    out.put(name, value);
                } else if (!kind.equals("ConstantValue")) {
                    in.skipNBytes(length);
                }
            }
        }
        return out;
    }
}
