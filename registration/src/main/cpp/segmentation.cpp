#include <pcl/segmentation/extract_clusters.h>
#include <pcl/segmentation/sac_segmentation.h>

#include <algorithm>

#include "azpcl.h"
#include "cloud.h"

namespace azpcl {

int plane(long cloud, double distance, int iterations, double* coefficients, int* inliers, int cap) {
  auto c = cloudAt(cloud);
  range("distance", distance, 1e-4, 100);
  range("iterations", iterations, 1, 10000);
  atLeast("cloud", c->size(), 3);
  range("iterations x points", static_cast<double>(iterations) * c->size(), 1, 2e10);
  present("coefficients", coefficients);
  present("inliers", inliers);

  pcl::SACSegmentation<pcl::PointXYZ> segmentation;  // seeded with a constant
  segmentation.setModelType(pcl::SACMODEL_PLANE);
  segmentation.setMethodType(pcl::SAC_RANSAC);
  segmentation.setDistanceThreshold(distance);
  segmentation.setMaxIterations(iterations);
  segmentation.setOptimizeCoefficients(true);
  segmentation.setInputCloud(c->points());
  pcl::PointIndices found;
  pcl::ModelCoefficients model;
  segmentation.segment(found, model);

  std::fill(coefficients, coefficients + 4, 0.0);
  if (model.values.size() != 4 || found.indices.empty()) return 0;
  Eigen::Vector3d normal(model.values[0], model.values[1], model.values[2]);
  const double length = normal.norm();
  if (!(length > 1e-6) || !std::isfinite(model.values[3])) return 0;
  // Up; a wall's normal looks to +y, then to +x, so that the sign never depends on the last bit.
  double up = normal.z();
  if (std::fabs(up) <= 1e-6 * length) up = std::fabs(normal.y()) > 1e-6 * length ? normal.y() : normal.x();
  const double scale = (up < 0 ? -1 : 1) / length;
  for (int i = 0; i < 4; i++) coefficients[i] = model.values[i] * scale;
  if (coefficients[2] < 0) coefficients[2] = 0;
  capacity("inliers", cap, static_cast<std::int64_t>(found.indices.size()));
  std::copy(found.indices.begin(), found.indices.end(), inliers);
  return static_cast<int>(found.indices.size());
}

int clusters(long cloud, double tolerance, int minSize, int maxSize, int* labels, int cap) {
  auto c = cloudAt(cloud);
  range("tolerance", tolerance, 1e-3, 1e3);
  range("minSize", minSize, 1, MAX_POINTS);
  range("maxSize", maxSize, minSize, MAX_POINTS);
  present("labels", labels);
  capacity("labels", cap, c->size());
  std::fill(labels, labels + c->size(), -1);
  if (c->size() == 0) return 0;
  pairs("tolerance", c->data(), c->size(), 4, c->data(), c->size(), 4, tolerance);

  pcl::EuclideanClusterExtraction<pcl::PointXYZ> extraction;
  extraction.setClusterTolerance(tolerance);
  extraction.setMinClusterSize(minSize);
  extraction.setMaxClusterSize(maxSize);
  extraction.setSearchMethod(c->tree());
  extraction.setInputCloud(c->points());
  std::vector<pcl::PointIndices> found;
  extraction.extract(found);
  // PCL sorts by size alone; indices within a cluster ascend.
  std::sort(found.begin(), found.end(), [](const pcl::PointIndices& a, const pcl::PointIndices& b) {
    return a.indices.size() != b.indices.size() ? a.indices.size() > b.indices.size() : a.indices[0] < b.indices[0];
  });
  for (std::size_t label = 0; label < found.size(); label++) {
    for (int i : found[label].indices) labels[i] = static_cast<int>(label);
  }
  return static_cast<int>(found.size());
}

}  // namespace azpcl
