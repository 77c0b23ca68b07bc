#pragma once

#include <string_view>

namespace command {

/// The page of `overt review`: page.html as it stands there, with `{{nonce}}` and `{{token}}` to be filled
/// in.
[[nodiscard]] std::string_view review_page();

} // namespace command
