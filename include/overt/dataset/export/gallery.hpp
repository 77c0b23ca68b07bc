#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/datasheet.hpp>
#include <overt/dataset/export/exported_steps.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::dataset {

/// Text as HTML shows it, in elements and in attributes.
[[nodiscard]] inline std::string html(std::string_view text) {
  std::string out;
  for (auto const letter : text) {
    switch (letter) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    default: out += letter;
    }
  }
  return out;
}

namespace detail {

/// Bytes as base64 (RFC 4648), for pictures inside a page.
inline void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  auto const byte = [&](std::size_t i) {
    return i < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i])} : 0;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    auto const three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (std::size_t place = 0; place < 4; ++place) {
      out += i + place > bytes.size() ? '=' : digits[three >> (18 - 6 * place) & 63];
    }
  }
}

/// The action drawn over its picture, in the picture's own pixels: SVG.
class drawn_action {
public:
  explicit drawn_action(rectangle covers) : covers_{covers} {}

  [[nodiscard]] std::string operator()(action const& what) {
    if (auto const* const move = what.get_if<move_action>(); move != nullptr) {
      cross(move->at);
    } else if (auto const* const click = what.get_if<click_action>(); click != nullptr) {
      for (int ring = 0; ring < std::min<int>(click->count, 3); ++ring) {
        circle(click->at, 14 + 7 * ring);
      }
      cross(click->at);
    } else if (auto const* const drag = what.get_if<drag_action>(); drag != nullptr) {
      circle(drag->from, 10);
      arrow(drag->from, drag->to);
    } else if (auto const* const scroll = what.get_if<scroll_action>(); scroll != nullptr) {
      circle(scroll->at, 14);
      auto to = scroll->at;
      to.x += std::clamp(scroll->dx_v120 / 4, -120, 120);
      to.y += std::clamp(scroll->dy_v120 / 4, -120, 120);
      arrow(scroll->at, to);
    }
    return std::move(out_);
  }

private:
  [[nodiscard]] static std::string attribute(std::string_view name, std::int64_t value) {
    return ' ' + std::string{name} + "=\"" + std::to_string(value) + '"';
  }

  /// An arrow may point out of the picture; a picture of SVG is cut there.
  struct spot {
    std::int64_t x;
    std::int64_t y;
  };
  [[nodiscard]] spot place(screen_point at) const noexcept {
    return {std::int64_t{at.x} - covers_.x, std::int64_t{at.y} - covers_.y};
  }

  void circle(screen_point at, int radius) {
    auto const where = place(at);
    out_ += "<circle" + attribute("cx", where.x) + attribute("cy", where.y) + attribute("r", radius) + "/>";
  }
  void cross(screen_point at) {
    auto const where = place(at);
    line(where.x - 5, where.y, where.x + 5, where.y, "");
    line(where.x, where.y - 5, where.x, where.y + 5, "");
  }
  void arrow(screen_point from, screen_point to) {
    auto const a = place(from);
    auto const b = place(to);
    line(a.x, a.y, b.x, b.y, " marker-end=\"url(#tip)\"");
  }
  void line(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, std::string_view more) {
    out_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2);
    out_ += more;
    out_ += "/>";
  }

  rectangle covers_;
  std::string out_{};
};

} // namespace detail

/// A page that shows an exported episode: each picture, the action drawn on it, its text, and what was
/// skipped. One file: nothing is fetched, no script runs. `pictures`: the encoded picture of each step, of
/// the type `image/<kind>`.
[[nodiscard]] inline std::string gallery_page(std::string_view task_id, episode const& of,
                                              exported_steps const& made,
                                              std::vector<std::string_view> const& pictures,
                                              std::string_view kind) {
  std::string out{"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                  "style-src 'unsafe-inline'\"><title>"};
  out += html(task_id);
  out += "</title><style>body{font-family:sans-serif;max-width:75em;margin:auto;padding:1em;"
         "background:#fff;color:#222}figure{margin:0 0 2em}.shot{position:relative;border:1px solid #888}"
         ".shot img,.shot svg{display:block;width:100%;height:auto}.shot svg{position:absolute;left:0;top:0;"
         "height:100%}svg circle,svg line{fill:none;stroke:#e6007e;stroke-width:3}"
         "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#eee;padding:.5em}"
         ".redacted{color:#a00}td,th{text-align:left;padding:0 1em 0 0}</style></head><body>\n<h1>";
  out += of.instruction ? html(*of.instruction) : "(no instruction)";
  out += "</h1>\n<p>" + html(task_id) + ", " + std::to_string(made.steps.size()) + " steps, " +
         std::to_string(made.skipped.size()) + " skipped, ended: " + std::string{name_of(of.outcome)} +
         "</p>\n";
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    auto const& step = made.steps[i];
    auto const width = std::to_string(step.frame->size.width);
    auto const height = std::to_string(step.frame->size.height);
    out += "<figure><figcaption>" + std::to_string(i) + ". ";
    out += step.what == nullptr ? "end" : std::string{name_of(step.what->what)};
    out += ", events " + std::to_string(step.first) + " to " + std::to_string(step.last) + ", picture " +
           std::to_string(step.frame->sequence) + " is " + std::to_string(step.image_age_ns / 1'000'000) +
           " ms older";
    out += step.code.redacted ? " <b class=\"redacted\">redacted</b>" : "";
    if (step.what != nullptr) {
      for (auto const& meant : step.what->meant) {
        out += "; " + std::string{name_of(meant.act)} + ' ' + std::string{name_of(meant.role)} + ' ' +
               html(meant.label);
      }
    }
    out += "</figcaption><div class=\"shot\"><img alt=\"\" width=\"" + width + "\" height=\"" + height +
           "\" src=\"data:image/" + std::string{kind} + ";base64,";
    detail::append_base64(out, pictures[i]);
    out +=
        "\"><svg viewBox=\"0 0 " + width + ' ' + height +
        "\" preserveAspectRatio=\"none\"><defs><marker id=\"tip\" viewBox=\"0 0 6 6\" refX=\"5\" refY=\"3\" "
        "markerWidth=\"5\" markerHeight=\"5\" orient=\"auto\"><path d=\"M0 0L6 3L0 6z\" "
        "fill=\"#e6007e\"/></marker></defs>";
    out += step.what == nullptr ? std::string{} : detail::drawn_action{step.frame->covers}(*step.what);
    out += "</svg></div><pre>" + html(step.code.text) + "</pre></figure>\n";
  }
  if (!made.skipped.empty()) {
    out += "<h2>Skipped</h2><table><tr><th>events</th><th>action</th><th>reason</th><th></th></tr>\n";
    for (auto const& one : made.skipped) {
      out += "<tr><td>" + std::to_string(one.first) + " to " + std::to_string(one.last) + "</td><td>" +
             std::string{one.kind} + "</td><td>" + std::string{name_of(one.reason)} + "</td><td>" +
             std::string{meaning_of(one.reason)} + "</td></tr>\n";
    }
    out += "</table>\n";
  }
  return out + "</body></html>\n";
}

} // namespace overt::inline v0::dataset
