#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/national_checks.hpp>
#include <overt/redact/detect/number_run.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// One way in which a country writes its number.
struct national_form {
  std::uint64_t lengths = 0; ///< of the groups, a hexadecimal digit each
  bool (*valid)(digit_values) noexcept = nullptr;
  literal rule{};
  char gap = 0;          ///< that stands between them; 0 for any
  float valid_score = 0; ///< with its checksum
  float other_score = 0; ///< without
};

/// A form that few other numbers have counts alone; one that a part number may have needs its checksum, and
/// one whose checksum a tenth of all numbers pass needs a word beside it (which adds 0.3).
inline constexpr auto national_forms = [] {
  auto list = std::to_array<national_form>({
      {0x9, is_nl_bsn, "nl_bsn", 0, 0.4f, 0.2f},
      {0x9, is_ca_sin, "ca_sin", 0, 0.4f, 0.2f},
      {0x9, is_au_tfn, "au_tfn", 0, 0.4f, 0.2f},
      {0x9, is_pt_nif, "pt_nif", 0, 0.4f, 0.2f},
      {0x333, is_ca_sin, "ca_sin", 0, 0.5f, 0.2f},
      {0x333, is_au_tfn, "au_tfn", 0, 0.45f, 0.2f},
      {0x333, is_nl_bsn, "nl_bsn", 0, 0.4f, 0.2f},
      {0x333, is_pt_nif, "pt_nif", 0, 0.4f, 0.2f},
      {0x432, is_nl_bsn, "nl_bsn", 0, 0.6f, 0.2f},
      {0xa, is_uk_nhs, "uk_nhs", 0, 0.4f, 0.2f},
      {0xa, is_se_personnummer, "se_personnummer", 0, 0.5f, 0.2f},
      {0xa, is_au_medicare, "au_medicare", 0, 0.4f, 0.2f},
      {0x334, is_uk_nhs, "uk_nhs", ' ', 0.65f, 0.2f},
      {0x334, is_uk_nhs, "uk_nhs", '-', 0.45f, 0.2f},
      {0x451, is_au_medicare, "au_medicare", 0, 0.8f, 0.4f},
      {0x64, is_se_personnummer, "se_personnummer", '-', 0.8f, 0.2f},
      {0x84, [](digit_values number) noexcept { return is_se_personnummer(number.subspan(2)); },
       "se_personnummer", '-', 0.9f, 0.2f},
      {0xc,
       [](digit_values number) noexcept {
         return is_se_personnummer(number.subspan(2)) && number[0] * 10 + number[1] <= 20 &&
                number[0] * 10 + number[1] >= 19;
       },
       "se_personnummer", 0, 0.7f, 0.1f},
      // Denmark gave up its checksum in 2007: a date and four digits.
      {0x64, [](digit_values number) noexcept { return is_ddmmyy(number, 0); }, "dk_cpr", '-', 0.5f, 0.2f},
      {0xa, [](digit_values number) noexcept { return is_ddmmyy(number, 0); }, "dk_cpr", 0, 0.2f, 0.1f},
      {0xb, is_de_tax_id, "de_tax_id", 0, 0.55f, 0.2f},
      {0x2333, is_de_tax_id, "de_tax_id", ' ', 0.8f, 0.3f},
      {0xb, is_pl_pesel, "pl_pesel", 0, 0.6f, 0.2f},
      {0xb, is_no_fodselsnummer, "no_fodselsnummer", 0, 0.8f, 0.2f},
      {0x65, is_no_fodselsnummer, "no_fodselsnummer", ' ', 0.9f, 0.25f},
      {0xb, is_be_rrn, "be_rrn", 0, 0.6f, 0.2f},
      {0x22232, is_be_rrn, "be_rrn", 0, 1.0f, 0.5f},
      {0x632, is_be_rrn, "be_rrn", 0, 0.8f, 0.3f},
      {0xb, is_br_cpf, "br_cpf", 0, 0.6f, 0.2f},
      {0x3332, is_br_cpf, "br_cpf", 0, 1.0f, 0.5f},
      {0xb, is_tr_id, "tr_id", 0, 0.6f, 0.2f},
      {0xc, is_in_aadhaar, "in_aadhaar", 0, 0.5f, 0.2f},
      {0x444, is_in_aadhaar, "in_aadhaar", 0, 0.8f, 0.4f},
      {0xd, is_ch_ahv, "ch_ahv", 0, 0.6f, 0.4f},
      {0x3442, is_ch_ahv, "ch_ahv", 0, 1.0f, 0.6f},
      {0xd, is_za_id, "za_id", 0, 0.7f, 0.2f},
      {0x6421, is_za_id, "za_id", ' ', 0.9f, 0.3f},
      {0x643, is_za_id, "za_id", ' ', 0.9f, 0.3f},
      {0xd, is_kr_rrn, "kr_rrn", 0, 0.5f, 0.2f},
      {0x67, is_kr_rrn, "kr_rrn", '-', 0.9f, 0.5f},
      {0xe, is_br_cnpj, "br_cnpj", 0, 0.7f, 0.2f},
      {0x23342, is_br_cnpj, "br_cnpj", 0, 1.0f, 0.6f},
      {0xf, is_fr_nir, "fr_nir", 0, 0.8f, 0.2f},
      {0xd2, is_fr_nir, "fr_nir", 0, 0.9f, 0.3f},
      {0x1222332, is_fr_nir, "fr_nir", 0, 1.0f, 0.6f},
  });
  std::sort(list.begin(), list.end(), [](auto const& a, auto const& b) { return a.lengths < b.lengths; });
  return list;
}();

