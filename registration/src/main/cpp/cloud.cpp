#include "cloud.h"

#include <pcl/console/print.h>
#include <pcl/pcl_config.h>

#include <atomic>
#include <unordered_map>

#include "azpcl.h"

namespace azpcl {

namespace {

// Numbers go up and are never given again, so that a stale one is told from a live one.
std::mutex registryMutex;
std::unordered_map<long, std::shared_ptr<Cloud>>& registry() {
  static auto* clouds = new std::unordered_map<long, std::shared_ptr<Cloud>>;  // outlives every thread
  return *clouds;
}
long lastCloud = 0;

// PCL warns on standard error at every call; what matters is thrown instead.
struct Quiet {
  Quiet() { pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS); }
} quiet;

thread_local std::vector<int> foundIndices;
thread_local std::vector<float> foundSquared;

// A checked copy.
Points::Ptr copied(const char* name, const float* xyz, int count) {
  Points::Ptr out(new Points);
  if (count == 0) return out;
  present(name, xyz);
  out->resize(count);
  for (int i = 0; i < count; i++) (*out)[i] = pcl::PointXYZ(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]);
  coordinates(name, out->points.data()->data, count, 4);
  return out;
}

// Points in one place make every search of a tree visit all of them.
void notCrowded(const Points& points) {
  if (points.empty()) return;
  const auto count = static_cast<std::int64_t>(points.size());
  pairs("a search", points.points.data()->data, count, 4, points.points.data()->data, count, 4, 1e-4);
}

}  // namespace

const char* pclVersion() { return PCL_VERSION_PRETTY; }
int abiVersion() { return 1; }

std::shared_ptr<Cloud> cloudAt(long cloud) {
  std::lock_guard<std::mutex> lock(registryMutex);
  auto found = registry().find(cloud);
  if (found == registry().end()) throw std::runtime_error("AZPCL:CLOSED:cloud " + shown(cloud) + " is closed");
  return found->second;
}

long keep(Points::Ptr points) {
  points->width = static_cast<std::uint32_t>(points->size());
  points->height = 1;
  points->is_dense = true;
  auto cloud = std::make_shared<Cloud>(std::move(points));
  std::lock_guard<std::mutex> lock(registryMutex);
  registry().emplace(++lastCloud, std::move(cloud));
  return lastCloud;
}

long cloudOf(const float* xyz, int points) {
  range("points", points, 0, MAX_POINTS);
  Points::Ptr out = copied("cloud", xyz, points);
  notCrowded(*out);
  return keep(std::move(out));
}

void closeCloud(long cloud) {
  std::shared_ptr<Cloud> last;  // freed outside the lock
  std::lock_guard<std::mutex> lock(registryMutex);
  auto found = registry().find(cloud);
  if (found == registry().end()) return;
  last = std::move(found->second);
  registry().erase(found);
}

long liveClouds() {
  std::lock_guard<std::mutex> lock(registryMutex);
  return static_cast<long>(registry().size());
}

int cloudSize(long cloud) { return cloudAt(cloud)->size(); }

void cloudPoints(long cloud, float* xyz, int capacityFloats) {
  auto c = cloudAt(cloud);
  present("xyz", xyz);
  capacity("xyz", capacityFloats, 3LL * c->size());
  for (int i = 0; i < c->size(); i++) {
    const auto& p = (*c->points())[i];
    xyz[3 * i] = p.x;
    xyz[3 * i + 1] = p.y;
    xyz[3 * i + 2] = p.z;
  }
}

long cloudSelect(long cloud, const int* indices, int count) {
  auto c = cloudAt(cloud);
  range("count", count, 0, MAX_POINTS);
  if (count > 0) present("indices", indices);
  for (int i = 0; i < count; i++) {
    if (indices[i] < 0 || indices[i] >= c->size()) {
      refuse("index " + shown(indices[i]) + " at " + shown(i) + ", accepted 0 .. " + shown(c->size() - 1));
    }
  }
  Points::Ptr out(new Points);
  out->resize(count);
  for (int i = 0; i < count; i++) (*out)[i] = (*c->points())[indices[i]];
  notCrowded(*out);
  return keep(std::move(out));
}

