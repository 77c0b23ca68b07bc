#include <overt/consent/receipt_changes.hpp>

#include <functional>
#include <set>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
struct change {
  receipt_field field;
  direction way;
  std::function<void(receipt&)> make;
};

std::vector<change> const changes{
    {receipt_field::purposes, direction::looser,
     [](receipt& r) { r.purposes.push_back(purpose::academic_research); }},
    {receipt_field::applications, direction::looser, [](receipt& r) { r.apps.push_back("other"); }},
    {receipt_field::sites, direction::looser, [](receipt& r) { r.sites.push_back("https://other.example"); }},
    {receipt_field::kinds, direction::looser, [](receipt& r) { r.grants = r.grants | grants::scroll; }},
    {receipt_field::screenshots, direction::looser,
     [](receipt& r) { r.screenshots = screenshot_mode::allowlisted_region_masked; }},
    {receipt_field::never, direction::tighter, [](receipt& r) { r.never = r.never | never::audio; }},
    {receipt_field::keystroke_timing, direction::looser,
     [](receipt& r) { r.keystroke_timing = key_timing::segment_5s; }},
    {receipt_field::pointer_hz, direction::looser, [](receipt& r) { r.pointer_max_hz = 8; }},
    {receipt_field::pointer_grid, direction::tighter, [](receipt& r) { r.pointer_grid_px = 64; }},
    {receipt_field::retention, direction::looser, [](receipt& r) { r.retention_days = 31; }},
    {receipt_field::duration, direction::looser, [](receipt& r) { r.expires_wall_ns += overt_test::day; }},
    {receipt_field::recipients, direction::looser, [](receipt& r) { r.recipients.push_back({"them", {}}); }},
    {receipt_field::storage, direction::looser, [](receipt& r) { r.storage.push_back("remote:there"); }},
    {receipt_field::parties, direction::other, [](receipt& r) { r.parties.push_back({.id = "acme"}); }},
    {receipt_field::preset, direction::other, [](receipt& r) { r.preset = jurisdiction_preset::us_other; }},
    {receipt_field::pseudonym_domain, direction::other, [](receipt& r) { r.pseudonym_domain = "study"; }},
    {receipt_field::references, direction::other, [](receipt& r) { r.impact_assessment = "DPIA"; }},
    {receipt_field::references, direction::other, [](receipt& r) { r.collective_agreement = "BV"; }},
    {receipt_field::references, direction::other, [](receipt& r) { r.review_board = "IRB"; }},
    {receipt_field::policy, direction::other, [](receipt& r) { r.policy_digest = std::string(64, 'c'); }}};
} // namespace

TEST_CASE("each difference of two receipts is found, and its direction, both ways") {
  auto const from = overt_test::some_terms();
  CHECK(changes_between(from, from).empty());
  std::set<receipt_field> seen;
  for (auto const& each : changes) {
    auto to = from;
    each.make(to);
    CAPTURE(overt::name_of(each.field));
    auto const there = changes_between(from, to);
    REQUIRE(there.size() == 1);
    CHECK(there[0].field == each.field);
    CHECK(there[0].way == each.way);
    auto const back = changes_between(to, from);
    REQUIRE(back.size() == 1);
    CHECK(back[0].from == there[0].to);
    CHECK(back[0].way == (each.way == direction::looser    ? direction::tighter
                          : each.way == direction::tighter ? direction::looser
                                                           : direction::other));
    seen.insert(each.field);
  }
  CHECK(seen.size() == enumerators(receipt_field{}).size());
}

TEST_CASE("other times, records and keys are no difference") {
  auto const from = overt_test::some_terms();
  auto to = from;
  to.granted_wall_ns += overt_test::day;
  to.expires_wall_ns += overt_test::day;
  to.record_id = "another";
  to.signature.key_id = "another";
  CHECK(changes_between(from, to).empty());
}

TEST_CASE("levels are compared by what they let out, not by their place in a list") {
  auto from = overt_test::some_terms();
  auto to = from;
  from.screenshots = screenshot_mode::allowlisted_window_masked;
  to.screenshots = screenshot_mode::allowlisted_region_masked;
  CHECK(changes_between(from, to)[0].way == direction::tighter);
  from = to;
  from.keystroke_timing = key_timing::segment_1s;
  to.keystroke_timing = key_timing::segment_5s;
  CHECK(changes_between(from, to)[0].way == direction::tighter);
}
