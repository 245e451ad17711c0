// A cloud with what PCL builds of it, made when first asked for and kept.
#pragma once
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>
#include <pcl/search/kdtree.h>

#include <Eigen/StdVector>
#include <memory>
#include <mutex>

#include "guard.h"

namespace azpcl {

using Points = pcl::PointCloud<pcl::PointXYZ>;
using Tree = pcl::search::KdTree<pcl::PointXYZ>;
using Covariances = std::vector<Eigen::Matrix3d, Eigen::aligned_allocator<Eigen::Matrix3d>>;

struct Diverged : std::runtime_error {
  Diverged() : std::runtime_error("AZPCL:DIVERGED:a point left the finite numbers while PCL iterated") {}
};

// What a search tree of PCL sees of a point. The library's own asserts that a query is finite, which ends the process when an iteration
// has diverged; this throws instead.
template <class P>
class FinitePoint : public pcl::PointRepresentation<P> {
 public:
  FinitePoint() { this->nr_dimensions_ = 3; }
  void copyToFloatArray(const P& p, float* out) const override {
    check(p);
    out[0] = p.x;
    out[1] = p.y;
    out[2] = p.z;
  }
  bool isValid(const P& p) const override {
    check(p);
    return true;
  }

 private:
  static void check(const P& p) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z)) throw Diverged();
  }
};

template <class P>
typename pcl::search::KdTree<P>::Ptr treeOf(const typename pcl::PointCloud<P>::ConstPtr& points) {
  typename pcl::search::KdTree<P>::Ptr tree(new pcl::search::KdTree<P>(true));
  tree->setPointRepresentation(typename pcl::PointRepresentation<P>::ConstPtr(new FinitePoint<P>));
  tree->setInputCloud(points);
  return tree;
}

class Cloud {
 public:
  explicit Cloud(Points::Ptr points);

  const Points::Ptr& points() const { return points_; }
  int size() const { return static_cast<int>(points_->size()); }
  const float* data() const { return points_->points.data()->data; }  // stride 4
  Tree::Ptr tree();

  // For registration: the points near their own origin, because PCL iterates in float32.
  const Eigen::Vector3d& origin() const { return origin_; }
  Points::Ptr centred();
  Tree::Ptr centredTree();
  // Of the centred points with k neighbours, as GICP takes them: eigenvalues 1, 1, 0.001.
  std::shared_ptr<Covariances> covariances(int k);
  // Those that are there, else with 20 neighbours or all; null below 4 points.
  std::shared_ptr<Covariances> anyCovariances();

 private:
  Points::Ptr points_;
  Eigen::Vector3d origin_;
  std::mutex mutex_;
  Tree::Ptr tree_;
  Points::Ptr centred_;
  Tree::Ptr centredTree_;
  int covariancesK_ = 0;
  std::shared_ptr<Covariances> covariances_;

  Tree::Ptr treeLocked();
  Points::Ptr centredLocked();
  Tree::Ptr centredTreeLocked();
  std::shared_ptr<Covariances> covariancesLocked(int k);
};

// Shared with the caller: who closes it meanwhile takes nothing away.
std::shared_ptr<Cloud> cloudAt(long cloud);
long keep(Points::Ptr points);

}  // namespace azpcl
