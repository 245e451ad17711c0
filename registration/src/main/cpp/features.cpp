#include <pcl/features/fpfh_omp.h>
#include <pcl/features/normal_3d_omp.h>

#include "azpcl.h"
#include "cloud.h"

namespace azpcl {

int normals(long cloud, int k, double reach, const float* viewpoint, int threads, float* out, int cap) {
  auto c = cloudAt(cloud);
  if ((k > 0) == (reach > 0)) {
    refuse("k is " + shown(k) + " and radius " + shown(reach) + ", expected exactly one of them positive and the other 0");
  }
  if (k != 0) range("k", k, 3, 1000);
  if (!(reach == 0)) range("radius", reach, 1e-3, 1e3);
  threadsWithin(threads);
  atLeast("cloud", c->size(), 3);
  present("viewpoint", viewpoint);
  coordinates("viewpoint", viewpoint, 1, 3);
  present("out", out);
  capacity("out", cap, 4LL * c->size());
  if (reach > 0) pairs("radius", c->data(), c->size(), 4, c->data(), c->size(), 4, reach);

  pcl::NormalEstimationOMP<pcl::PointXYZ, pcl::Normal> estimation(static_cast<unsigned>(threads));
  estimation.setInputCloud(c->points());
  estimation.setSearchMethod(c->tree());
  estimation.setViewPoint(viewpoint[0], viewpoint[1], viewpoint[2]);
  if (k > 0) {
    estimation.setKSearch(std::min(k, c->size()));
  } else {
    estimation.setRadiusSearch(reach);
  }
  pcl::PointCloud<pcl::Normal> found;
  estimation.compute(found);

  int valid = 0;
  const float none = std::numeric_limits<float>::quiet_NaN();
  for (int i = 0; i < c->size(); i++) {
    const auto& n = found[i];
    const float length = n.normal_x * n.normal_x + n.normal_y * n.normal_y + n.normal_z * n.normal_z;
    const bool ok = std::fabs(length - 1) < 1e-2f && std::isfinite(n.curvature);
    valid += ok;
    out[4 * i] = ok ? n.normal_x : none;
    out[4 * i + 1] = ok ? n.normal_y : none;
    out[4 * i + 2] = ok ? n.normal_z : none;
    out[4 * i + 3] = ok ? n.curvature : none;
  }
  return valid;
}

int fpfh(long cloud, const float* normals4, double reach, int threads, float* out, int cap) {
  auto c = cloudAt(cloud);
  range("radius", reach, 1e-3, 1e3);
  threadsWithin(threads);
  atLeast("cloud", c->size(), 1);
  present("normals", normals4);
  present("out", out);
  capacity("out", cap, 33LL * c->size());
  pairs("radius", c->data(), c->size(), 4, c->data(), c->size(), 4, reach);

  // Points without a normal would spoil the histograms of their neighbours: they are left out.
  Points::Ptr points(new Points);
  pcl::PointCloud<pcl::Normal>::Ptr normals(new pcl::PointCloud<pcl::Normal>);
  std::vector<int> from;
  for (int i = 0; i < c->size(); i++) {
    const float* n = normals4 + 4L * i;
    const float length = n[0] * n[0] + n[1] * n[1] + n[2] * n[2];
    if (!(std::fabs(length - 1) < 1e-2f)) continue;
    points->push_back((*c->points())[i]);
    normals->push_back(pcl::Normal(n[0], n[1], n[2]));
    from.push_back(i);
  }
  std::fill(out, out + 33LL * c->size(), std::numeric_limits<float>::quiet_NaN());
  if (from.empty()) return 0;

  pcl::FPFHEstimationOMP<pcl::PointXYZ, pcl::Normal, pcl::FPFHSignature33> estimation(static_cast<unsigned>(threads));
  estimation.setInputCloud(points);
  estimation.setInputNormals(normals);
  estimation.setSearchMethod(static_cast<int>(from.size()) == c->size() ? c->tree() : treeOf<pcl::PointXYZ>(points));
  estimation.setRadiusSearch(reach);
  pcl::PointCloud<pcl::FPFHSignature33> found;
  estimation.compute(found);

  int valid = 0;
  for (std::size_t i = 0; i < from.size(); i++) {
    const float* h = found[i].histogram;
    double sum = 0;
    for (int d = 0; d < 33; d++) sum += h[d];
    if (!(std::fabs(sum - 300) < 1)) continue;  // no neighbour, or one whose distance is too small to invert
    std::copy(h, h + 33, out + 33LL * from[i]);
    valid++;
  }
  return valid;
}

}  // namespace azpcl
