#!/usr/bin/env python3
"""Misuses that must not compile, and what the compiler must say about them.

A case is one .cpp file here:

    // expect: a regular expression        found in what every compiler prints
    // expect(g++): …  expect(clang): …    found in what this one prints
    #if defined(CONTROL)
    …the right use…
    #else
    …the misuse…
    #endif

Without CONTROL the file must fail with every expected message; with it, it must compile without a warning. The second
half keeps a typo from making a case pass for ever. The right uses of all cases are compiled as one file, each in a
namespace of its own, and one by one only when that fails.

    run.py [--compiler CXX]... [case...]     default: each of g++, g++-12, clang++-19 that is here
"""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror",
         f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests' / 'support'}"]
# What the cases include is read once for each compiler: little for most, as reading it back costs time too.
PRECOMPILED = {"fast": ["overt/event/event.hpp"],
               "slow": ["overt/event/event.hpp", "overt/redact/pipeline.hpp", "overt/redact/presets.hpp",
                        "overt/overt.hpp", "overt_test/session.hpp"]}
SLOW = re.compile(r"#include <(overt/redact/(pipeline|presets)|overt/overt)\.hpp>")
INCLUDE = re.compile(r"^#include .*$", re.MULTILINE)
EXPECTATION = re.compile(r"^// expect(?:\((g\+\+|clang)\))?: (.+?)\s*$", re.MULTILINE)


def kind_of(compiler):
    said = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    return "clang" if "clang" in said else "g++"


def precompile(compiler, kind, which, folder):
    """Returns the options that put the precompiled headers before a case."""
    header = pathlib.Path(folder) / f"{pathlib.Path(compiler).name}_{which}.hpp"
    header.write_text("".join(f"#include <{name}>\n" for name in PRECOMPILED[which]), encoding="utf-8")
    made = header.with_name(header.name + (".gch" if kind == "g++" else ".pch"))
    flags = [flag for flag in FLAGS if flag != "-fsyntax-only"]
    subprocess.run([compiler, *flags, "-x", "c++-header", str(header), "-o", str(made)], check=True, timeout=300)
    return ["-Winvalid-pch", "-include", str(header)] if kind == "g++" else ["-include-pch", str(made)]


def compile_case(compiler, kind, case, *more):
    # The source is not echoed: what is looked for has to be in the compiler's own words.
    quiet = {"g++": ["-fno-diagnostics-show-caret", "-fdiagnostics-color=never", "-fconcepts-diagnostics-depth=3"],
             "clang": ["-fno-caret-diagnostics", "-fno-color-diagnostics"]}
    done = subprocess.run([compiler, *FLAGS, *quiet[kind], *more, str(case)], capture_output=True, text=True,
                          timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


def controls_compile(compiler, kind, cases, precompiled, folder):
    """Whether the right uses of all cases compile as one file."""
    includes = {line: None for case in cases for line in INCLUDE.findall(case.read_text(encoding="utf-8"))}
    together = pathlib.Path(folder) / f"{pathlib.Path(compiler).name}_controls.cpp"
    together.write_text("\n".join(includes) + "".join(
        f'\nnamespace case_{number} {{\n#include "{case}"\n}}\n' for number, case in enumerate(cases)), encoding="utf-8")
    return compile_case(compiler, kind, together, *precompiled["slow"], "-DCONTROL")[0] == 0


def judge(compiler, kind, case, precompiled, control_compiles):
    """Returns the reasons why this case does not hold; none when it does."""
    source = case.read_text(encoding="utf-8")
    first = precompiled["slow" if SLOW.search(source) else "fast"]
    expected = [text for which, text in EXPECTATION.findall(source) if which in ("", kind)]
    if not expected:
        return [f"it has no '// expect: …' for {kind}"]
    if not control_compiles:
        status, output = compile_case(compiler, kind, case, *first, "-DCONTROL")
        if status != 0:
            return ["the right use (-DCONTROL) does not compile:", output]
    status, output = compile_case(compiler, kind, case, *first)
    if status == 0:
        return ["the misuse compiles"]
    # Compilers quote with curly or straight marks, depending on the locale.
    plain = output.translate({0x2018: "'", 0x2019: "'"}).replace(str(case), "case.cpp")
    missing = [f"not in the message: {text}" for text in expected if not found(text, plain)]
    return missing + [plain] if missing else []


def found(pattern, text):
    try:
        return re.search(pattern, text)
    except re.error as why:
        print(f"not a regular expression ({why}): {pattern}", flush=True)
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", action="append", default=[], help="use this one too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("case", nargs="*", help="names of cases, without .cpp; default: all")
    given = parser.parse_args()

    compilers = {}
    for name in [*given.compiler, "g++", "g++-12", "clang++-19"]:
        found = shutil.which(name)
        if found:
            compilers.setdefault(str(pathlib.Path(found).resolve()), found)
    if not compilers:
        print("no compiler is here")
        return 77
    kinds = {compiler: kind_of(compiler) for compiler in compilers.values()}

    cases = sorted(HERE.rglob("*.cpp"))
    if given.case:
        cases = [case for case in cases if case.stem in given.case]
    passed = failed = 0
    work = [(compiler, kind, case) for case in cases for compiler, kind in kinds.items()]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        plan = [(compiler, kind, which) for which in ("slow", "fast") for compiler, kind in kinds.items()]
        before = {compiler: {} for compiler in kinds}
        for (compiler, _, which), options in zip(plan, pool.map(lambda one: precompile(*one, folder), plan)):
            before[compiler][which] = options
        together = dict(zip(kinds, pool.map(
            lambda one: controls_compile(*one, cases, before[one[0]], folder), kinds.items())))
        for compiler, fine in together.items():
            if not fine:
                print(f"{pathlib.Path(compiler).name}: the right uses do not compile as one file; trying each", flush=True)
        reasons_of = pool.map(lambda one: judge(*one, before[one[0]], together[one[0]]), work)
        for (compiler, _, case), reasons in zip(work, reasons_of):
            where = f"{case.relative_to(HERE).with_suffix('')} [{pathlib.Path(compiler).name}]"
            if reasons:
                failed += 1
                print(f"FAIL {where}: " + "\n  ".join(reasons), flush=True)
            else:
                passed += 1
                print(f"ok   {where}", flush=True)
    if not work:
        print("there are no cases")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
