#include <pcl/features/normal_3d.h>
#include <pcl/registration/gicp.h>
#include <pcl/registration/icp.h>
#include <pcl/registration/ndt.h>

#include "azpcl.h"
#include "cells.h"
#include "cloud.h"
#include "fit.h"

namespace azpcl {

namespace {

constexpr double STEP_EPSILON = 1e-8;  // of the squared step, as PCL takes it: 0.1 mm
constexpr int P2PL_NEIGHBOURS = 20;
constexpr int P2PL_LEAST = 30;
constexpr int NDT_CELLS = 10;

using XYZ = pcl::PointXYZ;

struct Gicp : pcl::GeneralizedIterativeClosestPoint<XYZ, XYZ> {
  void covariances(const Points::ConstPtr& cloud, const Tree::Ptr& tree, Covariances& out) { computeCovariances<XYZ>(cloud, tree, out); }
  int iterations() const { return nr_iterations_; }
};

struct Icp : pcl::IterativeClosestPoint<XYZ, XYZ> {
  int iterations() const { return nr_iterations_; }
};

struct PointToPlane : pcl::IterativeClosestPointWithNormals<pcl::PointNormal, pcl::PointNormal> {
  int iterations() const { return nr_iterations_; }
};

struct Ndt : pcl::NormalDistributionsTransform<XYZ, XYZ> {
  // Opens the tree of the target's cells, so that it too throws rather than aborts on a point that is not finite.
  struct Cells : pcl::VoxelGridCovariance<XYZ> {
    static auto tree() { return &Cells::kdtree_; }
  };
  void guardTree() {
    (target_cells_.*Cells::tree()).setPointRepresentation(pcl::PointRepresentation<XYZ>::ConstPtr(new FinitePoint<XYZ>));
  }
  int cells() { return static_cast<int>(target_cells_.getCentroids()->size()); }
};

struct Outcome {
  Eigen::Matrix4d pose;
  bool converged;
  int iterations;
  double nanos;
};

template <class R, class P>
Outcome run(R& registration, const Eigen::Matrix4d& guess, double maxDistance, int iterations) {
  registration.setMaxCorrespondenceDistance(maxDistance);
  registration.setMaximumIterations(iterations);
  pcl::PointCloud<P> moved;
  const ThreadTime watch;
  registration.align(moved, guess.template cast<float>());
  return {registration.getFinalTransformation().template cast<double>(), registration.hasConverged(), registration.iterations(),
          watch.nanos()};
}

Outcome icp(Cloud& s, Cloud& t, const Eigen::Matrix4d& guess, double maxDistance, int iterations) {
  Icp icp;
  icp.setSearchMethodTarget(t.centredTree(), true);
  icp.setSearchMethodSource(s.centredTree(), true);
  icp.setInputSource(s.centred());
  icp.setInputTarget(t.centred());
  icp.setTransformationEpsilon(STEP_EPSILON);
  return run<Icp, XYZ>(icp, guess, maxDistance, iterations);
}

pcl::PointCloud<pcl::PointNormal>::Ptr withNormals(Cloud& cloud, const char* name) {
  pcl::NormalEstimation<XYZ, pcl::Normal> estimation;
  estimation.setInputCloud(cloud.centred());
  estimation.setSearchMethod(cloud.centredTree());
  estimation.setKSearch(std::min(P2PL_NEIGHBOURS, cloud.size()));
  pcl::PointCloud<pcl::Normal> normals;
  estimation.compute(normals);
  pcl::PointCloud<pcl::PointNormal>::Ptr out(new pcl::PointCloud<pcl::PointNormal>);
  for (int i = 0; i < cloud.size(); i++) {
    const auto& p = (*cloud.centred())[i];
    const auto& n = normals[i];
    if (!(std::fabs(n.getNormalVector3fMap().squaredNorm() - 1) < 1e-2f) || !std::isfinite(n.curvature)) continue;
    out->push_back(pcl::PointNormal(p.x, p.y, p.z, n.normal_x, n.normal_y, n.normal_z, n.curvature));
  }
  if (static_cast<int>(out->size()) < P2PL_LEAST) {
    tooFew(std::string(name) + " has " + shown(out->size()) + " points with a normal, expected " + shown(P2PL_LEAST) + " or more");
  }
  return out;
}

Outcome pointToPlane(Cloud& s, Cloud& t, const Eigen::Matrix4d& guess, double maxDistance, int iterations) {
  auto source = withNormals(s, "source");
  auto target = withNormals(t, "target");
  PointToPlane icp;
  icp.setSearchMethodTarget(treeOf<pcl::PointNormal>(target), true);
  icp.setSearchMethodSource(treeOf<pcl::PointNormal>(source), true);
  icp.setInputSource(source);
  icp.setInputTarget(target);
  icp.setTransformationEpsilon(STEP_EPSILON);
  return run<PointToPlane, pcl::PointNormal>(icp, guess, maxDistance, iterations);
}

Outcome gicp(Cloud& s, Cloud& t, const Eigen::Matrix4d& guess, double maxDistance, int iterations, int k) {
  Gicp gicp;
  gicp.setCorrespondenceRandomness(k);
  gicp.setSearchMethodTarget(t.centredTree(), true);
  gicp.setSearchMethodSource(s.centredTree(), true);
  gicp.setInputSource(s.centred());
  gicp.setInputTarget(t.centred());
  gicp.setSourceCovariances(s.covariances(k));
  gicp.setTargetCovariances(t.covariances(k));
  return run<Gicp, XYZ>(gicp, guess, maxDistance, iterations);
}

Outcome ndt(Cloud& s, Cloud& t, const Eigen::Matrix4d& guess, double maxDistance, int iterations, double resolution, double step) {
  cellsFit("resolution", *t.centred(), resolution);
  Ndt ndt;
  ndt.setResolution(static_cast<float>(resolution));
  ndt.setStepSize(step);
  ndt.setTransformationEpsilon(1e-4);  // of the squared step, as PCL compares it: 1 cm
  ndt.setInputTarget(t.centred());
  if (ndt.cells() < NDT_CELLS) {
    tooFew("target has " + shown(ndt.cells()) + " cells of " + shown(resolution) + " m with 6 points or more, expected " +
           shown(NDT_CELLS) + " or more");
  }
  ndt.guardTree();
  ndt.setSearchMethodTarget(t.centredTree(), true);
  ndt.setSearchMethodSource(s.centredTree(), true);
  ndt.setInputSource(s.centred());
  ndt.setMaximumIterations(iterations);
  ndt.setMaxCorrespondenceDistance(maxDistance);
  Points moved;
  const ThreadTime watch;
  ndt.align(moved, guess.cast<float>());
  // It calls itself converged when the iterations ran out.
  return {ndt.getFinalTransformation().cast<double>(), ndt.hasConverged() && ndt.getFinalNumIteration() < iterations,
          ndt.getFinalNumIteration(), watch.nanos()};
}

}  // namespace

std::shared_ptr<Covariances> Cloud::covariances(int k) {
  std::lock_guard<std::mutex> lock(mutex_);
  return covariancesLocked(k);
}

std::shared_ptr<Covariances> Cloud::anyCovariances() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (size() < 4) return nullptr;
  return covariances_ ? covariances_ : covariancesLocked(std::min(20, size()));
}

