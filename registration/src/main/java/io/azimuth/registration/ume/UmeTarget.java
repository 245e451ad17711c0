package io.azimuth.registration.ume;

/** What a scan needs to be a target: coarse and fine score fields, nearest surfaces, free space. */
final class UmeTarget {
    final ScoreFields coarse;
    final ScoreFields fine;
    final NearestVoxels nearest;
    final FreeSpace freeSpace;

    UmeTarget(UmeScan scan) {
        coarse = new ScoreFields(scan, 1.0);
        fine = new ScoreFields(scan, 0.5);
        nearest = new NearestVoxels(scan.x, scan.y, scan.z, scan.size);
        freeSpace = new FreeSpace(scan.cloud(), scan.levelFromSensor);
    }
}
