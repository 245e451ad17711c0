#include "fit.h"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include "azpcl.h"

namespace azpcl {

namespace {

using Matrix6 = Eigen::Matrix<double, 6, 6>;

double eigenShare(const Matrix6& information, double lever) {
  Matrix6 scaled = information;
  scaled.topRows<3>() /= lever;
  scaled.leftCols<3>() /= lever;
  Eigen::SelfAdjointEigenSolver<Matrix6> eigen(scaled, Eigen::EigenvaluesOnly);
  const double largest = eigen.eigenvalues()(5);
  return largest > 0 ? std::max(0.0, eigen.eigenvalues()(0)) / largest : 0;
}

}  // namespace

Eigen::Matrix4d centredPose(const Cloud& source, const Cloud& target, const Eigen::Matrix4d& pose) {
  Eigen::Matrix4d out = pose;
  out.block<3, 1>(0, 3) = pose.topLeftCorner<3, 3>() * source.origin() + pose.block<3, 1>(0, 3) - target.origin();
  return out;
}

void report(Cloud& source, Cloud& target, const Eigen::Matrix4d& found, bool converged, int iterations, double maxDistance,
            const Stopwatch& watch, double* result) {
  std::fill(result, result + R_SIZE, 0.0);
  Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
  const bool rigidPose = isRigid(found) && found.block<3, 1>(0, 3).cwiseAbs().maxCoeff() <= 4 * MAX_COORDINATE;
  if (rigidPose) {
    Eigen::JacobiSVD<Eigen::Matrix3d> svd(found.topLeftCorner<3, 3>(), Eigen::ComputeFullU | Eigen::ComputeFullV);
    pose = found;
    pose.topLeftCorner<3, 3>() = svd.matrixU() * svd.matrixV().transpose();
    pose.row(3) = Eigen::RowVector4d(0, 0, 0, 1);
    const Points& from = *source.centred();
    const Points& onto = *target.centred();
    auto tree = target.centredTree();
    const auto ontoSurfaces = target.anyCovariances();
    const auto fromSurfaces = source.anyCovariances();
    // Turns count about the source frame's own origin, where the pose puts it.
    const Eigen::Vector3d pivot =
        pose.block<3, 1>(0, 3) - pose.topLeftCorner<3, 3>() * source.origin();
    const float reach = static_cast<float>(maxDistance * maxDistance);
    Matrix6 information = Matrix6::Zero();
    double squares = 0, planeSquares = 0, levers = 0, weights = 0;
    int inliers = 0;
    pcl::Indices nearest(1);
    std::vector<float> distance(1);
    for (std::size_t i = 0; i < from.size(); i++) {
      const auto& p = from[i];
      const Eigen::Vector3d q = pose.topLeftCorner<3, 3>() * p.getVector3fMap().cast<double>() + pose.block<3, 1>(0, 3);
      const pcl::PointXYZ query(static_cast<float>(q.x()), static_cast<float>(q.y()), static_cast<float>(q.z()));
      tree->nearestKSearch(query, 1, nearest, distance);
      if (!(distance[0] <= reach)) continue;
      inliers++;
      squares += distance[0];
      if (!ontoSurfaces || !fromSurfaces) continue;
      // A covariance of GICP is I - 0.999 n n^T. Where the surfaces do not face the same way, the pair tells little: the squared cosine.
      const Eigen::Matrix3d nn = (Eigen::Matrix3d::Identity() - (*ontoSurfaces)[nearest[0]]) / 0.999;
      const Eigen::Matrix3d turned = pose.topLeftCorner<3, 3>() * (*fromSurfaces)[i] * pose.topLeftCorner<3, 3>().transpose();
      const double facing = std::max(0.0, (nn * (Eigen::Matrix3d::Identity() - turned)).trace() / 0.999);
      const Eigen::Vector3d lever = q - pivot;
      const Eigen::Vector3d gap = q - onto[nearest[0]].getVector3fMap().cast<double>();
      planeSquares += facing * gap.dot(nn * gap);
      weights += facing;
      levers += lever.squaredNorm();
      Eigen::Matrix<double, 3, 6> jacobian;
      jacobian << 0, lever.z(), -lever.y(), 1, 0, 0, -lever.z(), 0, lever.x(), 0, 1, 0, lever.y(), -lever.x(), 0, 0, 0, 1;
      information.noalias() += facing * (jacobian.transpose() * nn * jacobian);
    }
    result[R_INLIERS] = inliers;
    result[R_RMSE] = inliers > 0 ? std::sqrt(squares / inliers) : 0;
    if (weights > 6) {
      result[R_EIGEN_SHARE] = eigenShare(information, std::max(1.0, std::sqrt(levers / inliers)));
      const double variance = std::max(1e-8, planeSquares / (weights - 6));
      for (int i = 0; i < 36; i++) result[R_INFORMATION + i] = information(i / 6, i % 6) / variance;
    }
    pose.block<3, 1>(0, 3) += target.origin() - pose.topLeftCorner<3, 3>() * source.origin();
  }
  for (int i = 0; i < 16; i++) result[R_POSE + i] = pose(i / 4, i % 4);
  result[R_CONVERGED] = converged;
  result[R_ITERATIONS] = iterations;
  result[R_RIGID] = rigidPose;
  result[R_NANOS] = watch.nanos();
}

}  // namespace azpcl
