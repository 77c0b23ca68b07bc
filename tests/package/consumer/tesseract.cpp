#include <vector>

#include <overt/redact/tesseract/word_reader.hpp>

int main() {
  overt::redact::word_reader reader{"no such language"};
  std::vector<overt::screen_element> words;
  auto const picture = overt::screen_picture::black({0, 0, 8, 8});
  return !reader.usable() && picture && !reader.read(*picture, {0, 0, 8, 8}, 1'000, words) ? 0 : 1;
}
