#!/usr/bin/env python3
"""The page of `overt review` in a real Chromium: looked at, worked by keyboard alone, and every byte searched afterwards.

    tests/desktop/review_test.py BIN_DIRECTORY [--keep FOLDER] [NAME...]

Works on traces that review_sample writes, without a desktop: Chromium runs headless, driven with Playwright from PyPI
(installed into build/interop/browser). --keep writes pictures of the page there, to be looked at. Ends with a line
"N passed, N failed". Exit code 77 when the browser or Playwright cannot be had here.
"""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(ROOT / "tests" / "interop"))
from mcap_read import python_library  # noqa: E402
from session_test import assert_absent, forms_of, run  # noqa: E402

CHROMIUM = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
PACKAGES = ("playwright==1.65.2", "axe-playwright-python==0.1.8")
RECEIPT = "00000000-0000-4000-8000-000000000002"
PURPOSE = "dpv:AcademicResearch"

# What review_sample writes between 1:05 and 1:10, and in other places: letters that nothing else holds four of in a row.
GOES = ["zqxjvkwqbrimqua", "wzvkqjxqvumgolz"]
STAYS = "vexolquimper"
COLOUR_GOES, COLOUR_STAYS = bytes.fromhex("5ac3b7"), bytes.fromhex("f4f1e8")
KEEP = [None]


class Recording:
    """A trace in a folder of its own, with the person's own folder (ledger, key) in it."""

    def __init__(self, binaries, name="trace.mcap", lines=None, receipt=RECEIPT, digest="b" * 64):
        self.overt, self.sample = binaries / "overt", binaries / "review_sample"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="overt-review-"))
        self.trace = self.folder / name
        (self.folder / "home").mkdir()
        self.environment = {**os.environ, "XDG_DATA_HOME": str(self.folder / "home")}
        self.server = None
        self.write(lines, receipt, digest)

    def write(self, lines=None, receipt=RECEIPT, digest="b" * 64):
        run(self.sample, self.trace, receipt, digest, *([lines] if lines else []))

    def command(self, *words, check=True):
        done = subprocess.run([str(word) for word in (self.overt, *words)], capture_output=True, text=True, env=self.environment)
        assert not check or done.returncode == 0, f"{words[0]} ended with {done.returncode}: {done.stderr}"
        return done

    def review(self):
        """Starts the server; the link that it prints."""
        self.server = subprocess.Popen([self.overt, "review", self.trace], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                       env=self.environment)
        for line in self.server.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)(/[0-9a-f]+/)\?token=[0-9a-f]+", line)
            if found:
                self.port, self.path, self.link = int(found[1]), found[2], found[0]
                return self.link
        raise AssertionError(f"no link: {self.server.stderr.read()}")

    def end(self):
        """Ends the server as Ctrl+C does; its exit code and what it said."""
        self.server.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self):
        said, wrong = self.server.communicate(timeout=20)
        return self.server.returncode, said + wrong

    def told(self):
        return self.command("show", "--json", self.trace).stdout

    def everything(self):
        """Every byte of every file in the folder, the trace as it is read, and its pictures as they are written."""
        pictures = self.folder / "pictures"
        self.command("show", "--pictures", pictures, self.trace)
        found = b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())
        shutil.rmtree(pictures)
        return found + self.told().encode()

    def approval(self):
        return json.loads(pathlib.Path(f"{self.trace}.review.json").read_text())

    def ledger(self):
        path = self.folder / "home" / "overt" / "ledger.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()]

    def close(self):
        if self.server is not None and self.server.poll() is None:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder)


