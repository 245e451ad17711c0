package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/registration.md shows of PCL as a library. */
@ExtendWith(RequiresPcl.class)
class LibraryExampleTest {
    @Test
    void theExampleRuns() {
        PointCloud first = Clouds.street(1, 20_000, 0.02);
        PointCloud second = Clouds.moved(first, RigidTransform.ofYaw(-0.02, -0.4, 0, 0));

        // docs/registration.md from here
        try (NativeCloud a = NativeCloud.of(first);
                NativeCloud b = NativeCloud.of(second);
                NativeCloud target = PclFilters.voxelGrid(a, 0.25);
                NativeCloud source = PclFilters.voxelGrid(b, 0.25)) {
            var ground = PclSegmentation.plane(target, 0.2, 200).orElseThrow();
            var normals = PclFeatures.normals(target, 20, new float[] {0, 0, 2}, 1);
            Refinement found =
                    PclRegistration.gicp(
                            target,
                            source,
                            RigidTransform.IDENTITY,
                            PclRegistration.Settings.defaults());
            // to here
            assertThat(ground.inliers()).isNotEmpty();
            assertThat(normals.valid().cardinality()).isEqualTo(target.size());
            assertThat(found.status()).isEqualTo(Status.ALIGNED);
            assertThat(found.targetFromSource().yawRad()).isBetween(0.018, 0.022);
        }
    }
}