std::shared_ptr<Covariances> Cloud::covariancesLocked(int k) {
  if (covariancesK_ != k) {
    auto out = std::make_shared<Covariances>();
    Gicp gicp;
    gicp.setCorrespondenceRandomness(k);
    gicp.covariances(centredLocked(), centredTreeLocked(), *out);
    covariances_ = std::move(out);
    covariancesK_ = k;
  }
  return covariances_;
}

void align(int method, long source, long target, const double* guess, double maxDistance, int iterations, int k, double resolution,
           double step, double* result) {
  const Stopwatch watch;
  auto s = cloudAt(source);
  auto t = cloudAt(target);
  present("result", result);
  range("method", method, ICP, NDT);
  range("maxDistance", maxDistance, 1e-3, 1e3);
  range("iterations", iterations, 1, 500);
  const int least = method == ICP ? 10 : 50;
  atLeast("source", s->size(), least);
  atLeast("target", t->size(), least);
  range("iterations x source points", static_cast<double>(iterations) * s->size(), 1, MAX_SEARCHES);
  const Eigen::Matrix4d start = centredPose(*s, *t, rigid("the guess", guess));
  Outcome found{Eigen::Matrix4d::Zero(), false, 0, 0};  // not rigid
  try {
    switch (method) {
      case ICP:
        found = icp(*s, *t, start, maxDistance, iterations);
        break;
      case POINT_TO_PLANE:
        found = pointToPlane(*s, *t, start, maxDistance, iterations);
        break;
      case GICP:
        range("k", k, 4, std::min({s->size(), t->size(), 200}));
        found = gicp(*s, *t, start, maxDistance, iterations, k);
        break;
      default:
        range("resolution", resolution, 0.1, 50);
        range("step", step, 1e-3, resolution);
        found = ndt(*s, *t, start, maxDistance, iterations, resolution, step);
    }
  } catch (const Diverged&) {
    // The clouds were finite: it is the pose that was not. The result says so.
  }
  report(*s, *t, found.pose, found.converged, found.iterations, maxDistance, watch, result);
  result[R_ALIGN_NANOS] = found.nanos;
}

}  // namespace azpcl
