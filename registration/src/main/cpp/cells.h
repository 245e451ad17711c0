// Whether PCL's voxel grids, which number cells with an int, can tell the cells of a cloud apart. Where they cannot, PCL returns its input
// unchanged or nothing, and says so on standard error only.
#pragma once
#include <pcl/common/common.h>

#include "cloud.h"

namespace azpcl {

inline void cellsFit(const char* name, const Points& points, double edge) {
  pcl::PointXYZ low, high;
  pcl::getMinMax3D(points, low, high);
  double cells = 1;
  for (int a = 0; a < 3; a++) cells *= std::floor(high.data[a] / edge) - std::floor(low.data[a] / edge) + 2;
  if (!(cells < 2147483647.0)) {
    refuse(std::string(name) + " is " + shown(edge) + " for a cloud of " + shown(high.x - low.x) + " x " + shown(high.y - low.y) + " x " +
           shown(high.z - low.z) + " m: that is " + shown(cells) + " cells, accepted fewer than 2^31");
  }
}

}  // namespace azpcl
