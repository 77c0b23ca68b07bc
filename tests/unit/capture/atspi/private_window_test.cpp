#include <overt/capture/atspi/private_window.hpp>

#include <overt_test/catch.hpp>

using overt::capture::atspi::names_private_window;

TEST_CASE("a private window is known by what the browser puts behind the page's title", "[atspi][private]") {
  for (auto const title : {"Form - Chromium (Incognito)", "New Incognito Tab - Google Chrome (Incognito)",
                           "Formular - Chromium (Inkognito)", "Form — Mozilla Firefox Private Browsing",
                           "Form — Firefox (Private Browsing)", "Mozilla Firefox Private Browsing",
                           "Seite — Mozilla Firefox Privater Modus", "Page - Chromium (Navigation privée)",
                           "Страница - Chromium (Инкогнито)", "ページ - Chromium（シークレット モード）",
                           "页面 - Chromium（无痕模式）", "A - B - Microsoft Edge [InPrivate]"}) {
    CAPTURE(title);
    CHECK(names_private_window(title));
  }
  for (auto const title :
       {"", "Form - Chromium", "Incognito - Chromium", "What Private Browsing is — Mozilla Firefox",
        "incognito.txt - Mousepad", "Untitled 1 - LibreOffice Writer"}) {
    CAPTURE(title);
    CHECK_FALSE(names_private_window(title));
  }
}
