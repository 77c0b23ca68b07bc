#pragma once

#include <array>
#include <string_view>

namespace leaks {

/// Words around a canary. None has j, q, x, z or a digit, so that no four characters of a canary with one of
/// those can come from them, however they are joined or cut; nor does any make what is beside it something
/// personal.
inline constexpr auto carriers = std::to_array<std::string_view>(
    {"please", "send",  "the",   "report", "to",    "our",    "team",   "before", "noon",   "and",  "thank",
     "you",    "we",    "will",  "meet",   "again", "on",     "Monday", "about",  "budget", "plan", "for",
     "spring", "this",  "is",    "fine",   "with",  "me",     "see",    "below",  "was",    "late", "new",
     "draft",  "looks", "good",  "could",  "add",   "more",   "notes",  "from",   "last",   "week", "they",
     "said",   "that",  "hall",  "two",    "needs", "paint",  "shelf",  "window", "green",  "lamp", "walk",
     "under",  "cloud", "river", "stone",  "bread", "garden", "music",  "table",  "chair",  "slow"});

} // namespace leaks
