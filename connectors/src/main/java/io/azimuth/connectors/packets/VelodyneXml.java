package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.VelodyneCalibration.Raw;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code db.xml}: {@code DB/points_/item/px} for each laser, in degrees and centimetres, and
 * lists of the intensities' limits and of the lasers that are there. Used once a file.
 */
final class VelodyneXml {
    private static final double M_PER_CM = 0.01;
    private static final int MOST_DEPTH = 64;
    private static final int MOST_ITEMS = 1024;

    private final List<Map<String, Double>> lasers = new ArrayList<>();
    private final List<Double> least = new ArrayList<>();
    private final List<Double> most = new ArrayList<>();
    private final List<Double> enabled = new ArrayList<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final String file;
    private Map<String, Double> laser = new TreeMap<>();
    private double metresPerUnit;
    private int line = 1;

    private VelodyneXml(String file) {
        this.file = file;
    }

    static Raw parse(String file, String text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        VelodyneXml xml = new VelodyneXml(file);
        try {
            xml.read(factory.createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException e) {
            int at = e.getLocation() == null ? xml.line : e.getLocation().getLineNumber();
            throw VelodyneCalibration.malformed(
                    file, Math.max(1, at), "not XML: " + firstLine(String.valueOf(e.getMessage())));
        }
        return xml.raw();
    }

    private static String firstLine(String message) {
        return message.lines().reduce((a, b) -> b).orElse("");
    }

    private void read(XMLStreamReader in) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    line = Math.max(1, in.getLocation().getLineNumber());
                    if (path.size() >= MOST_DEPTH) {
                        throw VelodyneCalibration.malformed(file, line, "nested too deeply");
                    }
                    path.push(in.getLocalName());
                    text.setLength(0);
                    if (in.getLocalName().equals("px")) {
                        laser = new TreeMap<>();
                        laser.put(Raw.LINE, (double) line);
                    }
                }
                case XMLStreamConstants.CHARACTERS -> text.append(in.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    path.pop();
                    String parent = path.isEmpty() ? "" : path.peek();
                    end(in.getLocalName(), parent, text.toString().strip());
                    text.setLength(0);
                }
                default -> {}
            }
        }
    }

    private void end(String name, String parent, String value) {
        if (name.equals("px")) {
            add(lasers, laser);
        } else if (name.equals("distLSB_")) {
            metresPerUnit = M_PER_CM * number(name, value);
        } else if (name.equals("item")) {
            switch (parent) {
                case "minIntensity_" -> add(least, number(parent, value));
                case "maxIntensity_" -> add(most, number(parent, value));
                case "enabled_" -> add(enabled, number(parent, value));
                default -> {}
            }
        } else if (parent.equals("px")) {
            field(name, value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "id_" -> laser.put(Raw.ID, number(name, value));
            case "rotCorrection_" -> laser.put(Raw.ROTATION, Math.toRadians(number(name, value)));
            case "vertCorrection_" -> laser.put(Raw.ELEVATION, Math.toRadians(number(name, value)));
            case "distCorrection_" -> laser.put(Raw.DISTANCE, M_PER_CM * number(name, value));
            case "distCorrectionX_" -> {
                laser.put(Raw.DISTANCE_X, M_PER_CM * number(name, value));
                laser.put(Raw.TWO_POINTS, 1.0);
            }
            case "distCorrectionY_" -> laser.put(Raw.DISTANCE_Y, M_PER_CM * number(name, value));
            case "vertOffsetCorrection_" -> laser.put(Raw.UP, M_PER_CM * number(name, value));
            case "horizOffsetCorrection_" -> laser.put(Raw.SIDE, M_PER_CM * number(name, value));
            case "focalDistance_" -> laser.put(Raw.FOCUS, M_PER_CM * number(name, value));
            case "focalSlope_" -> laser.put(Raw.SLOPE, number(name, value));
            default -> {}
        }
    }

    private double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw VelodyneCalibration.malformed(
                    file, line, name + " is '" + value + "', accepted is a number");
        }
    }

    private <T> void add(List<T> list, T value) {
        if (list.size() >= MOST_ITEMS) {
            throw VelodyneCalibration.malformed(file, line, "more than 1024 items in a list");
        }
        list.add(value);
    }

    /** Files of smaller models list 64 lasers, of which the first few are enabled. */
    private Raw raw() {
        long there = enabled.stream().filter(e -> e != 0).count();
        List<Map<String, Double>> out = new ArrayList<>();
        for (Map<String, Double> one : lasers) {
            int id = one.getOrDefault(Raw.ID, -1.0).intValue();
            if (there == 0 || id < there) {
                out.add(one);
            }
            if (id >= 0 && id < least.size() && id < most.size()) {
                one.put(Raw.LEAST, least.get(id));
                one.put(Raw.MOST, most.get(id));
            }
        }
        return new Raw(metresPerUnit, out);
    }
}
