// What is packed in rows of numbers holds no lists and no texts that could be disclosed elsewhere.
// expect: a payload that says `packed` holds numbers
#include <overt/event/event.hpp>
#include <overt/sink/packed/leaves.hpp>

struct sample {
#if defined(CONTROL)
  std::uint32_t values = 0;
#else
  std::vector<std::uint32_t> values{};
#endif

  static constexpr std::string_view name = "sample";
  static constexpr bool packed = true;
  static constexpr auto fields() { return overt::fields(overt::field("values", &sample::values)); }
};

static_assert(overt::sink::packed::packed_payload<sample>);