def wait_until(page, expression, what=None, seconds=20):
    """Until an expression of the page is true. Asked from outside: the page's own policy lets nothing be evaluated."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(expression):
            return
        time.sleep(0.03)
    raise AssertionError(f"it did not become true: {what or expression}")


class Browser:
    """One person's browser, with all that it says and asks for."""

    def __init__(self, playwright, **options):
        self.browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.context = self.browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.problems, self.asked = [], []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.problems.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, link):
        answer = self.page.goto(link)
        wait_until(self.page, "!document.getElementById('said').textContent.startsWith('Reading')")
        return answer

    def said(self):
        return self.page.inner_text("#said")

    def wait_for(self, text):
        end = time.monotonic() + 20
        while text not in self.said():
            assert time.monotonic() < end, f"the page said {self.said()!r}, not {text!r}"
            time.sleep(0.03)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self):
        """What has the focus: its id or class, its name for a screen reader, whether the focus can be seen."""
        return self.page.evaluate("""() => {
            const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
            return {tag: it.tagName, id: it.id, of: it.className, text: (it.getAttribute('aria-label') || it.innerText || '').trim(),
                    line: it.closest('.entry') ? Number(it.closest('.entry').dataset.number) : null,
                    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0}; }""")

    def tab_to(self, wanted, most=200):
        """Presses Tab until something has the focus for which wanted(focused) holds."""
        for _ in range(most):
            self.press("Tab")
            now = self.focused()
            if wanted(now):
                return now
        raise AssertionError("the Tab key does not come there")

    def picture(self, name, whole=False):
        if KEEP[0]:
            self.page.screenshot(path=str(KEEP[0] / f"{name}.png"), full_page=whole)

    def assert_quiet(self, recording):
        assert not self.problems, f"the console says {self.problems}"
        elsewhere = [url for url in self.asked if not url.startswith((f"http://127.0.0.1:{recording.port}{recording.path}", "data:"))]
        assert not elsewhere, f"the page asked for {elsewhere}"

    def close(self):
        self.browser.close()


def with_page(binaries, act, name="trace.mcap", lines=None):
    from playwright.sync_api import sync_playwright
    recording = Recording(binaries, name, lines)
    try:
        with sync_playwright() as playwright:
            browser = Browser(playwright)
            try:
                answer = browser.open(recording.review())
                act(recording, browser, answer)
                browser.assert_quiet(recording)
            finally:
                browser.close()
    finally:
        recording.close()


# --- who may look

def ask(recording, method="GET", path=None, headers=None, body=None, host=None):
    """A request as any program of this computer can send it; (status, headers, body)."""
    connection = http.client.HTTPConnection("127.0.0.1", recording.port, timeout=10)
    connection.putrequest(method, recording.path if path is None else path, skip_host=True)
    for each in [f"127.0.0.1:{recording.port}"] if host is None else host:
        connection.putheader("Host", each)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode() if body is not None else None)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def assert_nothing(answer, what):
    status, headers, text = answer
    assert status == 403 and text == b"403\n", f"{what}: {status} {text[:200]}"
    assert "Set-Cookie" not in headers, f"{what}: a cookie"


