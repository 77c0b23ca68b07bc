#pragma once

namespace overt::inline v0::sink {

/// What a record of the journal of an MCAP trace holds; its first byte. The rest are the bytes of the
/// message, the row or the place, as in the file.
enum class journal_entry : char { message = 'm', row = 'r', context = 'c' };

} // namespace overt::inline v0::sink
