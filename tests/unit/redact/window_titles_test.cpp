#include <overt/redact/window_titles.hpp>

#include <overt/redact/only.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/structure.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace redact = overt::redact;
using overt::consent::grants;

namespace {
template <class Chain>
std::string left_by(Chain policies) {
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, Chain, overt_test::bytes_sink> out{std::move(policies), sink, {}};
  out.push(overt_test::happened(1, overt_test::place({.title = "Letter to Erika"}), overt::button{}));
  out.push(overt_test::happened(2, overt_test::place({.application = "diary", .title = "Other"}),
                                overt::button{}));
  out.finish();
  return sink.text();
}
} // namespace

TEST_CASE("titles leave whole, and of agreed applications only", "[redact][window_titles]") {
  auto const scope = redact::only{"editor"} | redact::secrets{} | redact::structure{};
  auto const told = left_by(scope | redact::window_titles{});
  CHECK(told.find(R"("title":"Letter to Erika")") != std::string::npos);
  CHECK(told.find("Other") == std::string::npos);
  CHECK(left_by(scope).find("Erika") == std::string::npos);
}

TEST_CASE("whole titles need raw keys beside the focus", "[redact][window_titles]") {
  CHECK(redact::window_titles{}.needs() == (grants::window_focus | grants::key_raw));
}
