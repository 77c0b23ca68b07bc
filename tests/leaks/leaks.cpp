// Types canaries into an editor that is not ours, with random edits and the rhythms of real people, sends the
// same keys through a pipeline, and searches every byte that comes out for four characters of what was
// planted.
//
//   leaks --scripts 20000 --seed 1 --editor qlineedit --preset balanced      0: nothing leaked; 1: something
//   did leaks --scripts 1000000 --jobs 2                                         the full form, some tens of
//   minutes leaks --redactor off --scripts 2300      everything leaves: 0 when nine of ten are found, 1 when
//   the harness is blind leaks --only 4711 --verbose              one script of the run, with what was done
//   and what came out leaks --differential                     the edit model against the editor, step by
//   step leaks --desync                           a wrong final value has to withhold the text leaks --whole
//   the detectors find each canary that nobody edits leaks --useful                           text without
//   anything personal: how much of it is disclosed
//
// --data FILE: free_text.csv; without it the rhythm is a model. --from INDEX: the first script.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <overt/redact/detect/entity.hpp>

#include "carriers.hpp"
#include "differential.hpp"
#include "edit_script.hpp"
#include "needles.hpp"
#include "options.hpp"
#include "policies.hpp"
#include "public_parts.hpp"
#include "schema_words.hpp"
#include "text_records.hpp"
#include "useful.hpp"
#include "whole_canaries.hpp"

namespace {

using namespace leaks;

struct kind_totals {
  std::uint64_t scripts = 0;
  std::uint64_t judged = 0; ///< the field had all of the canary after some step
  std::uint64_t leaks = 0;
  std::uint64_t texts = 0;
  std::uint64_t withheld = 0;
  std::uint64_t typed = 0;     ///< characters of the final texts, without the canaries
  std::uint64_t disclosed = 0; ///< of them, as far as values have them
};
struct totals {
  std::array<kind_totals, canary_kinds> of_kind{};
  std::array<kind_totals, ways.size()> of_way{};
};

void add(kind_totals& to, kind_totals const& more) {
  to.scripts += more.scripts;
  to.judged += more.judged;
  to.leaks += more.leaks;
  to.texts += more.texts;
  to.withheld += more.withheld;
  to.typed += more.typed;
  to.disclosed += more.disclosed;
}

template <class Chain>
class harness {
public:
  harness(options const& given, Chain policies, std::vector<std::string> my_data)
      : given_{given}, policies_{std::move(policies)}, my_data_{std::move(my_data)}, beats_{given.data},
        field_{make_editor(given.editor)} {}

  [[nodiscard]] bool is_ready() const { return field_ != nullptr; }
  [[nodiscard]] bool has_real_rhythm() const { return beats_.is_real(); }

  void run(std::uint64_t index, totals& all) {
    random_numbers any{given_.seed, index};
    auto const kind = static_cast<canary_kind>(index % canary_kinds);
    auto planted = make_canary(any, kind, my_data_);
    searcher_.look_for(planted);
    // Of which a piece stands in every trace, or in what everybody knows of it: another one.
    while (searcher_.find_in(vocabulary_) || searcher_.find_in(public_parts(planted))) {
      planted = make_canary(any, kind, my_data_);
      searcher_.look_for(planted);
    }
    piped_session<Chain> session{policies_, beats_, any};
    typist who{*field_, session, any};
    auto const done = edit_script{who, planted}.run(given_.verbose);
    session.finish();
    judge(index, planted, done, session.output(), all);
  }

private:
  void judge(std::uint64_t index, canary const& planted, script_result const& done, std::string const& output,
             totals& all) {
    auto const texts = read_texts(output);
    kind_totals counts{.scripts = 1, .texts = texts.told, .withheld = texts.withheld};
    counts.judged = done.held_canary ? 1 : 0;
    auto const whole = planted.whole();
    bool const still_there = done.final_text.find(whole) != std::string::npos;
    counts.typed = done.final_text.size() - (still_there ? whole.size() : 0);
    counts.disclosed = disclosed_characters(texts.values);
    auto found = searcher_.find_in(output);
    for (auto const* const joined : {&texts.keys, &texts.symbols}) {
      if (!found && !joined->empty()) {
        found = searcher_.find_in("{\"keys\":\"" + *joined + "\"}");
      }
    }
    bool const leaks = found && done.held_canary;
    counts.leaks = leaks ? 1 : 0;
    add(all.of_kind[static_cast<std::size_t>(planted.kind)], counts);
    add(all.of_way[done.way], counts);
    bool const is_told = leaks && given_.redact && all.of_way[done.way].leaks <= 5;
    if (given_.verbose || is_told) {
      std::printf("%s %llu (%s, %s): %s%s\n", leaks ? "LEAK in script" : "script",
                  static_cast<unsigned long long>(index),
                  canary_names[static_cast<std::size_t>(planted.kind)].data(), ways[done.way].data(),
                  found ? found->c_str() : "nothing found",
                  done.held_canary ? "" : " (never whole in the field)");
    }
    if (given_.verbose) {
      std::printf("canary: %s\nscript: %s\nfinal text: %s\noutput:\n%s", whole.c_str(), done.log.c_str(),
                  done.final_text.c_str(), output.c_str());
    }
  }

