// What we measure of a pose ourselves: PCL's fitness has no reach, and its convergence says only that the iterations stopped.
#pragma once
#include <time.h>

#include <chrono>

#include "cloud.h"

namespace azpcl {

class Stopwatch {
 public:
  double nanos() const {
    return static_cast<double>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - start_).count());
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Processor time of the calling thread, which another busy process does not lengthen.
class ThreadTime {
 public:
  double nanos() const { return now() - start_; }

 private:
  static double now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return 1e9 * static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec);
  }
  double start_ = now();
};

// Fills the result from a pose between the clouds' own origins.
void report(Cloud& source, Cloud& target, const Eigen::Matrix4d& centredPose, bool converged, int iterations, double maxDistance,
            const Stopwatch& watch, double* result);

// targetFromSource between the clouds' own origins, from one between their frames.
Eigen::Matrix4d centredPose(const Cloud& source, const Cloud& target, const Eigen::Matrix4d& pose);

}  // namespace azpcl
