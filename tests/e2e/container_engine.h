#pragma once

#include <string>
#include <vector>

#include "tests/e2e/story.h"

namespace e2e {

/// A docker daemon of the test's own in network, mount and process namespaces of its own, with
/// an image `box` of busybox. It pulls nothing and nothing of it stays, also where the test dies.
class ContainerEngine {
 public:
  /// Why none can be had here; empty: one can.
  static std::string WhyNot();

  explicit ContainerEngine(const test::Sandbox& sandbox);
  ~ContainerEngine();
  ContainerEngine(const ContainerEngine&) = delete;
  ContainerEngine& operator=(const ContainerEngine&) = delete;

  /// What docker needs to find it.
  Environment variables() const;

  /// `docker <arguments>`; what docker refuses fails the test, by an exception.
  std::string Docker(const std::vector<std::string>& arguments) const;

 private:
  Ran Try(const std::vector<std::string>& arguments) const;
  void MakeImage() const;

  std::string place_;
  std::string cgroup_;
  test::Running daemon_;
};

}  // namespace e2e
