#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <overt/capture/atspi/digit_boxes.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/field_sensitivity.hpp>
#include <overt/capture/atspi/sibling_reader.hpp>
#include <overt/capture/atspi/sticky_secrets.hpp>
#include <overt/event/context.hpp>

namespace overt::inline v0::capture::atspi {

/// Reads a field and judges it: whether what is typed into it is a secret.
class field_reader {
public:
  /// Null and `unknown`: it could not be read.
  using handler = std::function<void(std::shared_ptr<element const> const&, field_kind)>;

  field_reader(element_reader& reader, sibling_reader& siblings, sticky_secrets& secrets)
      : reader_{&reader}, siblings_{&siblings}, secrets_{&secrets} {}

  void read(object_id const& id, handler done) {
    reader_->read_shared(id, [this, done = std::move(done)](std::shared_ptr<element const> const& what) {
      auto const kind = secrets_->judge(what.get());
      // Only a field that looks harmless can turn out to be one of several boxes for one number.
      if (!what || kind != field_kind::plain || has_state(*what, accessible_state::multi_line)) {
        done(what, kind);
        return;
      }
      siblings_->around(*what, [this, what, done](std::vector<element> const* all, std::size_t self) {
        if (all == nullptr) {
          done(nullptr, field_kind::unknown);
          return;
        }
        std::vector<neighbour> beside;
        beside.reserve(all->size());
        for (auto const& one : *all) {
          beside.push_back(neighbour_of(one));
        }
        done(what, secrets_->judge(what.get(), neighbours{beside, self}));
      });
    });
  }

private:
  element_reader* reader_;
  sibling_reader* siblings_;
  sticky_secrets* secrets_;
};

} // namespace overt::inline v0::capture::atspi
