#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>

int main() { return nlohmann::json{{"type", overt::key::name}}.at("type") == "key" ? 0 : 1; }
