// The checks that stand before PCL. Each throws with the argument, what was found and what is accepted.
#pragma once
#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>

namespace azpcl {

constexpr int MAX_POINTS = 1 << 24;         // 33 floats each stay below 2^31 bytes' worth of indices
constexpr double MAX_COORDINATE = 1e5;      // metres: float32 still tells centimetres
constexpr double MAX_PAIRS = 1e9;           // visited pairs of points in one call: about a minute
constexpr double MAX_SEARCHES = 1e8;        // nearest-neighbour searches in one call: about two minutes
constexpr int MAX_RESULTS = 1 << 28;

[[noreturn]] inline void refuse(const std::string& what) { throw std::invalid_argument("AZPCL:INVALID_ARGUMENT:" + what); }

// As refuse, where it is the points that are too few rather than an argument that is wrong.
[[noreturn]] inline void tooFew(const std::string& what) { throw std::invalid_argument("AZPCL:TOO_FEW:" + what); }

template <class T>
std::string shown(T value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

// Written so that NaN is refused too.
inline void range(const char* name, double value, double least, double most) {
  if (!(value >= least && value <= most)) {
    refuse(std::string(name) + " is " + shown(value) + ", accepted " + shown(least) + " .. " + shown(most));
  }
}

inline void present(const char* name, const void* pointer) {
  if (pointer == nullptr) refuse(std::string(name) + " is null");
}

inline void atLeast(const char* name, int points, int least) {
  if (points < least) tooFew(std::string(name) + " has " + shown(points) + " points, expected " + shown(least) + " or more");
}

inline void capacity(const char* name, std::int64_t has, std::int64_t needs) {
  if (has < needs) refuse(std::string(name) + " has room for " + shown(has) + ", " + shown(needs) + " are needed");
}

inline int threadsWithin(int threads) {
  range("threads", threads, 1, 64);
  return threads;
}

// Refuses coordinates that are not finite or too large, naming the first. To be called on our own copy: the caller's buffer may change
// under another thread's hand between check and use.
void coordinates(const char* name, const float* xyz, std::int64_t points, int stride);

// Refuses a search that would visit too many pairs. The estimate is an upper one: all points in the eight cells, twice the reach wide,
// that the ball around a query can touch; cells are counted by their hash, so that collisions can only raise it.
void pairs(const char* what, const float* queries, std::int64_t count, int queryStride, const float* points, std::int64_t size,
           int pointStride, double reach);

// The pose as checked and made orthonormal.
Eigen::Matrix4d rigid(const char* name, const double* rows);
bool isRigid(const Eigen::Matrix4d& pose);

}  // namespace azpcl
