// Everything that Java may call of PCL. Plain types only; no PCL type crosses.
//
// Coordinates are metres, float32 x y z packed; poses are 16 doubles, row-major, targetFromSource. A cloud is a number that is never
// used twice: one that was closed, or never was, is refused. Every argument is checked before PCL is called, because Debian's PCL aborts
// the process on what it does not like. Whatever is refused is thrown as std::invalid_argument whose text starts with
// "AZPCL:INVALID_ARGUMENT:", or "AZPCL:TOO_FEW:" where the points do not suffice; a closed cloud as std::runtime_error "AZPCL:CLOSED:"; anything else is a failure of PCL's own.
// Every function may be called from any thread.
#pragma once
#include <cstdint>

namespace azpcl {

// PCL that this was compiled with, such as "1.13.0".
const char* pclVersion();
// Number of this interface; Java refuses to talk to another.
int abiVersion();

// ---- clouds
long cloudOf(const float* xyz, int points);
void closeCloud(long cloud);
long liveClouds();
int cloudSize(long cloud);
void cloudPoints(long cloud, float* xyz, int capacityFloats);
long cloudSelect(long cloud, const int* indices, int count);

// ---- neighbours; squared distances, nearest first
// Returns how many neighbours each query got, min(k, size); the results are rows of that length.
int knn(long cloud, const float* queries, int count, int k, int* indices, float* squared, int capacity);
// offsets has count + 1 entries; the neighbours wait in the calling thread until takeRadius. maxNeighbours 0: all.
int radius(long cloud, const float* queries, int count, double radius, int maxNeighbours, int* offsets);
void takeRadius(int* indices, float* squared, int capacity);

// ---- filters
long voxelGrid(long cloud, double leaf);
long approximateVoxelGrid(long cloud, double leaf);
// Indices of points that stay, ascending; returns their number.
int statisticalOutliers(long cloud, int k, double deviations, int* kept, int capacity);
int radiusOutliers(long cloud, double radius, int minNeighbours, int* kept, int capacity);

// ---- features
// out: nx ny nz curvature for each point, NaN where there is none; exactly one of k and radius is positive. Returns the valid ones.
int normals(long cloud, int k, double radius, const float* viewpoint, int threads, float* out, int capacityFloats);
// out: 33 numbers for each point, NaN where there is none. Returns the valid ones.
int fpfh(long cloud, const float* normals4, double radius, int threads, float* out, int capacityFloats);

// ---- segmentation
// coefficients: a b c d with unit normal, c >= 0. Returns the number of inliers; 0: no plane.
int plane(long cloud, double distance, int iterations, double* coefficients, int* inliers, int capacity);
// labels: -1 none, else 0 .. by falling size, ties by the lowest index. Returns the number of clusters.
int clusters(long cloud, double tolerance, int minSize, int maxSize, int* labels, int capacity);

// ---- registration
enum Method { ICP = 0, POINT_TO_PLANE = 1, GICP = 2, NDT = 3 };
// Where the 64 numbers of a result lie.
enum Result {
  R_POSE = 0,        // 16
  R_CONVERGED = 16,  // what PCL says: stopped by a criterion
  R_ITERATIONS = 17,
  R_RIGID = 18,      // the pose is finite and rigid
  R_INLIERS = 19,    // source points with a neighbour within maxDistance
  R_RMSE = 20,       // of those, metres
  R_EIGEN_SHARE = 21,  // smallest eigenvalue of the information as a share of the largest, turns scaled by the lever
  R_NANOS = 22,        // of the call
  R_ALIGN_NANOS = 23,  // of PCL's iterations alone, processor time: trees and covariances made before, judging after
  R_INFORMATION = 24,  // 36: point to plane, per unit variance scaled by the residuals' own
  R_SIZE = 64
};
void align(int method, long source, long target, const double* guess, double maxDistance, int iterations, int k, double resolution,
           double step, double* result);
void prerejective(long source, const float* sourceDescriptors, long target, const float* targetDescriptors, double maxDistance,
                  int iterations, int k, int samples, double similarity, double inlierShare, int seed, double* result);

}  // namespace azpcl