def test_strangers(binaries):
    """L53, L58: without the link nobody gets anything; with a part of it, nothing either."""
    recording = Recording(binaries)
    try:
        link = recording.review()
        once = link[link.index("?"):]
        here = {"Sec-Fetch-Site": "same-origin"}
        names = ["", "summary", "entries?from=0", "count?from_ns=0&to_ns=9", "picture?number=6", "nothing"]
        for path in ["/", "/favicon.ico", "/summary", "/" + "0" * 64 + "/"] + [recording.path + each for each in names]:
            assert_nothing(ask(recording, path=path), path)
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"):
            status, _, text = ask(recording, method, recording.path + "delete", body="{}")
            assert status in (400, 403) and b"{" not in text, f"{method}: {status} {text}"
        wrong = once[:-1] + ("0" if once[-1] != "0" else "1")
        assert_nothing(ask(recording, path=recording.path + wrong), "a wrong token")
        for host in (["localhost:%d" % recording.port], ["rebound.example:%d" % recording.port], ["127.0.0.1"], [],
                     ["127.0.0.1:%d" % recording.port, "rebound.example"]):
            status, headers, text = ask(recording, path=recording.path + once, host=host)
            assert status in (400, 403) and b"<" not in text and "Set-Cookie" not in headers, f"Host {host}: {status} {text[:100]}"

        status, headers, page = ask(recording, path=recording.path + once)
        assert status == 200, f"the link was used up by who has not the right one: {status}"
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and f"Path={recording.path}" in cookie, cookie
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "no-store" in headers["Cache-Control"], headers
        markup = re.sub(rb"<(script|style)\b.*?</\1>", b"", page, flags=re.DOTALL)
        assert not re.search(rb"<[^>]*\s(on[a-z]+|style)\s*=|javascript:", markup), "an inline handler or style"
        assert not re.search(rb"(src|href)=\"(?!#|data:,)", markup), "something that is fetched"
        sent = {"Cookie": cookie.split(";")[0], **here}
        token = re.search(rb'name="overt-token" content="([0-9a-f]{64})"', page)[1].decode()
        assert_nothing(ask(recording, path=recording.path + once), "a link that was used")
        assert ask(recording, path=recording.path + "summary", headers=sent)[0] == 200
        assert_nothing(ask(recording, path=recording.path + "summary", headers={"Cookie": "overt_review=" + "0" * 64}), "a wrong cookie")
        assert_nothing(ask(recording, path=recording.path + "summary", headers=sent, host=["rebound.example"]), "a wrong host with the cookie")
        for site in ("cross-site", "same-site"):
            assert_nothing(ask(recording, path=recording.path + "summary", headers={**sent, "Sec-Fetch-Site": site}), site)
        body = json.dumps({"revision": 1, "everything": True})
        for headers, what in ((sent, "no page token"), ({**sent, "X-Overt-Review": "0" * 64}, "a wrong page token"),
                              ({"X-Overt-Review": token}, "no cookie"),
                              ({**sent, "X-Overt-Review": token, "Origin": "http://127.0.0.1:1"}, "another origin")):
            assert_nothing(ask(recording, "POST", recording.path + "delete", headers, body), what)
        assert recording.trace.exists() and STAYS in recording.told(), "somebody else deleted something"
        right = {**sent, "X-Overt-Review": token}
        for body in ("", "[]", "{}", '{"revision":1}', '{"revision":1,"from_ns":0}', '{"revision":1,"everything":1}',
                     '{"revision":1,"everything":true,"site":"x"}', '{"revision":-1,"everything":true}', '{"revision":1,"from_ns":0,"to_ns":"9"}'):
            status, _, text = ask(recording, "POST", recording.path + "delete", right, body)
            assert status == 400, f"{body}: {status} {text}"
        assert ask(recording, "POST", recording.path + "delete", right, '{"revision":7,"everything":true}')[0] == 409
        assert STAYS in recording.told()

        # It listens on the loopback address of this computer and nowhere else.
        listens = [line.split()[1] for name in ("tcp", "tcp6") for line in pathlib.Path("/proc/net", name).read_text().splitlines()[1:]
                   if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == recording.port]
        assert listens == ["0100007F:%04X" % recording.port], listens
        code, said = recording.end()
        assert code == 1 and "Not approved" in said, (code, said)
    finally:
        recording.close()


def test_second_browser(binaries):
    """L53: the link works once, and a second browser gets nothing of the page."""
    from playwright.sync_api import sync_playwright
    recording = Recording(binaries)
    try:
        with sync_playwright() as playwright:
            first, second = Browser(playwright), Browser(playwright)
            try:
                first.open(recording.review())
                assert second.page.goto(recording.link).status == 403
                assert second.page.inner_text("body").strip() == "403"
                assert second.page.goto(recording.link.split("?")[0]).status == 403
                assert "token" not in first.page.url
                first.page.reload()
                first.wait_for("lines")
                (cookie,) = first.context.cookies()
                assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["path"] == recording.path, cookie
                assert first.page.evaluate("document.cookie") == ""
                first.assert_quiet(recording)
            finally:
                first.close()
                second.close()
    finally:
        recording.close()


# --- what is shown, and to whom

def test_what_is_shown(binaries):
    """L53: times, places, texts as they would leave, pictures, what was withheld and why."""
    def act(recording, browser, _):
        page = browser.page
        text = page.inner_text("#entries")
        for wanted in ("presses left at 200,150", "Dear Ada, the paper is here on Tuesday.\nSee you then", "call me at {PHONE}, card {CARD}",
                       "not recorded: a secret field", "replaced: CARD in text", "begins the task", "window: letter.txt", "1:05.120"):
            assert wanted in text, wanted
        assert "https://shop.example" in page.inner_text("#places") and "thunderbird" in page.inner_text("#places")
        assert "outside what was agreed to" in page.inner_text("#withheld")
        assert page.locator(".shot img").count() == 6
        for image in page.locator(".shot img").all():
            image.scroll_into_view_if_needed()
        wait_until(page, "[...document.querySelectorAll('.shot img')].every(image => image.naturalWidth === 640)")
        page.select_option("#kind", "withheld")
        browser.wait_for("3 lines.")
        page.select_option("#place", label="thunderbird")
        browser.wait_for("0 lines.")
        assert "nothing of this kind" in page.inner_text("#entries")
    with_page(binaries, act)
    # The same from JSON lines, with pictures in a folder.
    with_page(binaries, act, "trace.jsonl")


