#include "server.hpp"

#include "gate.hpp"
#include "page.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <httplib.h>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/detail/random_bytes.hpp>
#include <overt/event/enumerators.hpp>

namespace {

using httplib::Request;
using httplib::Response;
using Routing = httplib::Server::HandlerResponse;

/// The page with what is different each time: the nonce that lets its own script and style run and nothing
/// else, and the token that its requests carry.
std::string page_with(std::string_view nonce, std::string_view token) {
  std::string page{command::review_page()};
  auto const put = [&](std::string_view mark, std::string_view value) {
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + value.size())) {
      page.replace(at, mark.size(), value);
    }
  };
  put("{{nonce}}", nonce);
  put("{{token}}", token);
  return page;
}

std::string policy_with(std::string const& nonce) {
  return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce +
         "'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'";
}

void refuse(Response& to) {
  to.status = 403;
  to.set_header("Connection", "close");
  to.set_content("403\n", "text/plain");
}

template <class Number>
std::optional<Number> number_in(Request const& from, char const* name) {
  auto const text = from.get_param_value(name);
  Number value{};
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional{value}
                                                                         : std::nullopt;
}

void answer(Response& to, overt::result<std::string> const& what) {
  if (what) {
    to.set_content(*what, "application/json");
    return;
  }
  overt::detail::json_text json;
  json.open_record(1);
  json.member(0, "error");
  json.string(what.error().message);
  json.close_record();
  to.status = what.error().code == overt::error_code::consent_mismatch ? 409
              : what.error().code == overt::error_code::invalid_input  ? 400
                                                                       : 500;
  to.set_content(std::string{json.view()}, "application/json");
}

class review_server {
public:
  explicit review_server(command::review_session& session) : session_{session} {}

