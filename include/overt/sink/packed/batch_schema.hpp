#pragma once

#include <string_view>

namespace overt::inline v0::sink::packed {

/// What a trace says in itself of the format that `batch_writer` writes, as a JSON Schema with a description
/// that is enough for somebody who has nothing but the trace. Short, because a chunk may have to repeat it.
[[nodiscard]] constexpr std::string_view batch_schema() noexcept {
  return R"({"$schema":"https://json-schema.org/draft/2020-12/schema","title":"overt.stream/1","description":)"
         R"("A column of `count` rows is a value that all have; or {first,step}: first, first+step, ...; or )"
         R"({scale=1,step=0,delta}: each number is the one before + scale*(step + the next varint (LEB128, )"
         R"(zigzag) of delta), the first counts from from_seq in seq, t0 in t, else 0; or {values,index}: )"
         R"(varints that choose. seq orders the rows of all types. t: ns. from: 65535 is the recorder. )"
         R"(context: see the messages of that number, 0 is none.","type":"object"})";
}

} // namespace overt::inline v0::sink::packed
