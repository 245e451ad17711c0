#include <pcl/registration/sample_consensus_prerejective.h>

#include <cstdlib>

#include "azpcl.h"
#include "cloud.h"
#include "fit.h"

namespace azpcl {

namespace {

using Descriptors = pcl::PointCloud<pcl::FPFHSignature33>;

// The C library's generator is one for the process.
std::mutex randMutex;

struct Described {
  Points::Ptr points{new Points};
  Descriptors::Ptr descriptors{new Descriptors};
};

// Points whose descriptor is not finite are left out: PCL aborts on them.
Described described(Cloud& cloud, const float* rows, const char* name, int least) {
  present(name, rows);
  Described out;
  for (int i = 0; i < cloud.size(); i++) {
    pcl::FPFHSignature33 d;
    bool ok = true;
    for (int j = 0; j < 33; j++) {
      d.histogram[j] = rows[33L * i + j];
      ok = ok && std::fabs(d.histogram[j]) <= 1e6f;
    }
    if (!ok) continue;
    out.points->push_back((*cloud.centred())[i]);
    out.descriptors->push_back(d);
  }
  atLeast((std::string(name) + " with finite numbers").c_str(), static_cast<int>(out.points->size()), least);
  // As for points in one place: a search among equal descriptors visits all of them.
  range("pairs of descriptors", static_cast<double>(out.points->size()) * static_cast<double>(out.points->size()), 1, 4e9);
  return out;
}

}  // namespace

void prerejective(long source, const float* sourceDescriptors, long target, const float* targetDescriptors, double maxDistance,
                  int iterations, int k, int samples, double similarity, double inlierShare, int seed, double* result) {
  const Stopwatch watch;
  auto s = cloudAt(source);
  auto t = cloudAt(target);
  present("result", result);
  range("maxDistance", maxDistance, 1e-3, 1e3);
  range("iterations", iterations, 1, 50000);
  range("samples", samples, 3, 10);
  range("similarity", similarity, 0, 0.9999);
  range("inlierShare", inlierShare, 0, 1);
  range("k", k, 1, 1000);
  atLeast("source", s->size(), std::max({50, samples}));
  atLeast("target", t->size(), std::max({50, samples, k}));
  range("iterations x source points", static_cast<double>(iterations) * s->size(), 1, 1e9);
  Described from = described(*s, sourceDescriptors, "source descriptors", std::max({50, samples}));
  Described onto = described(*t, targetDescriptors, "target descriptors", std::max({50, samples, k}));

  pcl::SampleConsensusPrerejective<pcl::PointXYZ, pcl::PointXYZ, pcl::FPFHSignature33> consensus;
  consensus.setInputSource(from.points);
  consensus.setSourceFeatures(from.descriptors);
  consensus.setSearchMethodTarget(treeOf<pcl::PointXYZ>(onto.points), true);
  consensus.setInputTarget(onto.points);
  consensus.setTargetFeatures(onto.descriptors);
  consensus.setMaximumIterations(iterations);
  consensus.setNumberOfSamples(samples);
  consensus.setCorrespondenceRandomness(k);
  consensus.setSimilarityThreshold(static_cast<float>(similarity));
  consensus.setMaxCorrespondenceDistance(maxDistance);
  consensus.setInlierFraction(static_cast<float>(inlierShare));
  Points moved;
  {
    std::lock_guard<std::mutex> lock(randMutex);
    std::srand(static_cast<unsigned>(seed));
    consensus.align(moved);
  }
  report(*s, *t, consensus.getFinalTransformation().cast<double>(), consensus.hasConverged(), iterations, maxDistance, watch, result);
}

}  // namespace azpcl
