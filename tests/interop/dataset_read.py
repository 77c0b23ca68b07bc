#!/usr/bin/env python3
"""Our datasets in the programs of those who train on them.

    dataset_read.py PROGRAMS [FOLDER]

PROGRAMS: the folder of dataset_sample. FOLDER, build/interop unless told, keeps what pip installs.
Python's own parser reads every line of code back to what was done, over every character that there is; jsonschema checks
every line against docs/schema; `datasets` of Hugging Face loads every file; the loader of LLaMA-Factory, as it is on PyPI,
loads and aligns those for chat, and counts their pictures. What it needs and a loader of data does not (torch, transformers,
peft) is not installed but stood in for. Ends with 77, and says why, where pip cannot install them.
"""
import ast
import html.parser
import json
import os
import pathlib
import stat
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGES = ["datasets>=2.16,<=4.0.0", "jsonschema>=4.18,<5", "pillow"]  # datasets as LLaMA-Factory wants it
TRAINER = ["llamafactory>=0.9,<1"]
NOT_INSTALLED = {"torch", "torchvision", "torchaudio", "transformers", "peft", "trl", "accelerate", "librosa", "av"}

AGENTNET = ("agentnet", "corpus", "gallery")
CHAT = ("anthropic", "openai", "ui_tars", "pyautogui")
MONITORS = ((0, 0, 1366, 768), (-1280, 100, 1280, 1024))
SHIFT, CONTROL = 1, 2

# What a key of a trace is called by PyAutoGUI and by xdotool, where that is not its own name in lower case, or itself.
PYAUTOGUI = {"Return": "enter", "Page_Down": "pagedown", "Escape": "esc", "BackSpace": "backspace"}
XDOTOOL = {"$": "dollar", "'": "apostrophe", "\\": "backslash", "é": "U00E9"}
NO_PYAUTOGUI_KEY = {"KP_Enter", "é"}


def monitor_of(point):
    return next((m for m in MONITORS if m[0] <= point[0] < m[0] + m[2] and m[1] <= point[1] < m[1] + m[3]), None)


def calls(code):
    """[(name, positional, named)] of each line, through ast alone: nothing but literals may stand in a call."""
    found = []
    for statement in ast.parse(code).body:
        call = statement.value
        assert isinstance(statement, ast.Expr) and isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        found.append((f"{call.func.value.id}.{call.func.attr}", [ast.literal_eval(each) for each in call.args],
                      {each.arg: ast.literal_eval(each.value) for each in call.keywords}))
    return found


def pixel(named):
    return named["x"], named["y"]


def same_point(share, point):
    """Whether a share of four decimals names this pixel, as near as four decimals can."""
    left, top, width, height = monitor_of(point)
    return (0 <= share[0] < 1 and 0 <= share[1] < 1 and abs(share[0] * width - (point[0] - left)) <= width * 5.1e-5
            and abs(share[1] * height - (point[1] - top)) <= height * 5.1e-5)


def message_of(done):
    """What a text is in a dataset."""
    if done["value"] is None:
        return "<WITHHELD>"
    return done["value"].replace("{CARD}", "<SECRET:card>") if done["withheld"] else done["value"]


def key_name(symbol):
    return PYAUTOGUI.get(symbol, symbol.lower())


