// expect: deleted (function|constructor|copy constructor)
// expect: active_consent
#include <utility>

#include <overt/consent/active_consent.hpp>

#if defined(CONTROL)
overt::consent::active_consent use(overt::consent::active_consent& agreed) { return std::move(agreed); }
#else
overt::consent::active_consent use(overt::consent::active_consent& agreed) { return agreed; }
#endif
