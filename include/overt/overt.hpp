#pragma once

// Everything that needs no system library: no platform header and no third-party header is included from
// here.
#include <overt/capture/application.hpp>
#include <overt/capture/backend.hpp>
#include <overt/capture/task.hpp>
#include <overt/consent/active_consent.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/event/event.hpp>
#include <overt/recorder.hpp>
#include <overt/redact/presets.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/memory.hpp>
#include <overt/sink/tee.hpp>
#include <overt/version.hpp>
