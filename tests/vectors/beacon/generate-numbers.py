"""public-numbers.json: randomness from public numbers, in Python's standard library. Run in this folder.

A second implementation of section 9a of docs/draw-protocol.md, which shares nothing with libs/beacon. The numbers are made up.
"""

import copy
import hashlib
import json
import math
import struct
import unicodedata


def tlv(*items) -> bytes:
    out = b""
    for item in items:
        if isinstance(item, list):
            raw = tlv(*item)
        elif isinstance(item, int):
            raw = struct.pack(">Q", item)
        elif isinstance(item, str):
            raw = item.encode()
        else:
            raw = item
        out += struct.pack(">I", len(raw)) + raw
    return out


def digest(name: str, data: bytes) -> bytes:
    return hashlib.new(name, data).digest()


def canonical(value) -> bytes:
    # Enough of RFC 8785 for members in ASCII and integers.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def bits(definition) -> int:
    total = 0
    for series in definition["series"]:
        for group in series["groups"]:
            size = group["to"] - group["from"] + 1
            ways = math.comb(size, group["count"]) if group["kind"] == "set" else size ** group["count"]
            total += series["publications"] * (ways.bit_length() - 1)
    return total


def randomness(name: str, definition, entry) -> str:
    series = []
    for index, one in enumerate(entry["series"]):
        publications = []
        for publication in one["publications"]:
            numbers = []
            for group, values in zip(definition["series"][index]["groups"], publication["numbers"]):
                read = [int(unicodedata.normalize("NFKC", value).strip()) for value in values]
                numbers.append(sorted(read) if group["kind"] == "set" else read)
            issue = unicodedata.normalize("NFKC", publication["issue"]).strip()
            publications.append([issue, publication["publishedAt"], numbers])
        series.append(publications)
    return digest(name, tlv(definition["type"], digest(name, canonical(definition)), series)).hex()


definition = {
    "type": "dual-random/public-numbers/v1",
    "source": "numbers/two-lotteries",
    "series": [
        {
            "name": "双色球",
            "publisher": "中国福利彩票发行管理中心",
            "page": "https://lottery.example/ssq",
            "publications": 4,
            "groups": [
                {"name": "红球", "kind": "set", "count": 6, "from": 1, "to": 33},
                {"name": "蓝球", "kind": "sequence", "count": 1, "from": 1, "to": 16},
            ],
        },
        {
            "name": "排列5",
            "publisher": "国家体育总局体育彩票管理中心",
            "page": "https://lottery.example/pl5",
            "publications": 2,
            "groups": [{"name": "号码", "kind": "sequence", "count": 5, "from": 0, "to": 9}],
        },
    ],
}

not_before = "2026-03-02T01:20:00.000Z"
entry = {
    "typist": "li",
    "unitId": "230300-scj",
    "series": [
        {
            "pageDigest": hashlib.sha256(b"page of the first").hexdigest(),
            "before": {"issue": "2026023", "publishedAt": "2026-03-01T13:15:00.000Z"},
            "publications": [
                {"issue": "2026024", "publishedAt": "2026-03-03T13:15:00.000Z", "numbers": [["03", "07", "12", "20", "28", "33"], ["05"]]},
                {"issue": "2026025", "publishedAt": "2026-03-05T13:15:00.000Z", "numbers": [["01", "02", "15", "16", "17", "30"], ["16"]]},
                {"issue": "2026026", "publishedAt": "2026-03-08T13:15:00.000Z", "numbers": [["09", "11", "18", "21", "26", "31"], ["01"]]},
                {"issue": "2026027", "publishedAt": "2026-03-10T13:15:00.000Z", "numbers": [["04", "06", "08", "22", "23", "29"], ["12"]]},
            ],
        },
        {
            "pageDigest": hashlib.sha256(b"page of the second").hexdigest(),
            "before": {"issue": "26051", "publishedAt": "2026-03-01T12:30:00.000Z"},
            "publications": [
                {"issue": "26052", "publishedAt": "2026-03-02T12:30:00.000Z", "numbers": [["0", "9", "9", "4", "1"]]},
                {"issue": "26053", "publishedAt": "2026-03-03T12:30:00.000Z", "numbers": [["7", "0", "0", "2", "5"]]},
            ],
        },
    ],
}

# The same as another may write it: full-width digits, no leading zeros, a set in the order of its drawing.
other = copy.deepcopy(entry)
other.update(typist="wang", unitId="230300-gaj")
other["series"][0]["publications"][0]["numbers"] = [["２８", "３", "33", "7", "12", "20"], [" 5"]]
other["series"][1]["publications"][1]["issue"] = "２６０５３"

assert bits(definition) == 128
assert randomness("sha256", definition, entry) == randomness("sha256", definition, other)

vector = {
    "source": "generate-numbers.py",
    "note": "two entries of the same numbers, written differently; 128 bits exactly",
    "definition": definition,
    "notBefore": not_before,
    "entries": [entry, other],
    "bits": bits(definition),
    "hashes": {
        name: {"definition": digest(name, canonical(definition)).hex(), "randomness": randomness(name, definition, entry)} for name in ("sha256", "sm3")
    },
}

with open("public-numbers.json", "w", encoding="utf-8", newline="\n") as file:
    file.write(json.dumps(vector, ensure_ascii=False, indent=1) + "\n")
