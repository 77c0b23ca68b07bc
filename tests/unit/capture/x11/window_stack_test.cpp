#include <overt/capture/x11/window_stack.hpp>

#include <overt_test/catch.hpp>

using overt::capture::x11::window_stack;

namespace {
window_stack three() {
  window_stack stack;
  stack.create({.id = 1, .outside = {0, 0, 100, 100}, .mapped = true});
  stack.create({.id = 2, .outside = {50, 50, 100, 100}, .mapped = true});
  stack.create({.id = 3, .outside = {60, 60, 10, 10}});
  return stack;
}
} // namespace

TEST_CASE("the highest mapped window is hit") {
  auto stack = three();
  CHECK(stack.hit(10, 10).window == 1);
  CHECK(stack.hit(65, 65).window == 2);
  stack.set_mapped(3, true);
  CHECK(stack.hit(65, 65).window == 3);
  CHECK(stack.hit(100, 10).window == 0); // the right edge does not belong to it
  CHECK(stack.hit(-1, 0).window == 0);
  stack.set_mapped(3, false);
  CHECK(stack.hit(65, 65).window == 2);
}

TEST_CASE("windows change places") {
  auto stack = three();
  stack.restack(2, 0);
  CHECK(stack.hit(65, 65).window == 1);
  stack.restack(2, 1);
  CHECK(stack.hit(65, 65).window == 2);
  stack.raise(1);
  CHECK(stack.hit(65, 65).window == 1);
  stack.place(1, {0, 0, 60, 60});
  CHECK(stack.hit(65, 65).window == 2);
  stack.remove(2);
  CHECK(stack.hit(65, 65).window == 0);
  stack.restack(2, 1); // gone: nothing happens
  stack.place(9, {0, 0, 500, 500});
  CHECK(stack.hit(65, 65).window == 0);
}

TEST_CASE("a window whose size is not known makes every hit below it uncertain") {
  auto stack = three();
  stack.create({.id = 4, .mapped = true, .measured = false});
  CHECK_FALSE(stack.hit(10, 10).certain);
  stack.place(4, {500, 500, 1, 1});
  CHECK(stack.hit(10, 10).certain);
  CHECK(stack.hit(10, 10).window == 1);
}

TEST_CASE("a window that is announced and listed is there once") {
  auto stack = three();
  stack.create({.id = 2, .outside = {0, 0, 10, 10}, .mapped = true});
  CHECK(stack.entries().size() == 3);
}

TEST_CASE("every change has another version") {
  auto stack = three();
  auto last = stack.version();
  auto const changed = [&] {
    bool const is = stack.version() != last;
    last = stack.version();
    return is;
  };
  stack.set_mapped(3, true);
  CHECK(changed());
  stack.place(3, {0, 0, 5, 5});
  CHECK(changed());
  stack.restack(3, 0);
  CHECK(changed());
  stack.remove(3);
  CHECK(changed());
  CHECK(stack.hit(1, 1).window == 1);
  CHECK_FALSE(changed());
}
