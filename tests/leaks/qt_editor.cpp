// Editors of Qt 5 behind `editor.hpp`, on the offscreen platform: nothing is shown, and no display is needed.
#include "editor.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextCursor>

namespace leaks {

namespace {

struct qt_key {
  std::uint32_t keysym;
  int key;
};

constexpr qt_key keys[] = {{0xff08, Qt::Key_Backspace}, {0xff09, Qt::Key_Tab},    {0xff0d, Qt::Key_Return},
                           {0xff1b, Qt::Key_Escape},    {0xff50, Qt::Key_Home},   {0xff51, Qt::Key_Left},
                           {0xff52, Qt::Key_Up},        {0xff53, Qt::Key_Right},  {0xff54, Qt::Key_Down},
                           {0xff57, Qt::Key_End},       {0xff63, Qt::Key_Insert}, {0xffff, Qt::Key_Delete}};

int qt_key_of(std::uint32_t keysym) {
  for (auto const& one : keys) {
    if (one.keysym == keysym) {
      return one.key;
    }
  }
  auto const latin = keysym >= 'a' && keysym <= 'z' ? keysym - 'a' + 'A' : keysym;
  return static_cast<int>(latin); // Qt numbers the keys of Latin-1 by their upper-case character
}

QString of(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<int>(text.size())); }

/// What an input method does to a field. Qt makes characters of dead keys and Compose in the same way.
void send_composed(QWidget& to, std::string_view shown, std::string_view put_in) {
  QInputMethodEvent event{of(shown), {}};
  event.setCommitString(of(put_in));
  QCoreApplication::sendEvent(&to, &event);
}

void send(QWidget& to, stroke const& key) {
  if (key.is_waiting) {
    return;
  }
  if (!key.made.empty()) {
    return send_composed(to, {}, key.made);
  }
  Qt::KeyboardModifiers held;
  held.setFlag(Qt::ShiftModifier, has_all(key.held, overt::modifiers::shift));
  held.setFlag(Qt::ControlModifier, has_all(key.held, overt::modifiers::control));
  held.setFlag(Qt::AltModifier, has_all(key.held, overt::modifiers::alt));
  auto const entered = key.character == '\0' ? QString{} : QString{QChar::fromLatin1(key.character)};
  QKeyEvent down{QEvent::KeyPress, qt_key_of(key.keysym), held, entered};
  QCoreApplication::sendEvent(&to, &down);
}

std::size_t size(int qt) { return static_cast<std::size_t>(qt); }

std::string clipboard_text() { return QApplication::clipboard()->text().toStdString(); }

class line_editor final : public editor {
public:
  line_editor() {
    field_.setAttribute(Qt::WA_InputMethodEnabled, false); // it would be told of every key
    field_.blockSignals(true);
  }
  void clear() override { field_.setText({}); } // QLineEdit::clear() could be undone
  void press(stroke const& key) override { send(field_, key); }
  std::string text() const override { return field_.text().toStdString(); }
  std::size_t caret() const override { return size(field_.cursorPosition()); }
  std::size_t selection_begin() const override {
    return field_.hasSelectedText() ? size(field_.selectionStart()) : caret();
  }
  std::size_t selection_end() const override {
    return field_.hasSelectedText() ? size(field_.selectionEnd()) : caret();
  }
  void click(std::size_t at) override { field_.setCursorPosition(static_cast<int>(at)); }
  void double_click(std::size_t at) override {
    click(at);
    field_.cursorWordBackward(false);
    field_.cursorWordForward(true);
  }
  void select(std::size_t from, std::size_t to) override {
    field_.setSelection(static_cast<int>(from), static_cast<int>(to) - static_cast<int>(from));
  }
  void set_text(std::string_view text) override { field_.setText(of(text)); }
  void move(std::size_t from, std::size_t to, std::size_t drop) override {
    select(from, to);
    auto const dragged = field_.selectedText();
    field_.del();
    click(drop > from ? drop - std::min(drop - from, to - from) : drop);
    field_.insert(dragged);
  }
  void insert(std::string_view text) override { field_.insert(of(text)); }
  void compose(std::string_view shown, std::string_view put_in) override {
    send_composed(field_, shown, put_in);
  }
  void set_clipboard(std::string_view text) override { QApplication::clipboard()->setText(of(text)); }
  std::string clipboard() const override { return clipboard_text(); }

private:
  QLineEdit field_;
};

class text_editor final : public editor {
public:
  text_editor() { field_.setTabChangesFocus(true); }
  void clear() override { field_.setPlainText({}); } // and nothing to undo
  void press(stroke const& key) override { send(field_, key); }
  std::string text() const override { return field_.toPlainText().toStdString(); }
  std::size_t caret() const override { return size(field_.textCursor().position()); }
  std::size_t selection_begin() const override { return size(field_.textCursor().selectionStart()); }
  std::size_t selection_end() const override { return size(field_.textCursor().selectionEnd()); }
  void click(std::size_t at) override { select(at, at); }
  void double_click(std::size_t at) override {
    click(at);
    auto cursor = field_.textCursor();
    cursor.select(QTextCursor::WordUnderCursor);
    field_.setTextCursor(cursor);
  }
  void select(std::size_t from, std::size_t to) override {
    auto cursor = field_.textCursor();
    cursor.setPosition(static_cast<int>(from));
    cursor.setPosition(static_cast<int>(to), QTextCursor::KeepAnchor);
    field_.setTextCursor(cursor);
  }
  void set_text(std::string_view text) override { field_.setPlainText(of(text)); }
  void move(std::size_t from, std::size_t to, std::size_t drop) override {
    select(from, to);
    auto cursor = field_.textCursor();
    auto const dragged = cursor.selectedText();
    cursor.beginEditBlock(); // one step to undo, as when it is dragged
    cursor.removeSelectedText();
    cursor.setPosition(static_cast<int>(drop > from ? drop - std::min(drop - from, to - from) : drop));
    cursor.insertText(dragged);
    cursor.endEditBlock();
    field_.setTextCursor(cursor);
  }
  void insert(std::string_view text) override { field_.insertPlainText(of(text)); }
  void compose(std::string_view shown, std::string_view put_in) override {
    send_composed(field_, shown, put_in);
  }
  void set_clipboard(std::string_view text) override { QApplication::clipboard()->setText(of(text)); }
  std::string clipboard() const override { return clipboard_text(); }

private:
  QPlainTextEdit field_;
};

} // namespace

std::unique_ptr<editor> make_editor(std::string_view kind) {
  static int argument_count = 1; // Qt keeps references to these as long as the program runs
  static char name[] = "leaks";
  static char* arguments[] = {name, nullptr};
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qInstallMessageHandler([](QtMsgType, QMessageLogContext const&, QString const&) {}); // of folders it misses
  static QApplication application{argument_count, arguments};
  if (kind == "qlineedit") {
    return std::make_unique<line_editor>();
  }
  if (kind == "qplaintextedit") {
    return std::make_unique<text_editor>();
  }
  return nullptr;
}

} // namespace leaks
