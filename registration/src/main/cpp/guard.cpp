#include "guard.h"

#include <Eigen/LU>
#include <Eigen/SVD>
#include <vector>

namespace azpcl {

void coordinates(const char* name, const float* xyz, std::int64_t points, int stride) {
  const float most = static_cast<float>(MAX_COORDINATE);
  for (std::int64_t i = 0; i < points; i++) {
    for (int a = 0; a < 3; a++) {
      const float value = xyz[i * stride + a];
      if (std::fabs(value) <= most) continue;
      refuse(std::string(name) + ": coordinate " + "xyz"[a] + " of point " + shown(i) + " is " + shown(value) +
             ", accepted finite metres within +-" + shown(MAX_COORDINATE));
    }
  }
}

namespace {

constexpr std::uint32_t SLOTS = 1u << 20;

std::uint32_t slot(const std::int64_t* cell) {
  std::uint64_t h = 0;
  for (int a = 0; a < 3; a++) {
    h = (h ^ static_cast<std::uint64_t>(cell[a])) * 0x9e3779b97f4a7c15ull;
    h ^= h >> 29;
  }
  return static_cast<std::uint32_t>(h >> 40) & (SLOTS - 1);
}

std::uint32_t slot(const float* p, double perCell) {
  std::int64_t cell[3];
  for (int a = 0; a < 3; a++) cell[a] = static_cast<std::int64_t>(std::floor(p[a] * perCell));
  return slot(cell);
}

// Points in the cells that a ball of half a cell's radius touches: on each axis its own, and the one that is nearer.
double around(const std::vector<std::uint32_t>& counts, const float* p, double perCell) {
  std::int64_t low[3];
  for (int a = 0; a < 3; a++) low[a] = static_cast<std::int64_t>(std::floor(p[a] * perCell - 0.5));
  double sum = 0;
  for (int corner = 0; corner < 8; corner++) {
    const std::int64_t cell[3] = {low[0] + (corner & 1), low[1] + (corner >> 1 & 1), low[2] + (corner >> 2)};
    sum += counts[slot(cell)];
  }
  return sum;
}

}  // namespace

void pairs(const char* what, const float* queries, std::int64_t count, int queryStride, const float* points, std::int64_t size,
           int pointStride, double reach) {
  if (static_cast<double>(count) * static_cast<double>(size) <= MAX_PAIRS) return;
  std::vector<std::uint32_t> counts(SLOTS, 0);
  const double perCell = 1 / (2 * reach);
  for (std::int64_t i = 0; i < size; i++) counts[slot(points + i * pointStride, perCell)]++;
  double sum = 0;
  for (std::int64_t i = 0; i < count; i++) sum += around(counts, queries + i * queryStride, perCell);
  if (sum > MAX_PAIRS) {
    refuse(std::string(what) + " would visit up to " + shown(sum) + " pairs of points within " + shown(reach) + " m, accepted " +
           shown(MAX_PAIRS) + "; thin the cloud (voxelGrid) or take a smaller radius");
  }
}

bool isRigid(const Eigen::Matrix4d& pose) {
  if (!pose.allFinite()) return false;
  const Eigen::Matrix3d r = pose.topLeftCorner<3, 3>();
  return (r.transpose() * r - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff() < 1e-3 && r.determinant() > 0;
}

Eigen::Matrix4d rigid(const char* name, const double* rows) {
  present(name, rows);
  Eigen::Matrix4d pose;
  for (int i = 0; i < 16; i++) pose(i / 4, i % 4) = rows[i];
  if (!isRigid(pose) || (pose.row(3) - Eigen::RowVector4d(0, 0, 0, 1)).cwiseAbs().maxCoeff() > 1e-9) {
    refuse(std::string(name) + " is not a rigid transform (finite, R^T R = I to within 1e-3, det > 0, last row 0 0 0 1)");
  }
  for (int a = 0; a < 3; a++) range("the guess's translation", pose(a, 3), -2 * MAX_COORDINATE, 2 * MAX_COORDINATE);
  Eigen::JacobiSVD<Eigen::Matrix3d> svd(pose.topLeftCorner<3, 3>(), Eigen::ComputeFullU | Eigen::ComputeFullV);
  pose.topLeftCorner<3, 3>() = svd.matrixU() * svd.matrixV().transpose();
  return pose;
}

}  // namespace azpcl