def check_python(done, code, corpus):
    """That the code is what was done, all of it and nothing else."""
    made = calls(code)
    kind = done["kind"]
    names = [name for name, _, _ in made]
    if kind == "click":
        held = held_names(done)
        downs = [args[0] for name, args, _ in made if name == "pyautogui.keyDown"]
        ups = [args[0] for name, args, _ in made if name == "pyautogui.keyUp"]
        assert sorted(downs) == sorted(held) and downs == ups[::-1], code
        ((name, args, named),) = made[len(downs):len(made) - len(ups)]
        assert not args and same_point(pixel(named), done["at"]), code
        expected = {(1, "left"): "pyautogui.click", (1, "right"): "pyautogui.rightClick",
                    (1, "middle"): "pyautogui.middleClick", (2, "left"): "pyautogui.doubleClick",
                    (3, "left"): "pyautogui.click" if corpus else "computer.tripleClick"}[done["count"], done["button"]]
        assert name == expected and named.get("clicks", 1) == (3 if corpus and done["count"] == 3 else 1), code
    elif kind == "drag":
        assert names == ["pyautogui.moveTo", "pyautogui.dragTo"] and made[1][2]["button"] == "left", code
        assert same_point(pixel(made[0][2]), done["at"]) and same_point(pixel(made[1][2]), done["to"]), code
    elif kind == "scroll":
        assert names[0] == "pyautogui.moveTo" and same_point(pixel(made[0][2]), done["at"]), code
        turned = {name: args[0] for name, args, _ in made[1:]}
        across, down = done["v120"]
        assert turned == {key: value for key, value in (("pyautogui.scroll", -down // 120),
                                                        ("pyautogui.hscroll", across // 120)) if value}, code
    elif kind == "move":
        assert names == ["pyautogui.moveTo"] and same_point(pixel(made[0][2]), done["at"]), code
    elif kind == "text":
        assert made == [("pyautogui.write", [], {"message": message_of(done)})], code
        assert len(code.splitlines()) == 1
    elif kind == "key":
        held = held_names(done)
        keys = [*held, key_name(done["symbol"])]
        ((name, args, named),) = made
        assert name == ("pyautogui.hotkey" if held else "pyautogui.press"), code
        assert (named.get("keys") if corpus else args) == keys, code
        assert named.get("presses", 1) == done["repeated"] + 1, code
    elif kind == "wait":
        assert made == [("computer.wait", [], {})], code
    else:
        raise AssertionError(f"{kind} is no step: {code}")


def scaled_point(point, size):
    """The pixel of a scaled picture in which the middle of a pixel of the monitor lies."""
    left, top, width, height = monitor_of(point)
    return [int((2 * (point[0] - left) + 1) * size[0] / (2 * width)),
            int((2 * (point[1] - top) + 1) * size[1] / (2 * height))]


def scaled_size(name, size):
    """Of a picture of this size, in the dialects that take it as it is or bring it to multiples of 28."""
    return [28 * round(side / 28) for side in size] if name == "ui_tars" else size


def held_names(done):
    return [name for bit, name in ((CONTROL, "ctrl"), (SHIFT, "shift")) if done["held"] & bit]


def check_anthropic(done, text, size):
    made = json.loads(text)
    kind = done["kind"]
    if kind == "text":
        assert made == {"action": "type", "text": message_of(done)}, text
    elif kind == "key" and done["repeated"]:
        assert made["action"] == "hold_key" and made["text"] == done["symbol"], text
    elif kind == "key":
        keys = [*held_names(done), XDOTOOL.get(done["symbol"], done["symbol"])]
        assert made == {"action": "key", "text": "+".join(keys)}, text
    elif kind == "wait":
        assert made == {"action": "wait", "duration": done["ns"] / 1e9}, text
    elif kind == "drag":
        assert made == {"action": "left_click_drag", "start_coordinate": scaled_point(done["at"], size),
                        "coordinate": scaled_point(done["to"], size)}, text
    else:
        assert made["coordinate"] == scaled_point(done["at"], size), text
        if kind == "click":
            name = {2: "double_click", 3: "triple_click"}.get(done["count"], done["button"] + "_click")
            assert made["action"] == name and made.get("text", "") == "+".join(held_names(done)), text
        elif kind == "scroll":
            (way, amount), = [(ways[value > 0], abs(value)) for ways, value in
                              zip((("left", "right"), ("up", "down")), done["v120"]) if value]
            assert (made["action"], made["scroll_direction"], made["scroll_amount"] * 120) == ("scroll", way, amount), text
        else:
            assert (kind, made["action"]) == ("move", "mouse_move"), text


def check_openai(done, text, size):
    made = json.loads(text)
    kind = done["kind"]
    if kind == "text":
        assert made == {"type": "type", "text": message_of(done)}, text
    elif kind == "key":
        names = {"Return": "ENTER", "Page_Down": "PAGEDOWN", "Escape": "ESC", "Left": "ARROWLEFT", "é": "é"}
        keys = [name.upper() for name in held_names(done)] + [names.get(done["symbol"], done["symbol"].upper())]
        assert made == {"type": "keypress", "keys": keys}, text
    elif kind == "drag":
        path = [scaled_point(point, size) for point in (done["at"], *done["path"], done["to"])]
        assert made == {"type": "drag", "path": [{"x": x, "y": y} for x, y in path]}, text
    elif kind == "wait":
        assert made == {"type": "wait"}, text
    else:
        assert [made["x"], made["y"]] == scaled_point(done["at"], size), text
        if kind == "click":
            assert made["type"] == {1: "click", 2: "double_click"}[done["count"]], text
            assert done["count"] == 2 or made["button"] == {"middle": "wheel"}.get(done["button"], done["button"]), text
        elif kind == "scroll":
            assert [made["scroll_x"] * 120, made["scroll_y"] * 120] == [53 * value for value in done["v120"]], text
        else:
            assert (kind, made["type"]) == ("move", "move"), text


def check_ui_tars(done, text, size):
    call = ast.parse(text, mode="eval").body
    made = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    kind = done["kind"]
    assert not call.args and size[0] % 28 == size[1] % 28 == 0

    def is_point(written, point):
        x, y = scaled_point(point, size)
        return written == f"<point>{x} {y}</point>"
    if kind == "text":
        assert (call.func.id, made) == ("type", {"content": message_of(done)}), text
    elif kind == "key":
        keys = " ".join([*held_names(done), key_name(done["symbol"])])
        assert (call.func.id, made) == ("hotkey", {"key": keys}), text
    elif kind == "wait":
        assert (call.func.id, made) == ("wait", {}), text
    elif kind == "drag":
        assert is_point(made["start_point"], done["at"]) and is_point(made["end_point"], done["to"]), text
    else:
        assert is_point(made["point"], done["at"]), text
        if kind == "click":
            name = {(1, "left"): "click", (2, "left"): "left_double", (1, "right"): "right_single"}
            assert call.func.id == name[done["count"], done["button"]], text
        else:
            (way,) = [ways[value > 0] for ways, value in zip((("left", "right"), ("up", "down")), done["v120"]) if value]
            assert (kind, call.func.id, made["direction"]) == ("scroll", "scroll", way), text


CHECKS = {"anthropic": check_anthropic, "openai": check_openai, "ui_tars": check_ui_tars}


def answers(line):
    turns = line.get("messages") or line["conversations"]
    return [turn.get("content", turn.get("value")) for turn in turns
            if turn.get("role", turn.get("from")) in ("assistant", "gpt")]


def all_texts(line):
    return [turn.get("content", turn.get("value")) for turn in line.get("messages") or line["conversations"]]


def check_steps(name, lines, done):
    """Each line's steps against what was done; and that all that was done is a step or is skipped."""
    seen = {key: "" for key in done}
    skips = 0
    for line in lines:
        overt = line["overt"]
        task = line.get("task_id") or overt["task_id"]
        codes = [step["value"]["code"] for step in line["traj"]] if "traj" in line else answers(line)
        assert len(codes) == len(overt["steps"])
        for code, step in zip(codes, overt["steps"]):
            key = (task, tuple(step["seq"]))
            if key not in done:
                assert step["seq"][0] == step["seq"][1], "only the end of a task is made of its mark"
                continue
            assert not seen[key], f"{key} is there twice"
            seen[key] = "step"
            assert step["redacted"] == done[key].get("withheld", False), (key, code)
            if name in AGENTNET or name == "pyautogui":
                check_python(done[key], code, corpus=name == "corpus")
            else:
                size = overt["display_px"] if name == "anthropic" else scaled_size(name, step["px"])
                CHECKS[name](done[key], code, size)
        for skipped in overt["skipped"]:
            key = (task, tuple(skipped["seq"]))
            skips += 1
            if skipped["kind"] != "end":
                assert not seen[key], f"{key} is there twice"
                seen[key] = skipped["reason"]
    return seen, skips


def check_skips(name, seen, done):
    """That what is skipped is what this dialect cannot say."""
    for key, state in seen.items():
        what = done[key]
        kind = what["kind"]
        outside = any(monitor_of(what[part]) is None for part in ("at", "to") if part in what)
        outside = outside or kind == "drag" and monitor_of(what["at"]) != monitor_of(what["to"])
        if outside:
            assert state == "off_image", (name, what, state)
        elif kind == "text" and what["value"] == "":
            assert state == "empty", (name, what, state)
        elif kind == "text" and name == "ui_tars" and what["value"] and ("<image>" in what["value"]):
            assert state == "image_token", (name, what, state)
        elif kind == "text":
            assert state == "step", (name, what, state)
        elif kind == "key" and what["symbol"] is None:
            assert state == "withheld", (name, what, state)
        elif kind == "key" and (name in AGENTNET or name == "pyautogui"):
            assert state == ("key_name" if what["symbol"] in NO_PYAUTOGUI_KEY else "step"), (name, what, state)
        elif kind == "click" and what["button"] in ("back", "forward"):
            assert state == ("step" if name == "openai" else "button"), (name, what, state)
        elif kind == "focus":
            assert state == "not_an_act", (name, what, state)


def check_files(folder):
    """Every file of the manifest has its hash, every file is in it, and all of them are their owner's alone."""
    import hashlib
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    named = {entry["name"]: entry for entry in manifest["files"]}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there - set(named) == {"manifest.json", "progress"} and set(named) <= there
    for name, entry in named.items():
        data = (folder / name).read_bytes()
        assert len(data) == entry["bytes"] and hashlib.sha256(data).hexdigest() == entry["sha256"], name
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    return manifest


class page(html.parser.HTMLParser):
    """Counts what a page shows, and refuses what it would fetch or run."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pictures = self.marks = 0
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag in {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "figure", "figcaption", "div", "img",
                       "svg", "defs", "marker", "path", "circle", "line", "pre", "table", "tr", "th", "td", "b"}, tag
        for name, value in attrs:
            assert not name.startswith("on") and name not in ("href", "srcset", "action"), (tag, name)
            assert name != "src" or value.startswith("data:image/png;base64,"), tag
        self.pictures += tag == "img"
        self.marks += tag in ("circle", "line")
        if tag not in ("meta", "img", "circle", "line", "path"):
            self.open.append(tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


def check_gallery(folder, lines):
    for line in lines:
        text = (folder / "gallery" / f"{line['task_id']}.html").read_text(encoding="utf-8")
        shown = page()
        shown.feed(text)
        assert not shown.open and shown.pictures == len(line["traj"]) and shown.marks > 0
        assert "http://" not in text and "https://" not in text


def check_pictures(folder, lines):
    """Every picture that a line names opens, and has the size that the line says."""
    from PIL import Image
    sizes = {}
    for line in lines:
        if "traj" in line:
            named = [folder / "images" / step["image"] for step in line["traj"]]
        else:
            named = [folder / image for image in line["images"]]
            texts = "".join(all_texts(line))
            assert texts.count("<image>") == len(named) and "<video>" not in texts and "<audio>" not in texts
        for path, step in zip(named, line["overt"]["steps"], strict=True):
            if path not in sizes:
                with Image.open(path) as image:
                    image.load()
                    sizes[path] = list(image.size)
            assert sizes[path] == step["px"], path
    return len(sizes)


def check_hugging_face(folder, file, lines, cache):
    import datasets
    loaded = datasets.load_dataset("json", data_files=str(folder / file), split="train", cache_dir=str(cache))
    assert len(loaded) == len(lines), (len(loaded), len(lines))
    for ours, theirs in zip(lines, loaded, strict=True):
        for name in ("task_id", "instruction", "traj", "messages", "conversations", "images", "system"):
            if name in ours:
                assert theirs[name] == ours[name], name
        assert theirs["overt"]["schema"] == ours["overt"]["schema"]
        assert [step["seq"] for step in theirs["overt"]["steps"]] == [step["seq"] for step in ours["overt"]["steps"]]


def stand_in():
    """Lets the modules of LLaMA-Factory that read data be imported, without what trains."""
    import importlib.abc
    import importlib.machinery
    import importlib.util
    import types
    from unittest.mock import MagicMock

    class anything(types.ModuleType):
        __path__ = []

        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            made = type(name, (), {}) if name[0].isupper() else importlib.import_module(f"{self.__name__}.{name}")
            setattr(self, name, made)  # the same the next time
            return made

        def __call__(self, *args, **kwargs):
            return MagicMock()

    class finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
        def find_spec(self, name, path=None, target=None):
            if name.split(".")[0] in NOT_INSTALLED:
                return importlib.machinery.ModuleSpec(name, self, is_package=True)
            return None

        def create_module(self, spec):
            return anything(spec.name)

        def exec_module(self, module):
            pass

    sys.meta_path.append(finder())
    root = pathlib.Path(importlib.util.find_spec("llamafactory").origin).parent
    for name in ("llamafactory", "llamafactory.data", "llamafactory.extras"):  # their __init__ imports what trains
        package = types.ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package


def check_trainer(folder, lines, cache):
    """dataset_info.json and the lines through LLaMA-Factory's own parser, loader, converter and count of pictures."""
    import types
    from llamafactory.data import loader, mm_plugin, parser
    (attributes,) = parser.get_dataset_list(["overt"], str(folder))
    data = types.SimpleNamespace(dataset_dir=str(folder), media_dir=str(folder), streaming=False, max_samples=None,
                                 preprocessing_num_workers=None, overwrite_cache=True)
    model = types.SimpleNamespace(cache_dir=str(cache), hf_hub_token=None)
    loaded = loader._load_single_dataset(attributes, model, data, types.SimpleNamespace(local_process_index=0))
    assert len(loaded) == len(lines)
    plugin = mm_plugin.BasePlugin("<image>", None, None)
    for ours, theirs in zip(lines, loaded, strict=True):
        turns = theirs["_prompt"] + theirs["_response"]
        assert len(turns) == 2 * len(ours["images"]), "an example that it skips is empty"
        assert [turn["role"] for turn in turns] == ["user", "assistant"] * len(ours["images"])
        assert [turn["content"] for turn in turns if turn["role"] == "assistant"] == answers(ours)
        assert theirs["_system"] and all(pathlib.Path(path).is_file() for path in theirs["_images"])
        plugin._validate_messages(turns, theirs["_images"], [], [])


def check(folder, expected, cache):
    """In the interpreter that has the packages."""
    import datasets
    import jsonschema
    datasets.disable_progress_bars()
    done = {}
    for line in expected.read_bytes().decode().split("\n")[:-1]:  # other ends of lines may stand in a text
        action = json.loads(line)
        done[action["task_id"], tuple(action["seq"])] = action
    trainer = True
    try:
        stand_in()
        import llamafactory.data.loader  # noqa: F401
    except Exception as problem:  # another version of it may need more
        trainer = False
        print(f"LLaMA-Factory's loader is left out: {type(problem).__name__}: {problem}")
    for name in AGENTNET + CHAT:
        place = folder / name
        kind, file = ("agentnet", "agentnet.jsonl") if name in AGENTNET else ("chat", "train.jsonl")
        schema = json.loads((ROOT / "docs" / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        # Lines end in "\n" alone; other ends of lines may stand in a text.
        lines = [json.loads(line) for line in (place / file).read_bytes().decode().split("\n") if line]
        for line in lines:
            problem = next(validator.iter_errors(line), None)
            assert problem is None, f"{name}: {list(problem.absolute_path)}: {problem.message[:300]}"
        manifest = check_files(place)
        wanted = done if name != "gallery" else {key: value for key, value in done.items()
                                                 if key[0] in {line["task_id"] for line in lines}}
        seen, skips = check_steps(name, lines, wanted)
        assert all(seen.values()), next(key for key, state in seen.items() if not state)
        check_skips(name, seen, wanted)
        assert sum(manifest["skipped"].values()) == skips, "the manifest counts every skip"
        pictures = check_pictures(place, lines)
        assert pictures == manifest["counts"]["pictures"]
        if name == "gallery":
            check_gallery(place, lines)
        check_hugging_face(place, file, lines, cache)
        if kind == "chat" and trainer:
            check_trainer(place, lines, cache)
        print(f"{name}: {len(lines)} lines, {sum(state == 'step' for state in seen.values())} actions read back, "
              f"{skips} skipped, {pictures} pictures; jsonschema, datasets"
              + (", LLaMA-Factory" if kind == "chat" and trainer else ""))


def main():
    import subprocess
    import tempfile
    sys.path.insert(0, str(HERE))
    from mcap_read import python_library, run
    program = pathlib.Path(sys.argv[1]).resolve() / "dataset_sample"
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build" / "interop").resolve()
    if not program.exists():
        print("skipped: dataset_sample was not built")
        return 77
    folder.mkdir(parents=True, exist_ok=True)
    python, why = python_library(folder, "datasets, jsonschema, PIL", PACKAGES, "datasets")
    if python is None:
        print("skipped: " + why)
        return 77
    if run(python, "-c", "import importlib.metadata as m; m.version('llamafactory')").returncode != 0:
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", *TRAINER)
    with tempfile.TemporaryDirectory(prefix="overt-datasets-") as place:
        place = pathlib.Path(place)
        (place / "out").mkdir()
        made = run(program, place / "out")
        if made.returncode != 0:
            print("the sample was not written: " + made.stderr)
            return 1
        (place / "expected.jsonl").write_text(made.stdout, encoding="utf-8")
        quiet = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
                 "HF_HOME": str(place / "home")}
        return subprocess.run([str(python), __file__, "--check", str(place / "out"), str(place / "expected.jsonl"),
                               str(place / "cache")], check=False, env={**os.environ, **quiet}).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__)
        sys.exit(2)
    if sys.argv[1] == "--check":
        check(*map(pathlib.Path, sys.argv[2:5]))
    else:
        sys.exit(main())
