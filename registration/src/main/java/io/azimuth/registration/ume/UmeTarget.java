package io.azimuth.registration.ume;

/** What another scan is judged by: fine score fields, nearest surfaces, free space. */
final class UmeTarget {
    final ScoreFields fine;
    final NearestVoxels nearest;
    final FreeSpace freeSpace;

    UmeTarget(UmeScan scan) {
        fine = new ScoreFields(scan, 0.5);
        nearest = new NearestVoxels(scan.x, scan.y, scan.z, scan.size);
        freeSpace = new FreeSpace(scan.cloud(), scan.levelFromSensor);
    }
}
