"""Writes counting.json from the notice-*.json beside it: a second implementation of working days that shares nothing with libs/calendar.

Run it in this folder: python3 generate.py
"""

import datetime
import glob
import json

SOURCE = (
    "Counted by generate.py from the days of notice-*.json. The 248 working days of 2025 are also those of the Ministry of Human Resources and "
    "Social Security (人社部发〔2025〕2号: 365 - 104 - 13)."
)
NOTE = (
    "add: the N-th working day after DATE, which is not counted (DQ-08). count: working days of FROM to TO, both included. Where a date counted lies "
    "in a year without a notice, its Monday to Friday are taken for working days and the answer is provisional."
)

named, known = {}, set()
for path in sorted(glob.glob("notice-*.json")):
    known.add(int(path[7:11]))
    for vector in json.load(open(path, encoding="utf-8"))["vectors"]:
        named[vector["date"]] = vector["answer"]


def judge(date):
    text = date.isoformat()
    if text in named:
        return named[text], True
    return date.weekday() < 5, date.year in known


def after(date, n):
    certain = True
    while n > 0:
        date += datetime.timedelta(days=1)
        working, sure = judge(date)
        certain = certain and sure
        n -= working
    return date, certain


def between(first, last):
    days = [judge(first + datetime.timedelta(days=i)) for i in range((last - first).days + 1)]
    return sum(working for working, _ in days), all(sure for _, sure in days)


def vector(answer, certain, **question):
    return {**question, "answer": answer, **({} if certain else {"provisional": True})}


day = datetime.date.fromisoformat
vectors = []
for date, n in [
    ("2026-01-23", 20), ("2026-02-10", 20), ("2026-04-20", 20), ("2026-09-15", 20), ("2025-01-13", 20), ("2024-09-10", 20),
    ("2026-03-02", 1), ("2026-03-01", 1), ("2026-03-01", 0), ("2026-05-08", 1), ("2026-04-30", 1), ("2025-12-31", 1), ("2024-12-31", 1),
    ("2024-02-09", 1), ("2025-09-26", 3), ("2023-12-31", 1), ("1999-12-30", 3), ("2098-12-31", 2),
]:
    found, certain = after(day(date), n)
    vectors.append(vector(found.isoformat(), certain, command="add", date=date, n=n))
for first, last in [
    ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31"), ("2026-02-01", "2026-02-28"),
    ("2026-02-14", "2026-02-14"), ("2026-02-15", "2026-02-15"), ("2025-10-01", "2025-10-08"), ("2025-12-29", "2026-01-04"),
    ("2023-12-31", "2024-01-02"), ("2099-01-01", "2099-01-31"),
]:
    days, certain = between(day(first), day(last))
    vectors.append(vector(days, certain, command="count", **{"from": first, "to": last}))
for date in ["2026-11-20", "2026-11-21", "2026-11-22", "1999-05-03", "2099-05-01", "2099-05-02"]:
    working, certain = judge(day(date))
    vectors.append(vector(working, certain, command="is", date=date))

head = json.dumps({"source": SOURCE, "note": NOTE}, ensure_ascii=False, indent=2)[:-2]
lines = ",\n".join("    " + json.dumps(each, ensure_ascii=False) for each in vectors)
with open("counting.json", "w", encoding="utf-8") as out:
    out.write(f'{head},\n  "vectors": [\n{lines}\n  ]\n}}\n')