def test_markup_is_text(binaries):
    """What was recorded is never markup in the page."""
    def act(recording, browser, _):
        assert '<img src=x onerror="document.title=1"></script><script>' in browser.page.inner_text("#entries")
        assert browser.page.title().startswith("What was recorded")
        assert browser.page.locator("#entries img[src=x]").count() == 0 and browser.page.locator("#entries script").count() == 0
    with_page(binaries, act)


def test_accessible(binaries):
    """No violation that axe finds, light and dark, wide and 360 pixels, with and without a dialog."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(browser, where):
        found = [each for each in Axe().run(browser.page).response["violations"] if each["impact"] in ("moderate", "serious", "critical")]
        told = "\n".join(f"{each['impact']} {each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found)
        assert not found, f"{where}:\n{told}"

    def act(recording, browser, _):
        page = browser.page
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for name, width, height in (("wide", 1280, 900), ("narrow", 360, 740)):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(200)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name}: the page scrolls sideways"
                violations(browser, f"{scheme}, {name}")
                page.evaluate("scrollTo(0, 0)")
                browser.picture(f"{scheme}-{name}-top")
                times = page.locator(".time")
                times.nth(7).click()
                times.nth(10).click()
                page.wait_for_timeout(300)
                browser.picture(f"{scheme}-{name}-chosen")
                violations(browser, f"{scheme}, {name}, a stretch chosen")
                page.locator("#delete-chosen").click()
                page.wait_for_selector("#ask[open]")
                browser.picture(f"{scheme}-{name}-asks")
                violations(browser, f"{scheme}, {name}, the question")
                browser.press("Escape")
                page.locator("#forget").click()
                shot = page.locator(".shot").first
                shot.scroll_into_view_if_needed()
                wait_until(page, "document.querySelector('.shot img').complete")
                shot.click()
                page.wait_for_selector("#large[open]")
                page.wait_for_timeout(300)
                browser.picture(f"{scheme}-{name}-picture")
                violations(browser, f"{scheme}, {name}, a picture")
                browser.press("Escape")
        tree = page.locator("body").aria_snapshot()
        for wanted in ("banner", "main", 'heading "What was recorded of you" [level=1]', 'heading "Timeline" [level=2]',
                       'navigation "Pages of the timeline"', "status", 'textbox "From"', 'combobox "Show"',
                       'button "Delete all of thunderbird"', 'table "Where something was recorded, and how much"'):
            assert wanted in tree, f"no {wanted} in\n{tree[:3000]}"
        if KEEP[0]:
            (KEEP[0] / "tree.txt").write_text(tree)
    with_page(binaries, act)


def test_keyboard(binaries):
    """All of it by keyboard alone: no trap, the focus seen everywhere; a stretch chosen, deleted, the rest approved."""
    for name in ("trace.mcap", "trace.jsonl"):
        with_page(binaries, delete_by_keyboard, name)


def delete_by_keyboard(recording, browser, _):
    before = recording.everything()
    for canary in GOES:
        assert any(form in before for form in forms_of(canary)), "the control: the canary is not there before"
    assert COLOUR_GOES in before and COLOUR_STAYS in before, "the control: the colours are not there before"

    # Once around with Tab: everything can be left again, and whoever has the focus can be seen.
    browser.page.evaluate("document.activeElement.blur()")
    around = []
    for _ in range(80):
        browser.press("Tab")
        now = browser.focused()
        if now["tag"] == "BODY":
            break
        assert now["outlined"] and now["inside"], f"the focus cannot be seen: {now}"
        around.append(now)
    assert browser.focused()["tag"] == "BODY", f"the Tab key does not come out of the page again: {around[-3:]}"
    names = [each["text"] for each in around]
    for wanted in ("Skip to the timeline", "Approve what is left…", "Delete the whole recording…", "Delete all of thunderbird", "Go"):
        assert wanted in names, f"{wanted} is not reached: {names}"
    assert sum("time" in each["of"].split() for each in around) == 1, "the timeline is more than one stop of the Tab key"

    # To the timeline by its skip link, to the stretch with the arrow keys.
    browser.tab_to(lambda now: now["text"] == "Skip to the timeline")
    browser.press("Enter")
    assert browser.focused()["id"] == "timeline"
    browser.tab_to(lambda now: now["of"] == "time")
    lines = browser.page.locator(".entry .time").all_inner_texts()
    first, last = lines.index("1:05.000"), lines.index("1:09.840")
    browser.press("End")
    assert browser.focused()["line"] == len(lines) - 1
    browser.press("Home", *["ArrowDown"] * first)
    assert browser.focused()["line"] == first
    browser.press("Enter")
    browser.wait_for("Begins at 1:05.000")
    browser.press("Escape")
    browser.wait_for("No stretch is chosen")
    browser.press("Enter", *["Shift+ArrowDown"] * (last - first))
    browser.wait_for("From 1:05.000 to 1:09.840")
    assert browser.page.input_value("#from") == "1:05.000" and browser.page.input_value("#to") == "1:09.840"

    # Asks once; Escape and "Keep" leave everything.
    browser.press("Delete")
    browser.page.wait_for_selector("#ask[open]")
    assert browser.focused()["id"] == "no", "the question begins at what deletes"
    browser.press("Tab")
    assert browser.focused()["id"] == "yes"
    browser.press("Escape")
    browser.wait_for("Nothing was deleted")
    assert browser.focused()["line"] == last, f"the focus is lost after a question: {browser.focused()}"
    assert GOES[0] in recording.told()
    browser.press("Delete")
    browser.page.wait_for_selector("#ask[open]")
    browser.press("Tab", "Enter")
    browser.wait_for("Deleted.")
    assert browser.focused()["tag"] != "BODY", "the focus is lost after deleting"
    browser.page.wait_for_timeout(100)
    assert GOES[0] not in browser.page.inner_text("#entries") and STAYS in browser.page.inner_text("#entries")

    after = recording.everything()
    for canary in GOES:
        assert_absent(after, canary)
    assert COLOUR_GOES not in after, "the colour of a picture of the stretch is there"
    assert COLOUR_STAYS in after and STAYS.encode() in after, "more than the stretch is gone"
    assert "erased" in recording.told(), "no gap says that something was erased"

    # The rest, approved.
    browser.tab_to(lambda now: now["id"] == "approve")
    browser.press("Enter")
    browser.page.wait_for_selector("#ask[open]")
    assert browser.focused()["id"] == "no"
    browser.press("Tab", "Enter")
    browser.wait_for("Approved")
    approval = recording.approval()
    assert approval["decision"] == "in_review" and approval["receipt_id"] == RECEIPT, approval
    assert approval["deleted"] == {"spans": 1, "places": 0}, approval
    assert pathlib.Path(f"{recording.trace}.review.json").stat().st_mode & 0o777 == 0o600
    assert set(approval) == {"schema", "trace_sha256", "receipt_id", "decision", "deleted"}, approval
    browser.tab_to(lambda now: now["id"] == "end")
    browser.press("Enter")
    browser.wait_for("The review has ended")
    code, said = recording.ended()
    assert code == 0 and "Approved" in said, (code, said)

    kinds = [entry["kind"] for entry in recording.ledger()]
    for wanted in ("accessed", "erased", "review_approved"):
        assert wanted in kinds, f"no {wanted} in the ledger: {kinds}"
    for canary in GOES + [STAYS]:
        assert_absent((recording.folder / "home" / "overt" / "ledger.jsonl").read_bytes(), canary)
    print(f"    {recording.trace.name}: {len(around)} stops of the Tab key", flush=True)


def test_places(binaries):
    """An application, a site, then all of it."""
    def act(recording, browser, _):
        page = browser.page

        def delete(button):
            button.focus()
            browser.press("Enter")
            page.wait_for_selector("#ask[open]")
            browser.press("Tab", "Enter")

        delete(page.get_by_role("button", name="Delete all of thunderbird"))
        browser.wait_for("Deleted.")
        assert "thunderbird" not in page.inner_text("#places")
        everything = recording.everything()
        for canary in GOES:
            assert_absent(everything, canary)
        assert STAYS.encode() in everything
        delete(page.get_by_role("button", name="Delete all of https://shop.example"))
        browser.wait_for("Deleted.")
        wait_until(page, "!document.getElementById('places').textContent.includes('shop.example')")
        everything = recording.everything()
        assert_absent(everything, STAYS)
        assert b"Dear Ada" in recording.told().encode()
        delete(page.locator("#delete-all"))
        browser.wait_for("The recording is deleted.")
        assert not recording.trace.exists()
        assert page.locator("#approve").is_hidden()
        assert "Nothing of this recording is left" in page.inner_text("#state")
        code, said = recording.end()
        assert code == 0 and "deleted" in said, (code, said)
        assert "review_rejected" in [entry["kind"] for entry in recording.ledger()]
    with_page(binaries, act)


def test_typed_times(binaries):
    """A stretch by its times, as they are typed; what is no time is said."""
    def act(recording, browser, _):
        page = browser.page
        page.fill("#from", "1:05")
        page.fill("#to", "soon")
        browser.press("Enter")
        browser.wait_for("times like 1:05")
        assert page.get_attribute("#to", "aria-invalid") == "true" and browser.focused()["id"] == "to"
        page.fill("#to", "0:05")
        browser.press("Enter")
        browser.wait_for("before the begin")
        page.fill("#to", "1:09")
        browser.press("Enter")
        page.wait_for_selector("#ask[open]")
        assert "7 lines" in page.inner_text("#ask-text") or "8 lines" in page.inner_text("#ask-text"), page.inner_text("#ask-text")
        browser.press("Tab", "Enter")
        browser.wait_for("Deleted.")
        for canary in GOES:
            assert_absent(recording.everything(), canary)
    with_page(binaries, act)


def test_two_pages(binaries):
    """Nobody deletes or approves what they do not see: another page, or the trace itself, changed."""
    def act(recording, browser, _):
        other = browser.context.new_page()
        other.goto(browser.page.url)
        wait_until(other, "document.getElementById('said').textContent.includes('lines')")
        browser.page.get_by_role("button", name="Delete all of thunderbird").click()
        browser.page.locator("#yes").click()
        browser.wait_for("Deleted.")
        other.locator("#approve").click()
        other.locator("#yes").click()
        wait_until(other, "document.getElementById('reached').textContent.includes('changed after this page showed it')")
        assert not pathlib.Path(f"{recording.trace}.review.json").exists()
        with open(recording.trace, "ab") as file:
            file.write(b"\n")
        browser.page.locator("#approve").click()
        browser.page.locator("#yes").click()
        browser.wait_for("changed while it was looked at")
        assert not pathlib.Path(f"{recording.trace}.review.json").exists()
        # The browser notes answers of 409 and 500 by itself.
        browser.problems = [each for each in browser.problems if "Failed to load resource" not in each]
    with_page(binaries, act)


def test_long(binaries):
    """A recording of 100,000 lines stays usable: it comes in pages."""
    def act(recording, browser, _):
        page = browser.page
        began = time.monotonic()
        assert page.locator(".entry").count() == 200
        assert "of 100,001" in page.inner_text("#range")
        page.locator("[data-page=last]").first.click()
        browser.wait_for("to 100,001 of 100,001")
        page.locator("[data-page=first]").click()
        browser.wait_for("Lines 1 to 200")
        page.fill("#at", "1:00:00")
        browser.press("Enter")
        browser.wait_for("Lines 28,802 to 29,001")
        assert browser.focused()["text"] == "1:00:00.000", browser.focused()
        page.select_option("#kind", "text")
        browser.wait_for("6,250 lines")
        page.locator("[data-page=later]").first.click()
        browser.wait_for("Lines 201 to 400 of 6,250")
        print(f"    100,001 lines: five pages in {time.monotonic() - began:.1f} s", flush=True)
    with_page(binaries, act, lines=100_000)


def test_without_a_page(binaries):
    """For who looked elsewhere; and nothing is approved that changed, is being recorded or names no consent."""
    recording = Recording(binaries)
    try:
        recording.command("review", "--approve", recording.trace)
        assert recording.approval()["decision"] == "elsewhere"
        assert [entry["kind"] for entry in recording.ledger()][-1] == "review_approved"
        recording.command("review", "--take-back", recording.trace)
        assert not pathlib.Path(f"{recording.trace}.review.json").exists()
        assert [entry["kind"] for entry in recording.ledger()][-1] == "review_rejected"
        refused = recording.command("review", "--approve", recording.folder / "nothing.mcap", check=False)
        assert refused.returncode == 1 and refused.stderr, refused
        # A ledger that cannot be written: nothing is approved.
        ledger = recording.folder / "home" / "overt" / "ledger.jsonl"
        ledger.unlink()
        ledger.mkdir()
        refused = recording.command("review", "--approve", recording.trace, check=False)
        assert refused.returncode == 1 and "ledger" in refused.stderr, refused
        assert not pathlib.Path(f"{recording.trace}.review.json").exists()
    finally:
        recording.close()


def test_export(binaries):
    """L53, G11: nothing is exported that was not approved as it is; what is deleted later goes out of the dataset too."""
    from playwright.sync_api import sync_playwright
    recording = Recording(binaries)
    try:
        policy, receipt = recording.folder / "policy.json", recording.folder / "receipt.json"
        recording.command("policy", "new", "--app", "mousepad", "--app", "thunderbird", "--app", "chromium", "--out", policy)
        recording.command("consent", "new", "--policy", policy, "--out", receipt, "--i-agree", "--purpose", PURPOSE)
        agreed = json.loads(receipt.read_text())
        recording.trace.unlink()
        recording.write(None, agreed["receipt_id"] if "receipt_id" in agreed else agreed["record_id"], agreed["policy_digest"])
        out = recording.folder / "set"
        export = ("export", "--receipt", receipt, "--purpose", PURPOSE, "--out", out, "--gallery", recording.trace)
        refused = recording.command(*export, check=False)
        assert refused.returncode == 1 and f"overt review {recording.trace}" in refused.stderr, refused.stderr
        assert not out.exists(), "something was written of what nobody approved"
        recording.command("review", "--approve", recording.trace)
        recording.command(*export)
        before = b"".join(path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file())
        assert GOES[0].encode() in before and STAYS.encode() in before, "the control: the dataset has not the texts"
        with sync_playwright() as playwright:
            browser = Browser(playwright)
            try:
                browser.open(recording.review())
                assert "Approved as it is now" in browser.page.inner_text("#state")
                browser.page.get_by_role("button", name="Delete all of thunderbird").click()
                browser.page.locator("#yes").click()
                browser.wait_for("Deleted.")
                assert "Not approved" in browser.page.inner_text("#state"), "the approval of what was there before holds on"
            finally:
                browser.close()
        recording.end()
        everything = recording.everything()
        for canary in GOES:
            assert_absent(everything, canary)
        refused = recording.command(*export, check=False)
        assert refused.returncode == 1 and "overt review" in refused.stderr, refused.stderr
        # Approved, then changed by one byte.
        recording.command("review", "--approve", recording.trace)
        with open(recording.trace, "r+b") as file:
            file.seek(-20, os.SEEK_END)
            byte = file.read(1)
            file.seek(-20, os.SEEK_END)
            file.write(bytes([byte[0] ^ 1]))
        refused = recording.command("export", "--receipt", receipt, "--purpose", PURPOSE, "--out", recording.folder / "changed",
                                    recording.trace, check=False)
        assert refused.returncode == 1 and "changed afterwards" in refused.stderr, refused.stderr
    finally:
        recording.close()


TESTS = {name[5:]: test for name, test in list(globals().items()) if name.startswith("test_")}


def main():
    arguments = sys.argv[1:]
    if "--keep" in arguments:
        at = arguments.index("--keep")
        KEEP[0] = pathlib.Path(arguments[at + 1]).resolve()
        KEEP[0].mkdir(parents=True, exist_ok=True)
        del arguments[at:at + 2]
    binaries, wanted = pathlib.Path(arguments[0]).resolve(), arguments[1:] or list(TESTS)
    if CHROMIUM is None:
        print("skipped: Chromium is not installed")
        return 77
    if not (binaries / "review_sample").exists():
        print(f"skipped: {binaries} has no review_sample")
        return 77
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError:
        python, why = python_library(ROOT / "build" / "interop", "playwright, axe_playwright_python", PACKAGES, "browser")
        if python is None or os.environ.get("OVERT_REVIEW_PYTHON"):
            print(f"skipped: {why}")
            return 77
        os.environ["OVERT_REVIEW_PYTHON"] = "1"
        os.execv(python, [str(python), *sys.argv])
    failed = 0
    for name in wanted:
        try:
            TESTS[name](binaries)
            print(f"ok {name}", flush=True)
        except Exception:
            failed += 1
            traceback.print_exc()
            print(f"FAILED {name}", flush=True)
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