int knn(long cloud, const float* queries, int count, int k, int* indices, float* squared, int cap) {
  auto c = cloudAt(cloud);
  atLeast("cloud", c->size(), 1);
  range("count", count, 0, MAX_POINTS);
  range("k", k, 1, MAX_POINTS);
  const int each = std::min(k, c->size());
  if (count == 0) return each;
  const Points::Ptr points = copied("queries", queries, count);
  const std::int64_t total = static_cast<std::int64_t>(each) * count;
  range("k x queries", static_cast<double>(total), 1, MAX_RESULTS);
  present("indices", indices);
  present("squared", squared);
  capacity("indices", cap, total);
  auto tree = c->tree();
  pcl::Indices found(each);
  std::vector<float> distances(each);
  for (int q = 0; q < count; q++) {
    tree->nearestKSearch((*points)[q], each, found, distances);
    std::copy(found.begin(), found.end(), indices + static_cast<std::int64_t>(q) * each);
    std::copy(distances.begin(), distances.end(), squared + static_cast<std::int64_t>(q) * each);
  }
  return each;
}

int radius(long cloud, const float* queries, int count, double reach, int maxNeighbours, int* offsets) {
  auto c = cloudAt(cloud);
  foundIndices.clear();
  foundSquared.clear();
  atLeast("cloud", c->size(), 1);
  range("count", count, 0, MAX_POINTS);
  range("radius", reach, 1e-4, 1e4);
  range("maxNeighbours", maxNeighbours, 0, MAX_POINTS);
  present("offsets", offsets);
  offsets[0] = 0;
  if (count == 0) return 0;
  const Points::Ptr points = copied("queries", queries, count);
  pairs("radius", points->points.data()->data, count, 4, c->data(), c->size(), 4, reach);
  auto tree = c->tree();
  pcl::Indices found;
  std::vector<float> distances;
  for (int q = 0; q < count; q++) {
    tree->radiusSearch((*points)[q], reach, found, distances, static_cast<unsigned>(maxNeighbours));
    if (foundIndices.size() + found.size() > static_cast<std::size_t>(MAX_RESULTS)) {
      foundIndices.clear();
      foundSquared.clear();
      refuse("radius finds more than " + shown(MAX_RESULTS) + " neighbours; take fewer queries or a smaller radius");
    }
    foundIndices.insert(foundIndices.end(), found.begin(), found.end());
    foundSquared.insert(foundSquared.end(), distances.begin(), distances.end());
    offsets[q + 1] = static_cast<int>(foundIndices.size());
  }
  return static_cast<int>(foundIndices.size());
}

void takeRadius(int* indices, float* squared, int cap) {
  if (!foundIndices.empty()) {
    present("indices", indices);
    present("squared", squared);
  }
  capacity("indices", cap, static_cast<std::int64_t>(foundIndices.size()));
  std::copy(foundIndices.begin(), foundIndices.end(), indices);
  std::copy(foundSquared.begin(), foundSquared.end(), squared);
  std::vector<int>().swap(foundIndices);
  std::vector<float>().swap(foundSquared);
}

// Centred only where float32 would tell: within a kilometre it keeps 0.1 mm, and one tree serves both.
Cloud::Cloud(Points::Ptr points) : points_(std::move(points)), origin_(Eigen::Vector3d::Zero()) {
  float largest = 0;
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const auto& p : *points_) {
    largest = std::max({largest, std::fabs(p.x), std::fabs(p.y), std::fabs(p.z)});
    sum += p.getVector3fMap().cast<double>();
  }
  if (largest > 1000) origin_ = (sum / static_cast<double>(points_->size())).array().round();
}

Tree::Ptr Cloud::tree() {
  std::lock_guard<std::mutex> lock(mutex_);
  return treeLocked();
}

Tree::Ptr Cloud::treeLocked() {
  if (!tree_) tree_ = treeOf<pcl::PointXYZ>(points_);
  return tree_;
}

Points::Ptr Cloud::centred() {
  std::lock_guard<std::mutex> lock(mutex_);
  return centredLocked();
}

Points::Ptr Cloud::centredLocked() {
  if (origin_.isZero()) return points_;
  if (!centred_) {
    centred_.reset(new Points(*points_));
    for (auto& p : *centred_) p.getVector3fMap() = (p.getVector3fMap().cast<double>() - origin_).cast<float>();
  }
  return centred_;
}

Tree::Ptr Cloud::centredTree() {
  std::lock_guard<std::mutex> lock(mutex_);
  return centredTreeLocked();
}

Tree::Ptr Cloud::centredTreeLocked() {
  if (origin_.isZero()) return treeLocked();
  if (!centredTree_) centredTree_ = treeOf<pcl::PointXYZ>(centredLocked());
  return centredTree_;
}

}  // namespace azpcl
