#include "server.hpp"

overt::result<void> command::serve_review(review_session&, std::function<void(std::string const&)> const&) {
  return overt::failure{
      overt::error_code::unsupported,
      "this build of overt has no page to show: cpp-httplib was not found when it was made. Install it "
      "(Debian and Ubuntu: libcpp-httplib-dev) and build again. Until then look at the recording with overt "
      "show, and approve it with overt review --approve."};
}
