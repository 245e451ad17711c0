#include <pcl/filters/approximate_voxel_grid.h>
#include <pcl/filters/radius_outlier_removal.h>
#include <pcl/filters/statistical_outlier_removal.h>
#include <pcl/filters/voxel_grid.h>

#include "azpcl.h"
#include "cells.h"
#include "cloud.h"

namespace azpcl {

namespace {

int copyKept(const pcl::Indices& found, int* kept, int cap) {
  capacity("kept", cap, static_cast<std::int64_t>(found.size()));
  std::copy(found.begin(), found.end(), kept);
  return static_cast<int>(found.size());
}

}  // namespace

long voxelGrid(long cloud, double leaf) {
  auto c = cloudAt(cloud);
  range("leaf", leaf, 1e-3, 1e3);
  Points::Ptr out(new Points);
  if (c->size() > 0) {
    cellsFit("leaf", *c->points(), leaf);
    pcl::VoxelGrid<pcl::PointXYZ> grid;
    const float edge = static_cast<float>(leaf);
    grid.setLeafSize(edge, edge, edge);
    grid.setInputCloud(c->points());
    grid.filter(*out);
  }
  return keep(std::move(out));
}

long approximateVoxelGrid(long cloud, double leaf) {
  auto c = cloudAt(cloud);
  range("leaf", leaf, 1e-3, 1e3);
  Points::Ptr out(new Points);
  if (c->size() > 0) {
    // It hashes ix 7171 + iy 3079 + iz 4231 in an int.
    double reach = 0;
    for (const auto& p : *c->points()) reach = std::max<double>({reach, std::fabs(p.x), std::fabs(p.y), std::fabs(p.z)});
    const double least = (reach + leaf) * 14481 / 2147483647.0;
    if (leaf < least) refuse("leaf is " + shown(leaf) + " for coordinates up to " + shown(reach) + " m, accepted " + shown(least) + " or more");
    pcl::ApproximateVoxelGrid<pcl::PointXYZ> grid;
    const float edge = static_cast<float>(leaf);
    grid.setLeafSize(edge, edge, edge);
    grid.setInputCloud(c->points());
    grid.filter(*out);
  }
  return keep(std::move(out));
}

int statisticalOutliers(long cloud, int k, double deviations, int* kept, int cap) {
  auto c = cloudAt(cloud);
  range("k", k, 1, 1000);
  range("deviations", deviations, -100, 100);
  atLeast("cloud", c->size(), std::max(k + 1, 3));  // with fewer, PCL reads past the neighbours that it found
  present("kept", kept);
  pcl::StatisticalOutlierRemoval<pcl::PointXYZ> filter;
  filter.setMeanK(k);
  filter.setStddevMulThresh(deviations);
  filter.setInputCloud(c->points());
  pcl::Indices found;
  filter.filter(found);
  return copyKept(found, kept, cap);
}

int radiusOutliers(long cloud, double reach, int minNeighbours, int* kept, int cap) {
  auto c = cloudAt(cloud);
  range("radius", reach, 1e-4, 1e4);
  range("minNeighbours", minNeighbours, 1, 1000);
  atLeast("cloud", c->size(), 1);
  present("kept", kept);
  pcl::RadiusOutlierRemoval<pcl::PointXYZ> filter;
  filter.setRadiusSearch(reach);
  filter.setMinNeighborsInRadius(minNeighbours);
  filter.setInputCloud(c->points());
  pcl::Indices found;
  filter.filter(found);
  return copyKept(found, kept, cap);
}

}  // namespace azpcl
