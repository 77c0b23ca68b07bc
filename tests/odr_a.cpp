#include <overt_test/everything.hpp>
