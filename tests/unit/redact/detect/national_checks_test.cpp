#include <overt/redact/detect/national_checks.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detail = overt::detect::detail;

std::vector<std::uint8_t> of(std::string_view text) {
  std::vector<std::uint8_t> number;
  for (auto const byte : text) {
    number.push_back(static_cast<std::uint8_t>(byte - '0'));
  }
  return number;
}

struct check {
  char const* name;
  bool (*valid)(detail::digit_values) noexcept;
  std::string_view right;
};

} // namespace

TEST_CASE("national numbers with the right check digits pass, and with one digit changed most do not",
          "[detect]") {
  auto const one = GENERATE(values<check>({
      {"uk_nhs", detail::is_uk_nhs, "9434765919"},
      {"de_tax_id", detail::is_de_tax_id, "86095742719"},
      {"fr_nir", detail::is_fr_nir, "185057800608491"},
      {"pl_pesel", detail::is_pl_pesel, "44051401359"},
      {"nl_bsn", detail::is_nl_bsn, "111222333"},
      {"be_rrn", detail::is_be_rrn, "85073003328"},
      {"se_personnummer", detail::is_se_personnummer, "8112289874"},
      {"no_fodselsnummer", detail::is_no_fodselsnummer, "01010750160"},
      {"pt_nif", detail::is_pt_nif, "123456789"},
      {"ch_ahv", detail::is_ch_ahv, "7569217076985"},
      {"in_aadhaar", detail::is_in_aadhaar, "234123412346"},
      {"br_cpf", detail::is_br_cpf, "52998224725"},
      {"br_cnpj", detail::is_br_cnpj, "11222333000181"},
      {"ca_sin", detail::is_ca_sin, "130692544"},
      {"au_tfn", detail::is_au_tfn, "876543210"},
      {"au_medicare", detail::is_au_medicare, "2123456701"},
      {"kr_rrn", detail::is_kr_rrn, "9001011234568"},
      {"tr_id", detail::is_tr_id, "10000000146"},
      {"za_id", detail::is_za_id, "8001015009087"},
  }));
  INFO(one.name);
  auto number = of(one.right);
  CHECK(one.valid(number));
  int passing = 0;
  int changed = 0;
  for (auto& digit : number) {
    auto const kept = digit;
    for (std::uint8_t other = 0; other < 10; ++other) {
      if (other != kept) {
        digit = other;
        passing += one.valid(number) ? 1 : 0;
        ++changed;
      }
    }
    digit = kept;
  }
  // The checks let few single mistakes through; those of Medicare leave out the last digit.
  CHECK(passing * 8 <= changed);
}

TEST_CASE("checksums of numbers as the standards' examples have them", "[detect]") {
  CHECK(detail::luhn(of("4111111111111111")));
  CHECK(detail::luhn(of("79927398713")));
  CHECK_FALSE(detail::luhn(of("79927398710")));
  CHECK(detail::verhoeff(of("2363")));
  CHECK_FALSE(detail::verhoeff(of("2364")));
  CHECK(detail::ean(of("4006381333931")));
  CHECK_FALSE(detail::ean(of("4006381333932")));
  CHECK(detail::mod_11_10(of("86095742719")));
  CHECK(detail::all_the_same(of("1111")));
  CHECK_FALSE(detail::all_the_same(of("1112")));
}
