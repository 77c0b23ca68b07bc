"""What the scripts in this folder share: the library's own account of itself, and a list of checks that is run."""
import hashlib
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Failure(Exception):
    """The check failed; why."""


class Skipped(Exception):
    """The check cannot be made here; why."""


def components():
    text = (ROOT / "cmake" / "overt_component.cmake").read_text(encoding="utf-8")
    return re.search(r"set\(OVERT_COMPONENTS ([^)]+)\)", text).group(1).split()


def version():
    text = (ROOT / "include" / "overt" / "version.hpp").read_text(encoding="utf-8")
    return ".".join(re.findall(r"define OVERT_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", text))


def run(*command, cwd=None, **environment):
    """What the command returned, and what it printed. `environment`: changes to ours; None takes a name away."""
    whole = {**os.environ, **environment}
    whole.pop("MAKEFLAGS", None)
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True, check=False, stdin=subprocess.DEVNULL,
                          env={name: str(value) for name, value in whole.items() if value is not None},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def must(*command, **how):
    status, output = run(*command, **how)
    if status != 0:
        raise Failure(f"{' '.join(str(word) for word in command)}\n{output}")
    return output


def expect_message(status, output, message):
    if status == 0:
        raise Failure(f"it was accepted; expected: {message}")
    if message not in " ".join(output.split()):  # CMake wraps lines
        raise Failure(f"not in the message: {message}\n{output}")


def digests(root):
    """The SHA-256 of every file below a folder, by its path there."""
    found = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
             for path in root.rglob("*") if path.is_file()}
    if not found:
        raise Failure(f"nothing is in {root}")
    return found


def expect_same(ours, theirs):
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    if different:
        raise Failure("these differ: " + ", ".join(different))


def run_checks(plan, chosen=()):
    """Runs the checks of [(name, function)] that were chosen, all if none was. Gives the status for the shell."""
    passed = failed = skipped = 0
    for name, check in plan:
        if chosen and name not in chosen:
            continue
        try:
            check()
            passed += 1
            print(f"ok   {name}", flush=True)
        except Skipped as why:
            skipped += 1
            print(f"skip {name}: {why}", flush=True)
        except Failure as why:
            failed += 1
            print(f"FAIL {name}: {why}", flush=True)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0