  overt::result<void> run(std::function<void(std::string const&)> const& ready) {
    // No other process may have the port, not even one of the same user.
    server_.set_socket_options([](socket_t) {});
    int const port = server_.bind_to_any_port("127.0.0.1");
    if (port <= 0) {
      return overt::failure{overt::error_code::output_failed,
                            "no port of 127.0.0.1 can be had for the page. Try again."};
    }
    gate_.emplace(port);
    set_up();
    // Ctrl+C ends the server between two acts, never in one.
    ::sigset_t ending;
    ::sigset_t before;
    ::sigemptyset(&ending);
    ::sigaddset(&ending, SIGINT);
    ::sigaddset(&ending, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &ending, &before);
    std::atomic<bool> over = false;
    std::thread waits{[&] {
      int which = 0;
      ::sigwait(&ending, &which);
      while (!over && !server_.is_running()) {
        std::this_thread::yield();
      }
      server_.stop();
    }};
    ready(gate_->link());
    bool const went = server_.listen_after_bind();
    over = true;
    ::pthread_kill(waits.native_handle(), SIGTERM); // when the person ended it in the page
    waits.join();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return went ? overt::result<void>{}
                : overt::failure{overt::error_code::output_failed, "the page cannot be shown any longer."};
  }

private:
  void set_up() {
    server_.new_task_queue = [] { return new httplib::ThreadPool{4}; }; // the library deletes it
    server_.set_payload_max_length(64 * 1024);
    server_.set_read_timeout(5);
    server_.set_write_timeout(30);
    server_.set_keep_alive_timeout(2);
    server_.set_default_headers({{"Cache-Control", "no-store"},
                                 {"X-Content-Type-Options", "nosniff"},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"Cross-Origin-Resource-Policy", "same-origin"},
                                 {"Cross-Origin-Opener-Policy", "same-origin"},
                                 {"X-Frame-Options", "DENY"}});
    server_.set_pre_routing_handler([this](Request const& from, Response& to) { return admit(from, to); });
    server_.set_exception_handler([](Request const&, Response& to, std::exception_ptr) {
      answer(to, overt::failure{overt::error_code::misuse, "the program made a mistake; look at it again"});
    });
    auto const& folder = gate_->folder();
    server_.Get(folder, [this](Request const&, Response& to) { show(to); });
    server_.Get(folder + "summary", [this](Request const&, Response& to) { answer(to, session_.summary()); });
    server_.Get(folder + "entries", [this](Request const& from, Response& to) {
      overt::trace::review_query query;
      query.from = number_in<std::size_t>(from, "from").value_or(0);
      query.most = std::min<std::size_t>(number_in<std::size_t>(from, "most").value_or(200), 500);
      query.place = number_in<std::uint32_t>(from, "place");
      if (auto kind = overt::trace::review_kind{}; overt::value_named(from.get_param_value("kind"), kind)) {
        query.kind = kind;
      }
      answer(to, session_.entries(query, number_in<std::int64_t>(from, "at_ns")));
    });
    server_.Get(folder + "count", [this](Request const& from, Response& to) {
      answer(to, session_.count(number_in<std::int64_t>(from, "from_ns").value_or(0),
                                number_in<std::int64_t>(from, "to_ns").value_or(-1)));
    });
    server_.Get(folder + "picture", [this](Request const& from, Response& to) {
      auto const image = session_.picture(number_in<std::uint64_t>(from, "number").value_or(0),
                                          number_in<std::uint64_t>(from, "revision").value_or(0));
      if (!image || image->empty()) { // empty: the page asked before it knew that something was deleted
        to.status = image ? 204 : 404;
        return;
      }
      to.set_content(*image, "image/png");
    });
    auto const act = [&](char const* name, auto member) {
      server_.Post(folder + name, [this, member](Request const& from, Response& to) {
        answer(to, (session_.*member)(std::string_view{from.body}));
      });
    };
    act("delete", &command::review_session::erase);
    act("approve", static_cast<overt::result<std::string> (command::review_session::*)(std::string_view)>(
                       &command::review_session::approve));
    act("take_back", &command::review_session::take_back);
    server_.Post(folder + "end", [this](Request const&, Response& to) {
      answer(to, std::string{"{}"});
      server_.stop(); // takes no more; this answer is sent
    });
  }

  /// What the gate says of a request, before anything of it is looked at.
  Routing admit(Request const& from, Response& to) {
    auto const header = [&](char const* name) { return from.get_header_value(name); };
    auto const site = header("Sec-Fetch-Site"); // browsers tell it; other programs need not
    bool const may_knock = from.get_header_value_count("Host") == 1 && gate_->is_our_host(header("Host")) &&
                           from.path.starts_with(gate_->folder());
    bool const reads = from.method == "GET";
    bool const acts = from.method == "POST";
    if (!may_knock || (!reads && !acts)) {
      refuse(to);
      return Routing::Handled;
    }
    // A link may stand anywhere, so the page that it was on does not matter, once.
    if (reads && from.path == gate_->folder() && from.has_param("token")) {
      if (!gate_->exchange(from.get_param_value("token"))) {
        refuse(to);
        return Routing::Handled;
      }
      to.set_header("Set-Cookie", gate_->cookie());
      show(to);
      return Routing::Handled;
    }
    bool const ours =
        gate_->has_cookie(header("Cookie")) && (site.empty() || site == "same-origin" || site == "none");
    bool const may_act = gate_->has_page_token(header(command::review_gate::header_name.data())) &&
                         (!from.has_header("Origin") || gate_->is_our_origin(header("Origin")));
    if (!ours || (acts && !may_act)) {
      refuse(to);
      return Routing::Handled;
    }
    return Routing::Unhandled;
  }

  void show(Response& to) const {
    auto const nonce = overt::detail::to_hex(overt::detail::random_bytes<16>());
    to.set_header("Content-Security-Policy", policy_with(nonce));
    to.set_content(page_with(nonce, gate_->page_token()), "text/html; charset=utf-8");
  }

  command::review_session& session_;
  httplib::Server server_{};
  std::optional<command::review_gate> gate_{};
};

} // namespace

overt::result<void> command::serve_review(review_session& session,
                                          std::function<void(std::string const& link)> const& ready) {
  return review_server{session}.run(ready);
}
