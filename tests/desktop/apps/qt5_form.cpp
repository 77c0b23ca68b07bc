// A form of Qt 5, for the tests of what accessibility tells: tests/desktop/meaning_test.py.
//   g++ -std=c++20 -fPIC qt5_form.cpp $(pkg-config --cflags --libs Qt5Widgets)
#include "report.hpp"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QStyleOptionButton>
#include <QTimer>

namespace {

report tell;
std::map<std::string, QWidget*> controls;

void place_of(std::string const& control, QWidget const* widget, QRect const& part) {
  if (!widget->isVisible()) {
    return;
  }
  auto const corner = widget->mapToGlobal(part.topLeft());
  tell.shown(control, corner.x(), corner.y(), part.width(), part.height());
}

void items_of(QMenu const* menu) {
  for (auto* const each : menu->actions()) {
    place_of(each->objectName().toStdString(), menu, menu->actionGeometry(each));
    if (each->menu() != nullptr) {
      items_of(each->menu());
    }
  }
}

/// The part of a check box that takes a click: not all of it.
QRect clickable(QCheckBox const* box) {
  QStyleOptionButton option;
  option.initFrom(box);
  option.text = box->text();
  return box->style()->subElementRect(QStyle::SE_CheckBoxClickRect, &option, box);
}

QAction* named(QAction* action, char const* control) {
  action->setObjectName(control);
  return action;
}

} // namespace

int main(int argc, char** argv) {
  QApplication application{argc, argv};
  QMainWindow window;
  window.setWindowTitle("Form of Qt 5");
  window.resize(520, 600);

  auto* const file = window.menuBar()->addMenu("File");
  named(file->addAction("New"), "menu_new");
  auto* const exported = file->addMenu("Export");
  named(exported->menuAction(), "menu_export");
  named(exported->addAction("As page"), "menu_page");
  QObject::connect(named(exported->addAction("As picture"), "menu_picture"), &QAction::triggered,
                   [] { tell.did("picture"); });

  auto* const body = new QWidget;
  window.setCentralWidget(body);
  auto* const form = new QFormLayout{body};

  auto* const save = new QPushButton{"Save draft"};
  form->addRow(save);
  QObject::connect(save, &QPushButton::clicked, [] { tell.did("save"); });
  auto* const copy = new QCheckBox{"Send me a copy"};
  form->addRow(copy);
  QObject::connect(copy, &QCheckBox::toggled, [] { tell.did("copy"); });
  auto* const colour = new QComboBox;
  colour->addItems({"Red", "Green", "Blue"});
  form->addRow("Colour", colour);
  QObject::connect(colour, QOverload<int>::of(&QComboBox::currentIndexChanged), [] { tell.did("colour"); });
  auto* const name = new QLineEdit;
  form->addRow("Name", name);
  auto* const password = new QLineEdit;
  password->setEchoMode(QLineEdit::Password);
  form->addRow("Password", password);
  auto* const show = new QCheckBox{"Show password"};
  form->addRow(show);
  QObject::connect(show, &QCheckBox::toggled, [password](bool on) {
    password->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
    tell.did("show");
  });
  auto* const amount = new QSlider{Qt::Horizontal};
  amount->setRange(0, 100);
  form->addRow("Amount", amount);
  QObject::connect(amount, &QSlider::valueChanged, [] { tell.did("amount"); });
  auto* const notes = new QPlainTextEdit;
  notes->setTabChangesFocus(true);
  notes->setFixedHeight(70);
  form->addRow("Notes", notes);
  auto* const list = new QListWidget;
  list->addItems({"Apples", "Bananas", "Cherries", "Dates", "Elderberries"});
  list->setFixedHeight(120);
  form->addRow("Fruit", list);
  QObject::connect(list, &QListWidget::currentRowChanged, [] { tell.did("row"); });
  auto* const city = new QLineEdit;
  form->addRow("City", city);

  controls = {{"save", save},     {"colour", colour}, {"name", name}, {"password", password},
              {"amount", amount}, {"notes", notes},   {"city", city}};

  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, [&] {
    for (auto const& [control, widget] : controls) {
      place_of(control, widget, widget->rect());
    }
    place_of("copy", copy, clickable(copy));
    place_of("show", show, clickable(show));
    place_of("menu_file", window.menuBar(), window.menuBar()->actionGeometry(file->menuAction()));
    items_of(file);
    for (int row = 0; row < list->count(); ++row) {
      place_of("row" + std::to_string(row + 1), list->viewport(), list->visualItemRect(list->item(row)));
    }
    char const* const colours[] = {"colour_red", "colour_green", "colour_blue"};
    for (int row = 0; row < 3; ++row) {
      auto const* const popup = colour->view();
      place_of(colours[row], popup->viewport(), popup->visualRect(popup->model()->index(row, 0)));
    }
    tell.round();
  });
  timer.start(40);

  window.show();
  return QApplication::exec();
}
