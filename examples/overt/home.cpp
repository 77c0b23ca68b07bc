#include "home.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sys/stat.h>

#include <overt/consent/json/ledger.hpp>
#include <overt/event/clock.hpp>

namespace {

std::string variable(char const* name) {
  auto const* const found = std::getenv(name);
  return found == nullptr ? std::string{} : std::string{found};
}

overt::failure without_entry(overt::failure why) {
  why.message = "this cannot be noted in your ledger: " + why.message;
  return why;
}

} // namespace

overt::result<command::home> command::home_at(std::string const& chosen) {
  if (!chosen.empty()) {
    return home{chosen};
  }
  // The XDG base directory specification: a path that is not absolute is as good as none.
  if (auto const data = variable("XDG_DATA_HOME"); data.starts_with('/')) {
    return home{data + "/overt"};
  }
  if (auto const user = variable("HOME"); user.starts_with('/')) {
    return home{user + "/.local/share/overt"};
  }
  return overt::failure{
      overt::error_code::misuse,
      "neither XDG_DATA_HOME nor HOME says where your own folder is. Name one with --home."};
}

overt::result<void> command::make_home(home const& where) {
  std::error_code error;
  std::filesystem::path const folder{where.folder};
  if (!std::filesystem::exists(folder, error)) {
    std::filesystem::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) != 0 && !std::filesystem::is_directory(folder, error)) {
      return overt::failure{overt::error_code::output_failed,
                            "cannot make your folder " + where.folder +
                                ". Make it, or name another one with --home."};
    }
  }
  struct stat found{};
  if (::stat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
    return overt::failure{overt::error_code::invalid_input,
                          where.folder + " is not a folder. Name another one with --home."};
  }
  if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return overt::failure{overt::error_code::permission_denied,
                          "others on this computer may write to " + where.folder +
                              ". Make it yours: chmod 700 " + where.folder};
  }
  return {};
}

void command::add_home(CLI::App& app, std::string& chosen) {
  app.add_option("--home", chosen,
                 "your own folder, with the ledger and your key ($XDG_DATA_HOME/overt, or "
                 "~/.local/share/overt)");
}

overt::result<void> command::note(home const& where, overt::consent::ledger_entry entry) {
  if (auto const made = make_home(where); !made) {
    return without_entry(made.error());
  }
  auto const head = overt::consent::append_entry(where.ledger(), std::move(entry), overt::system_clocks{});
  return head ? overt::result<void>{} : without_entry(head.error());
}

std::string command::whole_path(std::string const& path) {
  std::error_code error;
  auto const whole = std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  return error ? path : whole.string();
}

overt::result<std::string> command::hold(home const& where, overt::consent::holding what) {
  if (auto const made = make_home(where); !made) {
    return without_entry(made.error());
  }
  if (what.id.empty()) {
    what.id = overt::consent::new_holding_id();
  }
  for (auto* const each : {&what.path, &what.key_store}) {
    *each = each->empty() ? *each : whole_path(*each);
  }
  auto id = what.id;
  auto const written =
      overt::consent::append_holding(where.holdings(), std::move(what), overt::system_clocks{});
  return written ? overt::result<std::string>{std::move(id)}
                 : overt::result<std::string>{without_entry(written.error())};
}

overt::result<overt::consent::holdings> command::held(home const& where) {
  return overt::consent::holdings::read(where.holdings());
}

overt::result<std::string> command::held_as(home const& where, overt::consent::holding otherwise) {
  auto const list = held(where);
  if (!list) {
    return list.error();
  }
  auto const* const found = list->at(whole_path(otherwise.path));
  return found != nullptr ? overt::result<std::string>{found->id} : hold(where, std::move(otherwise));
}
