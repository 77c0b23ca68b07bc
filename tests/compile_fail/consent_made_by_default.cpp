// expect: no matching (function for call to|constructor for initialization of)
// expect: active_consent
#include <utility>

#include <overt/consent/active_consent.hpp>

#if defined(CONTROL)
overt::consent::active_consent use(overt::consent::active_consent& agreed) { return std::move(agreed); }
#else
overt::consent::active_consent use() { return overt::consent::active_consent{}; }
#endif
