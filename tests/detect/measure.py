#!/usr/bin/env python3
"""Precision and recall of `overt detect` on labelled text, per type, with Wilson's 95 % interval.

    measure.py OVERT [--data DIR] [--markdown] [--misses [HALF]]

OVERT is the built program (build/dev/bin/overt). DIR holds generated_sentences.json and recogniser_cases.json
(../shared/data/pii unless told). Without the data it says so and exits with 77. Sentences of odd templates are what the
detectors were tuned on; those of even templates are what is reported. A label is found when a span of its type overlaps
it; a span is right when it overlaps a label of its type. `--misses` shows what went wrong in the tuned half, so that
the other half stays unseen.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77

# Labels of the data, and our name for them.
TYPES = {
    "EMAIL_ADDRESS": "EMAIL",
    "CREDIT_CARD": "CARD",
    "US_SSN": "US_SSN",
    "PHONE_NUMBER": "PHONE",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
}

# Unit cases of single recognisers, by file, and the type (and rules) that count for each.
CASES = {
    "test_email_recognizer.py": ("EMAIL", None),
    "test_credit_card_recognizer.py": ("CARD", None),
    "test_us_ssn_recognizer.py": ("US_SSN", None),
    "test_us_itin_recognizer.py": ("US_ITIN", None),
    "test_phone_recognizer.py": ("PHONE", None),
    "test_tr_phone_number_recognizer.py": ("PHONE", None),
    "test_ph_mobile_number_recognizer.py": ("PHONE", None),
    "test_ip_recognizer.py": ("IP", None),
    "test_mac_recognizer.py": ("MAC", None),
    "test_aba_routing_recognizer.py": ("BANK_ACCOUNT", None),
    "test_us_bank_recognizer.py": ("BANK_ACCOUNT", None),
    "test_uk_nhs_recognizer.py": ("NATIONAL_ID", "uk_nhs"),
    "test_uk_nino_recognizer.py": ("NATIONAL_ID", "uk_nino"),
    "test_de_tax_id_recognizer.py": ("NATIONAL_ID", "de_tax_id"),
    "test_de_social_security_recognizer.py": ("NATIONAL_ID", "de_rvnr"),
    "test_es_nif_recognizer.py": ("NATIONAL_ID", "es_nif"),
    "test_es_nie_recognizer.py": ("NATIONAL_ID", "es_nie"),
    "test_it_fiscal_code_recognizer.py": ("NATIONAL_ID", "it_codice_fiscale"),
    "test_pl_pesel_recognizer.py": ("NATIONAL_ID", "pl_pesel"),
    "test_fi_personal_identity_code_recognizer.py": ("NATIONAL_ID", "fi_hetu"),
    "test_se_personnummer_recognizer.py": ("NATIONAL_ID", "se_personnummer"),
    "test_in_aadhaar_recognizer.py": ("NATIONAL_ID", "in_aadhaar"),
    "test_in_pan_recognizer.py": ("NATIONAL_ID", "in_pan"),
    "test_ca_sin_recognizer.py": ("NATIONAL_ID", "ca_sin"),
    "test_au_tfn_recognizer.py": ("NATIONAL_ID", "au_tfn"),
    "test_au_medicare_recognizer.py": ("NATIONAL_ID", "au_medicare"),
    "test_kr_rrn_recognizer.py": ("NATIONAL_ID", "kr_rrn"),
    "test_tr_national_id_recognizer.py": ("NATIONAL_ID", "tr_id"),
    "test_za_id_number_recognizer.py": ("NATIONAL_ID", "za_id"),
}


def wilson(right, n):
    """The interval in which a share lies with 95 % confidence (E. B. Wilson, 1927)."""
    if n == 0:
        return 0.0, 1.0
    z = 1.959964
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def detect(program, texts, *options):
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run([program, "detect", *options], input=lines, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(texts):
        sys.exit(f"{program} detect failed ({done.returncode}) on {len(texts)} texts: {done.stderr.strip()}")
    return [answer["spans"] for answer in answers]


def overlap(a_start, a_end, b_start, b_end):
    return a_start < b_end and b_start < a_end


class Count:
    def __init__(self):
        self.labels = self.found = self.spans = self.right = self.whole = 0


def count_half(sentences, spans_of, show):
    counts = {ours: Count() for ours in TYPES.values()}
    for sentence, spans in zip(sentences, spans_of):
        labels = [(TYPES[label["entity_type"]], label["start_position"], label["end_position"])
                  for label in sentence["spans"] if label["entity_type"] in TYPES]
        for ours, start, end in labels:
            count = counts[ours]
            count.labels += 1
            hits = [s for s in spans if s["type"] == ours and overlap(start, end, s["start"], s["end"])]
            count.found += bool(hits)
            count.whole += any(s["start"] <= start and s["end"] >= end for s in hits)
            if show and not hits:
                print(f"missed {ours}: {sentence['full_text'][max(0, start - 30):end + 20]!r}", file=sys.stderr)
        for span in spans:
            if span["type"] not in counts:
                continue
            count = counts[span["type"]]
            count.spans += 1
            good = any(ours == span["type"] and overlap(start, end, span["start"], span["end"])
                       for ours, start, end in labels)
            count.right += good
            if show and not good:
                text = sentence["full_text"]
                print(f"wrong {span['type']}: {text[max(0, span['start'] - 30):span['start']]!r} "
                      f"[{text[span['start']:span['end']]}] {text[span['end']:span['end'] + 20]!r}", file=sys.stderr)
    return counts


def share(right, n):
    if n == 0:
        return "-", "-"
    low, high = wilson(right, n)
    return f"{right / n:.3f}", f"{low:.3f}–{high:.3f}"


def table(rows, header):
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(header, widths)) + " |")
    print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("overt")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "pii")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()

    generated = given.data / "generated_sentences.json"
    cases_file = given.data / "recogniser_cases.json"
    if not generated.exists() or not cases_file.exists():
        print(f"skipped: the labelled text is not in {given.data}")
        return SKIPPED

    sentences = json.loads(generated.read_text(encoding="utf-8"))
    halves = {"tuned on (odd templates)": [s for s in sentences if s["template_id"] % 2 == 1],
              "held out (even templates)": [s for s in sentences if s["template_id"] % 2 == 0]}
    for name, half in halves.items():
        print(f"\n{name}: {len(half)} sentences\n")
        spans_of = detect(given.overt, [s["full_text"] for s in half])
        counts = count_half(half, spans_of, given.misses and name.startswith("tuned"))
        rows = []
        for ours, count in counts.items():
            recall, recall_range = share(count.found, count.labels)
            precision, precision_range = share(count.right, count.spans)
            rows.append((ours, count.labels, recall, recall_range, share(count.whole, count.labels)[0], count.spans,
                         precision, precision_range))
        table(rows, ("type", "labels", "recall", "95 %", "covered whole", "spans", "precision", "95 %"))

    print("\nunit cases of single recognisers, whatever the score they expect\n")
    cases = [case for case in json.loads(cases_file.read_text(encoding="utf-8")) if case["_file"] in CASES]
    spans_of = detect(given.overt, [case["text"] for case in cases])
    rows = []
    for file, (type_name, rule) in CASES.items():
        positives = found = negatives = quiet = 0
        for case, spans in zip(cases, spans_of):
            if case["_file"] != file:
                continue
            hits = [s for s in spans if s["type"] == type_name]
            if case.get("expected_len", 0) > 0:
                positives += 1
                found += len(hits) >= case["expected_len"]
            else:
                negatives += 1
                quiet += not hits
            if given.misses and (len(hits) < case.get("expected_len", 0) or (hits and not case.get("expected_len", 0))):
                print(f"{file}: expected {case.get('expected_len')} {rule or type_name}: {case['text']!r} -> "
                      f"{[(s['type'], s['rule'], s['score']) for s in spans]}", file=sys.stderr)
        rows.append((rule or type_name, positives, share(found, positives)[0], negatives, share(quiet, negatives)[0]))
    table(rows, ("of", "with one", "found", "without", "left alone"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
