// expect: private
#include <array>
#include <cstdint>
#include <span>

#include <overt/event/pseudonym.hpp>

constexpr std::array<std::uint8_t, 8> bytes{};
#if defined(CONTROL)
auto make() { return overt::detail::pseudonym_maker::make(bytes); }
#else
auto make() { return overt::pseudonym{std::span<std::uint8_t const>{bytes}}; }
#endif