/// Whether the form asks for more than its lengths: a first part that all such numbers have.
[[nodiscard]] constexpr bool may_be(national_form const& form, digit_values number) noexcept {
  if (form.valid == is_ch_ahv) {
    return number[0] == 7 && number[1] == 5 && number[2] == 6;
  }
  if (form.valid == is_kr_rrn || form.valid == is_za_id) {
    return is_yymmdd(number, 0);
  }
  return true;
}

struct national_candidate {
  std::size_t last = 0;
  float score = 0;
  literal rule{};
};

inline constexpr std::size_t most_national_groups = 7;

/// The best form of the groups from `first` on.
[[nodiscard]] inline national_candidate best_national(number_run const& run, std::size_t first) noexcept {
  national_candidate best{first};
  for (auto last = first; last < run.size() && last < first + most_national_groups; ++last) {
    auto const count = run.count(first, last);
    if (count > 15) {
      break;
    }
    if (count < 9 || !run.may_end(last)) {
      continue;
    }
    auto const lengths = run.shape(first, last);
    auto const gap = run.same_gap(first, last);
    digit_values const number{run.digits(first), count};
    auto at =
        std::lower_bound(national_forms.begin(), national_forms.end(), lengths,
                         [](national_form const& one, std::uint64_t wanted) { return one.lengths < wanted; });
    for (; at != national_forms.end() && at->lengths == lengths; ++at) {
      auto const& form = *at;
      if ((form.gap != 0 && form.gap != gap) || !may_be(form, number)) {
        continue;
      }
      auto const score = form.valid(number) ? form.valid_score : form.other_score;
      if (score > best.score) {
        best = {last, score, form.rule};
      }
    }
  }
  return best;
}

/// The national numbers of a run that consist of digits.
template <class Found>
void national_numbers_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  for (std::size_t first = 0; first < run.owned(); ++first) {
    auto const begin = run[first].begin;
    auto const furthest = std::min(first + most_national_groups, run.size()) - 1;
    if (!run.may_begin(first) || run[first].length > 15 || run.count(first, furthest) < 9 ||
        is_attached(byte_before(text, begin)) || byte_before(text, begin) == '+') {
      continue;
    }
    auto best = best_national(run, first);
    auto const end = run[best.last].end();
    auto const before = byte_before(text, begin);
    if (best.score <= 0 || is_attached(byte_at(text, end)) ||
        ((before == '-' || before == '.' || before == '/') && begin >= 2 && is_attached(text[begin - 2]))) {
      continue;
    }
    if (best.score < 0.95f) {
      auto const national = around.distance(about::national, begin, end);
      auto const other = around.distance(
          about::something_else | about::phone | about::card | about::account | about::iban, begin, end);
      if (national <= other && national != surroundings::nowhere) {
        best.score += 0.3f;
      } else if (other < national) {
        best.score -= 0.3f;
      }
    }
    if (best.score > 0) {
      found(begin, end, entity::national_id, std::min(best.score, 1.0f), best.rule);
      if (best.score >= 0.5f) {
        first = best.last;
      }
    }
  }
}

} // namespace detail

/// National identity, tax, health and social security numbers of digits with their checksums: United Kingdom,
/// Germany, France, Poland, the Netherlands, Belgium, Sweden, Norway, Denmark, Portugal, Switzerland, India,
/// Brazil, Canada, Australia, Korea, Turkey, South Africa. A number whose checksum fails still counts where a
/// word or a form that nothing else has says what it is. `rule` names the country and the number.
template <class Found>
void scan_national_numbers(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  detail::for_each_run(folded, [&](detail::number_run const& run) {
    detail::national_numbers_in(folded, run, around, found);
  });
}

} // namespace overt::inline v0::detect
