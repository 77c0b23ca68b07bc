#pragma once

// The names that a header of a program needs to mention, without what they are.

namespace overt::inline v0 {

class arena_string;
class clearance;
class disclosure;
class literal;
class text_arena;
class verdict;
struct context;
struct event_header;
struct failure;
struct session_info;
struct session_summary;
struct timestamp;

struct button;
struct clipboard;
struct consent_change;
struct display;
struct focus;
struct frame;
struct gap;
struct key;
struct marker;
struct pointer_delta;
struct pointer_move;
struct redaction;
struct scroll;
struct source;
struct text;
struct ui_action;

template <class... Payloads>
class basic_event;
template <class Value>
class result;

namespace consent {
class active_consent;
struct receipt;
} // namespace consent

namespace redact {
struct only;
struct secrets;
template <class... Policies>
struct chain;
} // namespace redact

namespace sink {
class jsonl;
class timeline;
} // namespace sink

} // namespace overt::inline v0
