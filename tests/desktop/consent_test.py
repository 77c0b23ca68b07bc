#!/usr/bin/env python3
"""The life of a consent on the command line: asked, refused, signed, shown, renewed, withdrawn. Needs no display.

    tests/desktop/consent_test.py BIN_DIRECTORY [NAME...]

Each test has a folder and a home of its own. Ends with a line "N passed, N failed".
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

READER = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="


class Person:
    """Somebody with a home, a policy and the command line."""

    def __init__(self, overt):
        self.overt = overt
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="overt-consent-"))
        self.home = self.folder / "home"
        self.policy = self.folder / "policy.json"
        self.receipt = self.folder / "receipt.json"
        self.done("policy", "new", "--app", "mousepad", "--out", self.policy)

    def run(self, *words, said=""):
        apart = {**os.environ, "DISPLAY": ":29999", "XDG_DATA_HOME": str(self.folder / "data")}
        return subprocess.run([str(self.overt), *map(str, words)], input=said, capture_output=True, text=True, cwd=self.folder, env=apart)

    def done(self, *words, said="", code=0):
        outcome = self.run(*words, said=said)
        assert outcome.returncode == code, (words, outcome.returncode, outcome.stdout, outcome.stderr)
        return outcome.stdout + outcome.stderr

    def at_home(self, *words, **options):
        return self.done(*words, "--home", self.home, **options)

    def agree(self, *options):
        return self.at_home("consent", "new", "--policy", self.policy, "--out", self.receipt, "--i-agree", *options)

    def record(self, *options):
        """What `overt record` says before it needs a display; nothing is recorded here."""
        return self.done("record", "--receipt", self.receipt, "--policy", self.policy, "--out", self.folder / "t.jsonl",
                         "--for", "1", *(options or ("--home", self.home)), code=1)

    def read(self):
        return json.loads(self.receipt.read_text())

    def state(self):
        return [event["event_state"] for event in self.read()["events"]]


def test_asked(person):
    """G5: yes, no, silence, and a yes in another language; each is recorded, and only the yes is a consent."""
    for number, (said, language, agreed) in enumerate([("yes\n", "en", True), ("no\n", "en", False), ("", "en", False), ("Yes!\n", "en", False),
                                                       ("ja\n", "de", True), ("nein\n", "de", False), ("yes\n", "de", False)]):
        person.receipt = person.folder / f"{number}.json"
        text = person.at_home("consent", "new", "--policy", person.policy, "--out", person.receipt, "--language", language, said=said)
        assert ("Do you agree?" if language == "en" else "Sind Sie einverstanden?") in text, text
        assert person.state() == ["dpv:ConsentGiven" if agreed else "dpv:ConsentRefused"]
        assert person.read()["signature"]["key_id"].startswith("ed25519:")
        assert person.read()["language"] == language
        shown = person.at_home("consent", "show", person.receipt, code=0 if agreed else 1)
        assert ("NOW" if language == "en" else "JETZT") in shown
        assert ("the person refused" in shown) == (not agreed)
        if not agreed:
            assert "the person refused" in person.record()


def test_language(person):
    """A language that nobody wrote is an error, and nobody is asked."""
    text = person.done("consent", "new", "--policy", person.policy, "--out", person.receipt, "--language", "fr", "--i-agree",
                       "--home", person.home, code=1)
    assert "There is: en, de" in text, text
    assert not person.receipt.exists()
    person.agree("--language", "de")
    assert "Sie gilt, bis" in person.at_home("consent", "show", person.receipt)
    assert "it holds, until" in person.at_home("consent", "show", person.receipt, "--language", "en")


def test_notice_is_kept(person):
    """G6: what was shown is kept, and its digest is in the record; a changed notice is refused."""
    shown = person.agree()
    notice = person.folder / "receipt.json.notice.txt"
    assert notice.read_text() in shown
    assert hashlib.sha256(notice.read_bytes()).hexdigest() == person.read()["privacy_notice"]["sha256"]
    assert "No X server could be reached" in person.record()  # that far, and no further
    notice.write_text(notice.read_text().replace("mousepad", "everything"))
    assert "is not the one that the person read" in person.record()
    notice.unlink()
    assert "Put it back there" in person.record()


def test_forged(person):
    """Unsigned, changed, and signed by somebody else: refused, and the message says what to do."""
    person.agree()
    whole = person.receipt.read_text()
    person.receipt.write_text(whole.replace('"mousepad"', '"thunderbird"'))
    assert "changed after the person signed it" in person.record()
    assert "FORGED" in person.at_home("consent", "show", person.receipt, code=1)
    record = json.loads(whole)
    record["signature"] = {"alg": "ed25519", "key_id": "unsigned", "sig": ""}
    person.receipt.write_text(json.dumps(record))
    assert "overt consent sign" in person.record()
    other = person.folder / "other"
    person.done("consent", "sign", person.receipt, "--i-agree", "--home", other)
    assert "signed with another key" in person.record()
    assert "not the key of the person here" in person.at_home("consent", "show", person.receipt, code=1)
    refusal = person.record("--home", person.home, "--person-key", other / "person.pub")
    assert "signed" not in refusal, refusal
    person.at_home("consent", "sign", person.receipt, said="no\n", code=1)
    assert "signed with another key" in person.record()
    person.at_home("consent", "sign", person.receipt, said="yes\n")
    assert "signed" not in person.record()


def test_key(person):
    """A lost or exchanged key is said, and never made anew in silence."""
    person.agree()
    key = person.home / "person.key"
    assert key.stat().st_mode & 0o077 == 0
    kept = key.read_text()
    key.unlink()
    text = person.at_home("consent", "new", "--policy", person.policy, "--out", person.folder / "b.json", "--i-agree", code=1)
    assert "person.key is gone" in text, text
    other = person.folder / "other"
    person.done("consent", "new", "--policy", person.policy, "--out", person.folder / "c.json", "--i-agree", "--home", other)
    shutil.copy(other / "person.key", key)
    text = person.at_home("consent", "new", "--policy", person.policy, "--out", person.folder / "d.json", "--i-agree", code=1)
    assert "somebody exchanged one of them" in text, text
    key.write_text(kept)
    person.at_home("consent", "new", "--policy", person.policy, "--out", person.folder / "e.json", "--i-agree")
    empty = person.folder / "empty"
    assert "no key of a person" in person.record("--home", empty)
    assert not empty.exists()


def test_renew(person):
    """What is different is said, looser first; the chain goes on; no answer is a refusal."""
    person.agree("--purpose", "dpv:AcademicResearch", "--language", "en", "--months", "9", "--reader", "archive=" + READER)
    looser = person.folder / "looser.json"
    person.done("policy", "new", "--preset", "balanced", "--app", "mousepad", "--app", "thunderbird", "--out", looser)
    second = person.folder / "second.json"
    text = person.at_home("consent", "renew", person.receipt, "--policy", looser, "--old-policy", person.policy, "--out", second, said="yes\n")
    assert "Applications: in addition thunderbird (looser)" in text, text
    assert "text: " in text and "LOOSER" in text, text
    renewed = json.loads(second.read_text())
    assert renewed["events"][0]["event_state"] == "dpv:RenewedConsentGiven"
    assert renewed["prev_hash"] == hashlib.sha256(person.receipt.read_bytes()).hexdigest()
    assert renewed["pii_principal_id"] == person.read()["pii_principal_id"]
    assert renewed["processing"][0]["purpose"] == "dpv:AcademicResearch"
    assert renewed["events"][0]["validity_duration"] == "P9M"
    assert [each["party_id"] for each in renewed["parties"] if each.get("public_key") == READER] == ["archive"]
    assert "It renews the consent" in person.at_home("consent", "show", second)
    third = person.folder / "third.json"
    text = person.at_home("consent", "renew", second, "--policy", person.policy, "--old-policy", looser, "--out", third, said="")
    assert "Altogether stricter" in text, text
    assert json.loads(third.read_text())["events"][0]["event_state"] == "dpv:ConsentRefused"
    unknown = person.at_home("consent", "renew", second, "--policy", person.policy, "--out", person.folder / "f.json", "--i-agree")
    assert "not known here" in unknown and "Altogether" not in unknown
    wrong = person.at_home("consent", "renew", second, "--policy", person.policy, "--old-policy", person.policy,
                           "--out", person.folder / "g.json", "--i-agree", code=1)
    assert "is not the policy that the consent before was given for" in wrong
    second.write_text(second.read_text().replace("thunderbird", "firefox"))
    forged = person.at_home("consent", "renew", second, "--policy", looser, "--out", person.folder / "h.json", "--i-agree", code=1)
    assert "cannot be renewed" in forged
    # With the old receipt the new policy is refused, however it differs: it asks again.
    person.policy = looser
    assert "does not name" in person.record()


def test_withdraw(person):
    """G4: one step, without a reason; signed, or not when the key is gone."""
    person.agree()
    text = person.at_home("consent", "withdraw", person.receipt)
    assert "Withdrawn." in text and "destroyed: 0" in text
    assert person.state() == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert "the person withdrew it" in person.record()
    assert person.read()["signature"]["sig"]
    person.receipt = person.folder / "second.json"
    person.agree()
    (person.home / "person.key").unlink()
    person.at_home("consent", "withdraw", person.receipt)
    assert "the person withdrew it" in person.record()
    assert person.read()["signature"]["key_id"] == "unsigned"
    person.receipt = person.folder / "second.json"
    shutil.rmtree(person.home)
    person.home.write_text("not a folder")  # even then it ends; what could not be noted is said
    text = person.at_home("consent", "withdraw", person.receipt, code=1)
    assert "Withdrawn." in text and "ledger" in text


def test_presets(person):
    """G16: as data, each with the field that says that it is no legal advice; the references are asked for."""
    presets = {each["preset"]: each for each in json.loads(person.done("consent", "presets", "--json"))}
    assert set(presets) >= {"strict", "eu-employee", "de-employee", "fr-employee", "uk-employee", "us-notice-state", "us-other", "research-irb"}
    assert all("not legal advice" in each["not_legal_advice"] for each in presets.values())
    assert presets["eu-employee"]["retention_days"] == 30 and presets["eu-employee"]["needs_review"]
    assert "not legal advice" in person.done("consent", "presets")
    for preset, options in {"de-employee": ("--dpia", "D-1", "--agreement", "BV-1"), "uk-employee": ("--dpia", "D-1", "--agreement", "C-1"),
                            "research-irb": ("--irb", "IRB-1"), "us-notice-state": ()}.items():
        person.receipt = person.folder / f"{preset}.json"
        for left_out in range(0, len(options), 2):
            fewer = options[:left_out] + options[left_out + 2:]
            text = person.at_home("consent", "new", "--policy", person.policy, "--out", person.receipt, "--i-agree",
                                  "--preset", preset, *fewer, code=1)
            assert "requires" in text and not person.receipt.exists(), text
        person.agree("--preset", preset, *options)
        shown = person.at_home("consent", "show", person.receipt)
        assert all(reference in shown for reference in options[1::2]), shown


def test_publisher(person):
    """A policy that its publisher signed: named in the notice and the record; a changed one is refused."""
    key = person.folder / "it.key"
    said = person.done("policy", "sign", person.policy, "--publisher", "Acme IT", "--key", key)
    public = next(line.strip() for line in said.splitlines() if "ed25519:" in line)
    assert "laid down by Acme IT, and signed with the key " + public in person.agree("--publisher-key", public)
    parties = [each for each in person.read()["parties"] if each.get("party_role") == "overt:policy-publisher"]
    assert [(each["party_name"], each["party_id"]) for each in parties] == [("Acme IT", public)]
    assert "Acme IT" in person.at_home("consent", "show", person.receipt)
    other = person.folder / "other.json"
    shutil.copy(person.policy, other)
    refused = person.at_home("consent", "new", "--policy", other, "--out", person.folder / "b.json", "--i-agree", "--publisher-key", public, code=1)
    assert "not signed by its publisher" in refused
    person.done("policy", "sign", other, "--publisher", "Acme IT", "--key", person.folder / "mallory.key")
    refused = person.at_home("consent", "new", "--policy", other, "--out", person.folder / "b.json", "--i-agree", "--publisher-key", public, code=1)
    assert "another key than the publisher's" in refused
    person.policy.write_text(person.policy.read_text() + " ")
    refused = person.at_home("consent", "new", "--policy", person.policy, "--out", person.folder / "b.json", "--i-agree", code=1)
    assert "changed after it was published" in refused


def test_ledger(person):
    """G11: what was answered is in the ledger, and without a ledger there is no consent."""
    person.agree()
    person.at_home("consent", "withdraw", person.receipt)
    kinds = [json.loads(line)["kind"] for line in (person.home / "ledger.jsonl").read_text().splitlines() if '"kind"' in line]
    assert "consent_given" in kinds and "consent_withdrawn" in kinds, kinds
    (person.home / "ledger.jsonl").unlink()
    (person.home / "ledger.jsonl").mkdir()
    text = person.at_home("consent", "new", "--policy", person.policy, "--out", person.folder / "b.json", "--i-agree", code=1)
    assert "ledger" in text and not (person.folder / "b.json").exists()


def main():
    overt = pathlib.Path(sys.argv[1]).resolve() / "overt"
    tests = {name[5:]: function for name, function in globals().items() if name.startswith("test_")}
    passed = failed = 0
    for name in sys.argv[2:] or tests:
        person = Person(overt)
        try:
            tests[name](person)
            passed += 1
        except Exception:  # noqa: BLE001 - reported, and the others go on
            failed += 1
            print(f"FAILED: {name}")
            traceback.print_exc()
        finally:
            shutil.rmtree(person.folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
