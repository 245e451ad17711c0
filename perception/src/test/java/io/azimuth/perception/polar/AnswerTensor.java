package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.OrientedBox;
import java.nio.FloatBuffer;

/** An answer of the network made by hand: the coding that training uses, written once more. */
final class AnswerTensor {
    final FloatBuffer cells;
    private final PolarContract contract;

    AnswerTensor(PolarContract contract) {
        this.contract = contract;
        cells = FloatBuffer.allocate(contract.channels() * contract.rows() * contract.columns());
    }

    /** The box, coded by the cell of its centre moved by some rows and columns. */
    void put(OrientedBox box, int k, double probability, double headingLogit, int dRow, int dCol) {
        double stepR = contract.grid().rangeStepM() * contract.strideRange();
        double turn = (Math.atan2(box.y(), box.x()) + Math.PI) / (2 * Math.PI);
        int row = Math.floorMod((int) (turn * contract.rows()) + dRow, contract.rows());
        int column = (int) ((box.rangeM() - contract.grid().minRangeM()) / stepR) + dCol;
        double phi = -Math.PI + (row + 0.5) * 2 * Math.PI / contract.rows();
        double rho = contract.grid().minRangeM() + (column + 0.5) * stepR;
        double dx = box.x() - rho * Math.cos(phi);
        double dy = box.y() - rho * Math.sin(phi);
        double[] mean = contract.meanSizeM()[k];
        double relative = box.yawRad() - phi;
        set(row, column, k, probability);
        code(row, column, "du", dx * Math.cos(phi) + dy * Math.sin(phi));
        code(row, column, "dv", dy * Math.cos(phi) - dx * Math.sin(phi));
        code(row, column, "zg", box.z());
        code(row, column, "log_l", Math.log(box.length() / mean[0]));
        code(row, column, "log_w", Math.log(box.width() / mean[1]));
        code(row, column, "log_h", Math.log(box.height() / mean[2]));
        code(row, column, "sin2", Math.sin(2 * relative));
        code(row, column, "cos2", Math.cos(2 * relative));
        code(row, column, "along", Math.copySign(headingLogit, Math.cos(relative)));
        code(row, column, "across", Math.copySign(headingLogit, Math.sin(relative)));
        code(row, column, "iou", 20); // a certain overlap
    }

    private void code(int row, int column, String name, double value) {
        set(row, column, contract.classes().size() + PolarContract.CODE.indexOf(name), value);
    }

    private void set(int row, int column, int channel, double value) {
        int at = (channel * contract.rows() + row) * contract.columns() + column;
        cells.put(at, (float) value);
    }

    /** All rows moved on by {@code by}. */
    FloatBuffer rolled(int by) {
        int rows = contract.rows();
        int columns = contract.columns();
        FloatBuffer out = FloatBuffer.allocate(cells.capacity());
        for (int at = 0; at < cells.capacity(); at++) {
            int channel = at / (rows * columns);
            int row = at / columns % rows;
            int to = (channel * rows + (row + by) % rows) * columns + at % columns;
            out.put(to, cells.get(at));
        }
        return out;
    }
}