  /// What a trace has without anybody having typed: the words of the format, and those that are typed around.
  /// A canary of which a piece stands there, in any form, is not planted, so that nothing has to be
  /// overlooked later.
  [[nodiscard]] static std::string make_vocabulary(Chain const& policies, rhythm& beats) {
    random_numbers any{1};
    piped_session<Chain> session{policies, beats, any};
    auto const here = overt_test::place();
    session.go_to(here);
    session.click();
    session.press({.keysym = typist::home});
    session.press({.keysym = typist::erase});
    session.tell_text(here, overt::text_source::typed, std::string{"the"}, {});
    session.finish();
    schema_words words;
    words.add_events(std::type_identity<overt::event>{});
    words.add_policies(policies.policies);
    words.add_names(overt::detect::entity{});
    for (auto const word : {"verify", "context", "keys", "PASTED", "WITHHELD", "{PASTED}", "{WITHHELD}"}) {
      words.add(word); // rules of the pipeline, what `judge` writes, and placeholders that are no entity
    }
    for (auto const word : carriers) {
      words.add(word);
    }
    return session.output() + words.text();
  }

  options const& given_;
  Chain policies_;
  std::vector<std::string> my_data_;
  rhythm beats_;
  std::unique_ptr<editor> field_;
  searcher searcher_;
  std::string vocabulary_ = make_vocabulary(policies_, beats_);
};

/// Runs the scripts of one job: those whose number leaves `job` when it is divided by the number of jobs.
template <class Chain>
int run_job(options const& given, Chain policies, std::vector<std::string> my_data, std::uint64_t job,
            totals& all) {
  harness<Chain> one{given, std::move(policies), std::move(my_data)};
  if (!one.is_ready()) {
    std::fprintf(stderr, "leaks: no editor '%s'; there are qlineedit and qplaintextedit\n",
                 given.editor.c_str());
    return 2;
  }
  if (job == 0) {
    std::printf("rhythm: %s\n",
                one.has_real_rhythm() ? "of real people" : "a model, because the data is not here");
    std::fflush(stdout);
  }
  for (auto index = given.from + job; index < given.from + given.scripts; index += given.jobs) {
    one.run(index, all);
  }
  std::fflush(stdout);
  return 0;
}

/// Each job is a process of its own, because an editor of Qt lives in one thread.
template <class Chain>
int run_jobs(options const& given, Chain const& policies, std::vector<std::string> const& my_data,
             totals& all) {
  if (given.jobs == 1) {
    return run_job(given, policies, my_data, 0, all);
  }
  std::vector<std::pair<pid_t, int>> children;
  for (std::uint64_t job = 0; job < given.jobs; ++job) {
    int ends[2];
    if (pipe(ends) != 0) {
      return 2;
    }
    auto const child = fork();
    if (child == 0) {
      totals mine{};
      auto const status = run_job(given, policies, my_data, job, mine);
      auto const sent = write(ends[1], &mine, sizeof mine);
      _exit(sent == static_cast<ssize_t>(sizeof mine) ? status : 2);
    }
    close(ends[1]);
    children.emplace_back(child, ends[0]);
  }
  int worst = 0;
  for (auto const& [child, from] : children) {
    totals theirs{};
    if (read(from, &theirs, sizeof theirs) != static_cast<ssize_t>(sizeof theirs)) {
      worst = 2;
    }
    close(from);
    int status = 0;
    waitpid(child, &status, 0);
    worst = WIFEXITED(status) ? std::max(worst, WEXITSTATUS(status)) : 2;
    for (std::size_t i = 0; i < theirs.of_kind.size(); ++i) {
      add(all.of_kind[i], theirs.of_kind[i]);
    }
    for (std::size_t i = 0; i < theirs.of_way.size(); ++i) {
      add(all.of_way[i], theirs.of_way[i]);
    }
  }
  return worst;
}

void print_row(char const* name, kind_totals const& row) {
  auto const share = [](std::uint64_t part, std::uint64_t of) {
    return of == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(of);
  };
  std::printf("%-24s %9llu %9llu %9llu %9.1f %9.1f\n", name, static_cast<unsigned long long>(row.scripts),
              static_cast<unsigned long long>(row.judged), static_cast<unsigned long long>(row.leaks),
              share(row.withheld, row.texts), share(row.disclosed, row.typed));
}

/// 0 as it should be, 1 not.
int report(options const& given, totals const& all) {
  auto const head = [](char const* what) {
    std::printf("%-24s %9s %9s %9s %9s %9s\n", what, "scripts", "judged", "leaks", "withheld%", "kept%");
  };
  head("planted");
  kind_totals sum;
  for (std::size_t i = 0; i < all.of_kind.size(); ++i) {
    if (all.of_kind[i].scripts > 0) {
      print_row(canary_names[i].data(), all.of_kind[i]);
    }
    add(sum, all.of_kind[i]);
  }
  print_row("all", sum);
  head("how it came in");
  for (std::size_t i = 0; i < all.of_way.size(); ++i) {
    if (all.of_way[i].scripts > 0 && (i == 0 || ways[i] != ways[i - 1])) {
      auto both = all.of_way[i];
      if (i + 1 < ways.size() && ways[i] == ways[i + 1]) {
        add(both, all.of_way[i + 1]);
      }
      print_row(ways[i].data(), both);
    }
  }
  std::printf("judged: the field had all of it at some time; withheld: of the texts; kept: of the characters "
              "around\n");
  if (!given.redact) {
    bool const sees = sum.leaks * 100 >= sum.judged * 90 && sum.judged > 0;
    std::printf("%s\n", sees ? "with nothing redacted, the leaks are found"
                             : "BLIND: nothing is redacted, and too little is found");
    return sees ? 0 : 1;
  }
  return sum.leaks == 0 && sum.judged > 0 ? 0 : 1;
}

int search(options const& given) {
  totals all{};
  auto const my_data = make_my_data(given.seed);
  int failed = 0;
  if (!given.redact || given.preset == "research") {
    failed = run_jobs(given, open_chain(), my_data, all);
  } else if (given.preset == "strict") {
    failed = run_jobs(given, strict_chain(), my_data, all);
  } else {
    failed = run_jobs(given, balanced_chain(my_data), my_data, all);
  }
  return failed != 0 ? failed : report(given, all);
}

} // namespace

int main(int argc, char** argv) {
  auto const given = read_options(argc, argv);
  if (!given) {
    return 2;
  }
  if (given->differential) {
    return compare_models(*given);
  }
  if (given->desync) {
    return give_wrong_values(*given, balanced_chain({}));
  }
  if (given->whole) {
    return find_whole_canaries(*given);
  }
  if (given->useful) {
    return measure_usefulness(*given, balanced_chain({}));
  }
  return search(*given);
}
