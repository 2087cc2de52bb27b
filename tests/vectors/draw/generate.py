#!/usr/bin/env python3
"""Second implementation of the draw, protocol v1, written from docs/draw-protocol.md alone: it makes the vectors beside it.

It shares no code and no language with libs/draw. Needs Python 3.9 with an OpenSSL that has SM3, and `cryptography` for Ed25519.
Run it in this folder; it rewrites the .json files, and a run that changes one of them is a change of the protocol.
"""
import hashlib
import hmac as hmac_module
import json
from datetime import datetime, timezone
from fractions import Fraction

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM = "dual-random/draw/v1"


def digest(name, data):
    return hashlib.new(name, data).digest()


def hmac(name, key, data):
    return hmac_module.new(key, data, name).digest()


def tlv(*items):
    out = b""
    for item in items:
        if isinstance(item, str):
            item = item.encode("utf-8")
        elif isinstance(item, int):
            item = item.to_bytes(8, "big")
        elif isinstance(item, list):
            item = tlv(*item)
        out += len(item).to_bytes(4, "big") + item
    return out


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def ndjson(lines):
    return "".join(canonical(line) + "\n" for line in lines)


def hexof(name, text):
    return digest(name, text.encode("utf-8")).hex()


def unhex(text):
    return bytes.fromhex(text)


# Rule 1 and 2
def draw_id(name, region, subject, batch, attempt):
    if subject["kind"] == "plan-line":
        named = ["plan-line", subject["planId"], subject["lineId"]]
    elif subject["kind"] == "clue-task":
        named = ["clue-task", subject["taskId"]]
    else:
        named = ["redraw", unhex(subject["parentDrawId"])]
    return digest(name, tlv("draw", region, named, batch, attempt)).hex()


def blind(name, key, kind, draw, entity):
    salt = hmac(name, key, tlv("salt", kind, unhex(draw), entity))
    return salt.hex(), digest(name, tlv("leaf", kind, unhex(draw), salt, entity)).hex()


def drawn_element(name, key, draw, entity):
    salt = hmac(name, key, tlv("drawn", unhex(draw), entity))
    return salt.hex(), digest(name, tlv("drawn", unhex(draw), salt, entity)).hex()


# RFC 9162, by its recursive definitions
def mth(name, leaves):
    if len(leaves) == 0:
        return digest(name, b"")
    if len(leaves) == 1:
        return digest(name, b"\x00" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return digest(name, b"\x01" + mth(name, leaves[:k]) + mth(name, leaves[k:]))


def path(name, m, leaves):
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return path(name, m, leaves[:k]) + [mth(name, leaves[k:])]
    return path(name, m - k, leaves[k:]) + [mth(name, leaves[:k])]


# Rule 4
def count(mapped, eligible, rule):
    if rule["kind"] == "count":
        raw = Fraction(rule["count"])
        whole = rule["count"]
    else:
        ratio, share = rule["ratio"], rule["batchShare"]
        raw = (mapped if rule["base"] == "mapped" else eligible) * Fraction(ratio["numerator"], ratio["denominator"])
        raw *= Fraction(share["numerator"], share["denominator"])
        whole = -((-raw.numerator) // raw.denominator) if rule["rounding"] == "up" else (raw + Fraction(1, 2)).__floor__()
    return {"numerator": raw.numerator, "denominator": raw.denominator}, min(whole, eligible)


# Rules 8 and 9
def seed(name, commitment, beacons, reveals):
    # Public numbers have no round (§9a).
    outputs = [[b["source"], b.get("round", 0), unhex(b["randomness"])] for b in sorted(beacons, key=lambda b: b["source"].encode())]
    opened = [[r["unitId"], unhex(r["secret"])] for r in sorted(reveals, key=lambda r: r["unitId"].encode())]
    return digest(name, tlv(ALGORITHM, name, unhex(commitment), outputs, opened)).hex()


def elegy(name, code, randomness, label):
    return hmac(name, hmac(name, code, randomness), label + b"\x01")


def rank(name, z, context, labels):
    code = hmac(name, unhex(z), canonical(context).encode())
    pairs = [(elegy(name, code, ALGORITHM.encode(), label.encode()).hex(), label) for label in labels]
    return [{"label": label, "ticket": ticket} for ticket, label in sorted(pairs)]


def draw(name, z, roster, strata, sizes):
    drawn = []
    for stratum in strata:
        members = [r["label"] for r in roster if r["stratum"] == stratum["stratum"] and not r["excluded"]]
        ranked = rank(name, z, ["object", stratum["stratum"]], members)[: stratum["n"]]
        drawn.append({"stratum": stratum["stratum"], "drawn": ranked, "cutOff": ranked[-1]["ticket"] if ranked else None})
    order = [r["label"] for r in rank(name, z, ["order"], [d["label"] for s in drawn for d in s["drawn"]])]
    batches = []
    for size in sizes:
        batches.append(order[:size])
        order = order[size:]
    return drawn, batches


# Rule 10
def match(name, z, drawn, inputs):
    extra = {}
    matches = []
    for stratum in drawn:
        for one in stratum["drawn"]:
            label, teams, shortages, leader = one["label"], [], [], None
            for unit in sorted(inputs, key=lambda u: u["unitId"].encode()):
                needs = next((o for o in unit["objects"] if o["label"] == label), {"specialities": [], "recusals": [], "lastInspectors": []})
                pool, out = candidates(unit, needs, extra)
                paired = unit["selection"]["paired"]
                size = max(unit["teamSize"], 2) if paired else unit["teamSize"]
                sides = {i["homeKind"] for _, i in pool}
                missing = next((k for k in ("OFFICE", "STATION") if k not in sides), None) if paired else None
                if len(pool) < size or missing:
                    ruled = [{"filter": f, "count": out[f]} for f in sorted(out)]
                    shortages.append({"unitId": unit["unitId"], "needed": size, "available": len(pool), "missingSide": missing, "ruledOut": ruled})
                    continue
                tickets = {r["label"]: r["ticket"] for r in rank(name, z, ["inspector", unit["unitId"], label], [i["label"] for _, i in pool])}
                pool.sort(key=lambda c: (c[0], tickets[c[1]["label"]]))
                team = []
                if paired:
                    team = [next(c for c in pool if c[1]["homeKind"] == side) for side in ("OFFICE", "STATION")]
                team += [c for c in pool if c not in team][: size - len(team)]
                team.sort(key=lambda c: (c[0], tickets[c[1]["label"]]))
                members = [c[1]["label"] for c in team]
                for member in members:
                    extra[member] = extra.get(member, 0) + 1
                teams.append({"unitId": unit["unitId"], "members": members})
                if unit["initiator"]:
                    leader = min(members, key=lambda m: tickets[m])
            matches.append({"position": len(matches) + 1, "object": label, "stratum": stratum["stratum"], "teams": teams, "leader": leader, "shortages": shortages})
    return matches


def candidates(unit, needs, extra):
    pool, out = [], {}
    for i in unit["inspectors"]:
        cap = unit["loadCap"]
        above = cap is not None and i["load"] + extra.get(i["label"], 0) >= cap["cap"]
        last = unit["lastInspector"] != "ignore" and i["label"] in needs["lastInspectors"]
        stations = unit["selection"]["stations"]
        place = unit["selection"]["offices"] if i["homeKind"] == "OFFICE" else stations is None or i["homeUnitId"] in stations
        reasons = [
            ("place", not place),
            ("qualification", i["validTo"] is None or i["validTo"] < unit["day"]),
            ("speciality", any(s not in i["specialities"] for s in needs["specialities"])),
            ("recusal", any(r["inspector"] == i["label"] for r in needs["recusals"])),
            ("status", not i["available"]),
            ("load", above and cap["rule"] == "strict"),
            ("last-inspector", last and unit["lastInspector"] == "strict"),
        ]
        first = next((reason for reason, holds in reasons if holds), None)
        if first:
            out[first] = out.get(first, 0) + 1
        else:
            pool.append((2 * above + last, i))
    return pool, out


# Rule 5 and 15
def head(name, previous, seq, kind, entry):
    return digest(name, tlv("log", unhex(previous) if previous else b"", seq, kind, unhex(entry))).hex()


def to_sign(kind, region, drawid, entry):
    return tlv("dual-random/sig/v1", kind, region, unhex(drawid) if drawid else b"", unhex(entry))


class Signer:
    def __init__(self, key_id, secret):
        self.key_id, self.key = key_id, Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, kind, region, drawid, entry):
        return {"keyId": self.key_id, "signature": self.key.sign(to_sign(kind, region, drawid, entry)).hex()}


def write(name, value):
    with open(name, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")


def fixed(text):
    """Thirty-two bytes that anyone can make again."""
    return hashlib.sha256(text.encode()).digest()


# §4
def drawn_before(why, number="-"):
    """The evidence of a repeat."""
    return f"{fixed('before').hex()} {fixed('label before').hex()} {number} {why}"


LINE = {"kind": "plan-line", "planId": "plan-2026", "lineId": "line-01"}
CLUE = {"kind": "clue-task", "taskId": "task-07", "clueIds": ["clue-1", "clue-2"]}


def label_vectors():
    cases = []
    for name in ("sha256", "sm3"):
        for region, subject, batch, attempt in (("230300", LINE, 1, 1), ("230381", LINE, 12, 3), ("230300", CLUE, 1, 1)):
            d = draw_id(name, region, subject, batch, attempt)
            key = fixed("K " + d)
            entities = []
            for kind, entity in (("object", "91230300MA18XYZ01R"), ("object", "o-2"), ("inspector", "i-2"), ("object", "企业-三")):
                salt, label = blind(name, key, kind, d, entity)
                drawn_salt, element = drawn_element(name, key, d, entity)
                entities.append({"kind": kind, "id": entity, "salt": salt, "label": label, "drawnSalt": drawn_salt, "drawnDigest": element})
            cases.append({
                "hash": name, "parts": {"regionCode": region, "subject": subject, "batch": batch, "attempt": attempt}, "drawId": d,
                "key": key.hex(), "keyDigest": digest(name, tlv("key", unhex(d), key)).hex(), "entities": entities,
            })
    return cases


def merkle_vectors():
    # The eight leaves and nine roots that Certificate Transparency implementations publish (google/certificate-transparency, Apache-2.0).
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    published = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    raw = [unhex(leaf) for leaf in leaves]
    for size, root in enumerate(published):
        assert mth("sha256", raw[:size]).hex() == root, size
    paths = [
        {"hash": name, "size": size, "index": index, "path": [p.hex() for p in path(name, index, raw[:size])], "root": mth(name, raw[:size]).hex()}
        for name in ("sha256", "sm3") for size in (1, 2, 3, 5, 6, 7, 8) for index in range(size)
    ]
    return {"leaves": leaves, "roots": published, "paths": paths}


# The named colours of CSS Color Module Level 4, section 6.1.
CANDIDATES = """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan
    darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray
    darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow
    grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink
    lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
    mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen
    seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
""".split()


def elegy_vectors():
    # draft-thomson-elegy-vrs, "Example Usage": two iterations, tickets as printed there (cut to 27 characters by the draft).
    rounds = [
        ("5346f2efb5397a6788fc1f1d9c05c6d3f2abe9b7d16d8592a3695b6dbe9f2456", [
            ("lavenderblush", "002ed527ae0a44a86c205d1cdba"), ("blue", "03f710be2b61a6f9c3f89aa5ab5"), ("darkgoldenrod", "08bab81380d7f0769cecf9969a8"),
            ("mediumvioletred", "0c26494fa81f3aed8a9f66e77b7"), ("bisque", "0e1af5d1ccfd44de075cc0bb6d5"), ("lightpink", "13a07cc9abf3b737e49a62b0634")]),
        ("2f70f884997ce80771adbefbbbc6c71a1b921da71896c25ca0f64966bfd0c8ce", [
            ("aqua", "00d1c59a9f1b581060a9e732e91"), ("darkgray", "02b514b0b1807bfe086db524f40"), ("cornflowerblue", "0337add95eac62a356b020a273a")]),
    ]
    randomness = "1.2.3.4.5.6./1.2.3.4.5.6./1.2.3.4.5.6./"
    out = []
    for code, labels in rounds:
        for label, ticket in labels:
            assert elegy("sha256", unhex(code), randomness.encode(), label.encode()).hex().startswith(ticket), label
        out.append({"code": code, "labels": [{"label": label, "ticketHead": ticket} for label, ticket in labels]})
    return {"source": "draft-thomson-elegy-vrs, section Example Usage; candidates: the named colours of CSS Color Module Level 4, section 6.1, of which the printed labels are the first", "candidates": CANDIDATES, "randomness": randomness, "iterations": out}


def rank_vectors():
    cases = []
    for name in ("sha256", "sm3"):
        z = fixed("Z").hex()
        labels = [fixed(f"label {i}").hex() for i in range(9)]
        for context in (["object", "A"], ["object", "甲类"], ["inspector", "u-1", labels[0]], ["order"]):
            cases.append({"hash": name, "seed": z, "context": context, "labels": labels, "ranked": rank(name, z, context, labels)})
    return cases


def public_numbers(name):
    """The output of ../beacon/public-numbers.json as a transcript has it; randomness is that file's."""
    with open("../beacon/public-numbers.json", encoding="utf-8") as file:
        vector = json.load(file)
    groups = [one["groups"] for one in vector["definition"]["series"]]
    read = lambda of, texts: sorted(map(int, texts)) if of["kind"] == "set" else list(map(int, texts))
    series = [
        {"publications": [{**one, "numbers": [read(of, texts) for of, texts in zip(groups[index], one["numbers"])]} for one in typed["publications"]]}
        for index, typed in enumerate(vector["entries"][0]["series"])
    ]
    return {"source": vector["definition"]["source"], "randomness": vector["hashes"][name]["randomness"], "series": series}


def seed_vectors():
    beacons = [
        {"source": "region/230900", "round": 77, "randomness": fixed("r2").hex(), "signature": ""},
        {"source": "drand/quicknet", "round": 9007199254740991, "randomness": fixed("r1").hex(), "signature": ""},
    ]
    reveals = [{"unitId": "u-9", "secret": fixed("s9").hex()}, {"unitId": "u-10", "secret": fixed("s10").hex()}]
    cases = []
    for name in ("sha256", "sm3"):
        for b, r in ((beacons, reveals), (beacons[:1], []), (list(reversed(beacons)), list(reversed(reveals))), ([public_numbers(name), *beacons], reveals)):
            commitment = fixed("S").hex()
            tips = [digest(name, tlv("tip", unhex(commitment), one["unitId"], unhex(one["secret"]))).hex() for one in r]
            cases.append({"hash": name, "commitment": commitment, "beacons": b, "reveals": r, "seed": seed(name, commitment, b, r), "tipsUnderDrawIdEqualToCommitment": tips})
    return cases


def count_vectors():
    def ratio(n, d, base, rounding, share=(1, 1)):
        return {"kind": "ratio", "ratio": {"numerator": n, "denominator": d}, "batchShare": {"numerator": share[0], "denominator": share[1]}, "base": base, "rounding": rounding}

    rules = []
    for rounding in ("up", "half-up"):
        for base in ("mapped", "eligible"):
            rules += [ratio(3, 100, base, rounding), ratio(301, 10000, base, rounding), ratio(1, 2, base, rounding), ratio(1, 1, base, rounding), ratio(1, 1, base, rounding, (1, 3)), ratio(0, 1, base, rounding)]
    rules += [{"kind": "count", "count": c} for c in (0, 7, 40)]
    cases = []
    for mapped, eligible in ((0, 0), (1, 1), (1, 0), (33, 30), (50, 49), (100, 100), (101, 4), (500000, 499999)):
        for rule in rules:
            raw, n = count(mapped, eligible, rule)
            cases.append({"mapped": mapped, "eligible": eligible, "rule": rule, "raw": raw, "n": n})
    return cases


def inspectors(name, key, d, unit, rows):
    out = []
    for entity, home, home_unit, specialities, valid_to, available, load in rows:
        salt, label = blind(name, key, "inspector", d, entity)
        out.append({"label": label, "id": entity, "salt": salt, "homeKind": home, "homeUnitId": home_unit, "specialities": specialities, "validTo": valid_to, "available": available, "load": load})
    return out


def bundle(name):
    """A whole draw of fourteen objects in three strata, two of them excluded, with one tip, two units and one demo log."""
    region = "230300"
    d = draw_id(name, region, LINE, 1, 1)
    key = fixed("bundle K")
    registry, drawing = Signer("registry-230300", fixed("registry")), Signer("drawing-230300", fixed("drawing"))
    strata_of = ["A", "A", "A", "A", "A", "B", "B", "B", "B", "丙", "丙", "丙", "丙", "丙"]
    excluded = {4: ("REPEAT_BAR", drawn_before("BARRED")), 8: ("SANDBOX", "证据 8")}
    objects, roster, exclusions = [], [], []
    for index, stratum in enumerate(strata_of):
        entity = f"obj-{index:02d}"
        salt, label = blind(name, key, "object", d, entity)
        grade = {"value": stratum, "source": "GENERAL_RESULT", "asOf": "2026-02-28T16:00:00.000Z"} if stratum != "丙" else None
        objects.append({"label": label, "id": entity, "salt": salt, "ownerRegion": region, "stratum": stratum, "grade": grade, "needs": ["FOOD"] if index % 3 == 0 else []})
        roster.append({"label": label, "stratum": stratum, "excluded": index in excluded})
        if index in excluded:
            exclusions.append({"label": label, "ground": excluded[index][0], "evidence": excluded[index][1]})
    roster.sort(key=lambda r: r["label"])
    objects_text = ndjson(sorted(objects, key=lambda o: o["label"]))
    nonce = fixed("exclusion nonce").hex()
    exclusions_text = ndjson([{"nonce": nonce, "type": "dual-random/exclusions/v1"}] + sorted(exclusions, key=lambda e: e["label"]))
    roster_text = ndjson(roster)
    sizes = [{"stratum": s, "mapped": sum(r["stratum"] == s for r in roster), "eligible": sum(r["stratum"] == s and not r["excluded"] for r in roster)} for s in sorted(set(strata_of), key=str.encode)]
    snapshot = {
        "type": "dual-random/snapshot/v1", "hash": name, "regionCode": region, "drawId": d, "asOf": "2026-03-02T01:00:00.000Z",
        "creditLoadDigest": fixed("credit load").hex(), "registrationLoadDigest": fixed("registration load").hex(),
        "root": mth(name, [tlv(unhex(r["label"]), r["stratum"]) for r in roster]).hex(), "rosterDigest": hexof(name, roster_text), "strata": sizes,
        "exclusions": {"counts": [{"ground": "MERGED", "count": 2}], "privateFileDigest": hexof(name, exclusions_text)},
        "privateFileDigest": hexof(name, objects_text), "keyDigest": digest(name, tlv("key", unhex(d), key)).hex(),
    }
    snapshot_digest = hexof(name, canonical(snapshot))
    snapshot_signature = registry.sign("snapshot", region, d, snapshot_digest)

    by_id = {o["id"]: o["label"] for o in objects}
    one = inspectors(name, key, d, "u-1", [
        ("ins-1", "OFFICE", "u-1", ["FOOD"], "2026-12-31", True, 0), ("ins-2", "OFFICE", "u-1", ["FOOD", "DRUG"], "2026-03-20", True, 2),
        ("ins-3", "STATION", "s-1", ["FOOD"], "2027-01-01", True, 0), ("ins-4", "STATION", "s-1", [], "2027-01-01", True, 1),
        ("ins-5", "STATION", "s-2", ["FOOD"], "2026-03-19", True, 0), ("ins-6", "STATION", "s-2", ["FOOD"], None, True, 0),
        ("ins-7", "STATION", "s-2", ["FOOD"], "2027-01-01", False, 0), ("ins-8", "STATION", "s-2", ["FOOD"], "2027-01-01", True, 0)])
    two = inspectors(name, key, d, "u-2", [
        ("ins-11", "STATION", "s-8", [], "2027-01-01", True, 0), ("ins-12", "STATION", "s-9", [], "2027-01-01", True, 3),
        ("ins-13", "STATION", "s-9", [], "2027-01-01", True, 0), ("ins-14", "OFFICE", "u-2", [], "2027-01-01", True, 0)])
    needs_one = [{"label": o["label"], "specialities": o["needs"], "recusals": [{"inspector": one[2]["label"], "ground": "RELATIVE"}] if o["id"] == "obj-06" else [],
                  "lastInspectors": [one[0]["label"]] if o["id"] in ("obj-00", "obj-03") else []} for o in objects if o["needs"] or o["id"] == "obj-06"]
    inputs = [
        {"drawId": d, "unitId": "u-2", "nonce": fixed("nonce u-2").hex(), "day": "2026-03-20", "teamSize": 2, "initiator": False,
         "selection": {"mode": "MULTI_STATION", "ground": "STAFFING", "offices": False, "stations": ["s-8", "s-9"], "paired": False},
         "loadCap": {"cap": 4, "rule": "strict"}, "lastInspector": "ignore", "inspectors": two, "objects": []},
        {"drawId": d, "unitId": "u-1", "nonce": fixed("nonce u-1").hex(), "day": "2026-03-20", "teamSize": 2, "initiator": True,
         "selection": {"mode": "OFFICE_AND_STATIONS", "ground": "GEOGRAPHY", "offices": True, "stations": None, "paired": True},
         "loadCap": {"cap": 2, "rule": "prefer"}, "lastInspector": "prefer", "inspectors": one, "objects": needs_one},
    ]
    match_inputs = []
    for unit in sorted(inputs, key=lambda u: u["unitId"]):
        top = {k: v for k, v in unit.items() if k not in ("inspectors", "objects")} | {"type": "dual-random/match-input/v1"}
        lines = [top] + [{"inspector": i} for i in sorted(unit["inspectors"], key=lambda i: i["label"])] + [{"object": o} for o in sorted(unit["objects"], key=lambda o: o["label"])]
        match_inputs.append({"unitId": unit["unitId"], "digest": hexof(name, ndjson(lines))})

    def ratio(n, den, base, rounding):
        return {"kind": "ratio", "ratio": {"numerator": n, "denominator": den}, "batchShare": {"numerator": 1, "denominator": 1}, "base": base, "rounding": rounding}

    rules = {"A": ratio(1, 3, "mapped", "up"), "B": ratio(1, 2, "eligible", "half-up"), "丙": {"kind": "count", "count": 3}}
    strata = []
    for size in sizes:
        raw, n = count(size["mapped"], size["eligible"], rules[size["stratum"]])
        strata.append(size | {"rule": rules[size["stratum"]], "raw": raw, "n": n})
    secret = {"unitId": "superior-2300", "secret": fixed("reveal").hex()}
    beacon = {"source": "self/230300", "kind": "self", "scheme": "bls-unchained-g1-rfc9380", "publicKey": "ab" * 96, "genesisTime": 1767225600, "periodSeconds": 30, "round": 172991}
    commitment = {
        "type": "dual-random/commitment/v1", "algorithm": ALGORITHM, "hash": name, "assurance": "self", "regionCode": region, "subject": LINE, "batch": 1, "attempt": 1,
        "drawId": d, "organiserUnitId": "u-1", "committedAt": "2026-03-02T01:05:00.000Z", "delaySeconds": 1800, "marginSeconds": 600, "revealWindowSeconds": 600,
        "snapshot": snapshot, "snapshotSignature": snapshot_signature, "policyDigest": fixed("policy").hex(), "subjectDigest": fixed("line").hex(), "strata": strata,
        "batchSizes": [4, 3], "matchInputs": match_inputs, "beacons": [beacon],
        "tips": [{"unitId": secret["unitId"], "tip": digest(name, tlv("tip", unhex(d), secret["unitId"], unhex(secret["secret"]))).hex()}],
        "witnesses": {"count": 0, "quorum": 0}, "publicOpening": "drawn-set",
    }
    assert sum(s["n"] for s in strata) == sum(commitment["batchSizes"])
    s_digest = hexof(name, canonical(commitment))
    outputs = [{"source": "self/230300", "round": 172991, "randomness": fixed("randomness").hex(), "signature": "cd" * 48}]
    z = seed(name, s_digest, outputs, [secret])
    drawn, batches = draw(name, z, roster, strata, commitment["batchSizes"])
    ids = {o["label"]: o["id"] for o in objects}
    drawn_set = sorted(drawn_element(name, key, d, ids[one["label"]])[1] for s in drawn for one in s["drawn"])

    genesis = {"type": "dual-random/region-log/v1", "regionCode": region, "demo": True, "hash": name, "startedAt": "2026-01-01T00:00:00.000Z", "keys": [
        {"keyId": "registry-230300", "role": "registry", "algorithm": "ed25519", "publicKey": registry.public},
        {"keyId": "drawing-230300", "role": "drawing", "algorithm": "ed25519", "publicKey": drawing.public},
        {"keyId": "beacon-230300", "role": "beacon", "algorithm": "bls12381-g2", "publicKey": "ab" * 96}]}
    entries, previous = [], ""
    records = [("genesis", None, hexof(name, canonical(genesis)), drawing), ("snapshot", d, snapshot_digest, registry), ("commitment", d, s_digest, drawing)]
    for seq, (kind, of, entry, signer) in enumerate(records):
        entries.append({"seq": seq, "kind": kind, "drawId": of, "digest": entry, "head": head(name, previous, seq, kind, entry), **signer.sign(kind, region, of, entry), "receivedAt": f"2026-03-02T01:0{seq}:00.000Z"})
        previous = entries[-1]["head"]
    proofs = [{k: v for k, v in e.items() if k not in ("drawId", "receivedAt")} | {"previous": entries[i]["head"]} for i, e in enumerate(entries[1:])]
    transcript = {
        "type": "dual-random/transcript/v1", "algorithm": ALGORITHM, "hash": name, "regionCode": region, "drawId": d, "commitment": s_digest, "beacons": outputs,
        "reveals": [secret], "seed": z, "strata": drawn, "batches": batches, "drawnSet": drawn_set, "log": {"genesis": genesis, "entries": proofs},
    }
    transcript_digest = hexof(name, canonical(transcript))
    record = {"type": "dual-random/match/v1", "drawId": d, "transcriptDigest": transcript_digest, "nonce": fixed("match nonce").hex(), "matches": match(name, z, drawn, inputs)}
    opened = roster[3]["label"]
    index = 3
    return {
        "hash": name, "key": key.hex(), "registrySeed": fixed("registry").hex(), "drawingSeed": fixed("drawing").hex(), "exclusionNonce": nonce, "objects": objects,
        "exclusions": exclusions, "rules": rules, "reveals": [secret], "beaconOutputs": outputs, "matchInputs": inputs,
        "privateObjectsText": objects_text, "privateExclusionsText": exclusions_text, "rosterText": roster_text, "commitmentText": canonical(commitment), "commitmentDigest": s_digest,
        "transcriptDigest": transcript_digest, "logText": ndjson([e | {"record": genesis} if e["seq"] == 0 else e for e in entries]),
        "transcriptText": canonical({**drawing.sign("transcript", region, d, transcript_digest), "transcript": transcript}),
        "matchRecordText": canonical(record), "matchRecordDigest": hexof(name, canonical(record)),
        "opening": {"type": "dual-random/opening/v1", "drawId": d, "id": ids[opened], "salt": next(o["salt"] for o in objects if o["label"] == opened), "label": opened,
                    "stratum": roster[3]["stratum"], "index": index, "size": len(roster), "path": [p.hex() for p in path(name, index, [tlv(unhex(r["label"]), r["stratum"]) for r in roster])]},
        "signed": [{"kind": k, "regionCode": region, "drawId": of, "digest": e, "bytes": to_sign(k, region, of, e).hex()} for k, of, e, _ in records],
    }


# drand's quicknet, round 657413: its key, its published signature, and when it was due
QUICKNET = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
ROUND = 657413
PULSE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
DUE = 1692803367 + (ROUND - 1) * 3


def instant(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Log:
    """A region's log with four witnesses, of whom three are a quorum (§7, §15)."""

    def __init__(self, name, region, started, city=""):
        self.name, self.region, self.lines = name, region, []
        self.registry, self.drawing, self.superior = (Signer(f"{who}-{region}", fixed(who + city)) for who in ("registry", "drawing", "superior"))
        self.witnesses = [Signer(f"city-{code}", fixed(f"witness {code}")) for code in ("230000", "230500", "230800", "230900")]
        self.genesis = {"type": "dual-random/region-log/v1", "regionCode": region, "demo": False, "hash": name, "startedAt": "2023-01-01T00:00:00.000Z", "keys": [
            {"keyId": key.key_id, "role": role, "algorithm": "ed25519", "publicKey": key.public} for role, key in (("registry", self.registry), ("drawing", self.drawing))]}
        self.enter("genesis", None, self.genesis, self.drawing, started)

    def enter(self, kind, of, record, signer, at):
        """Appends a record, or a digest alone; gives the entry as a transcript carries it."""
        entry = record if isinstance(record, str) else hexof(self.name, canonical(record))
        seq, previous = len(self.lines), self.lines[-1]["head"] if self.lines else ""
        line = {"seq": seq, "kind": kind, "drawId": of, "digest": entry, "head": head(self.name, previous, seq, kind, entry), **signer.sign(kind, self.region, of, entry), "receivedAt": instant(at)}
        self.lines.append(line if isinstance(record, str) else line | {"record": record})
        return {k: v for k, v in line.items() if k not in ("drawId", "receivedAt")} | {"previous": previous}

    def checkpoint(self, seq, seen):
        said = {"type": "dual-random/checkpoint/v1", "regionCode": self.region, "seq": seq, "head": self.lines[seq]["head"]}
        of = hexof(self.name, canonical(said))
        cosignatures = []
        for witness, at in zip(self.witnesses, seen):
            if at is not None:
                saw = {"type": "dual-random/cosignature/v1", "checkpoint": of, "receivedAt": instant(at), "witnessId": witness.key_id}
                signature = witness.sign("cosignature", self.region, None, hexof(self.name, canonical(saw)))["signature"]
                cosignatures.append({"receivedAt": instant(at), "signature": signature, "witnessId": witness.key_id})
        return {"checkpoint": said, "cosignatures": cosignatures, **self.drawing.sign("checkpoint", self.region, None, of)}

    def files(self, checkpoints):
        keys = {
            "type": "dual-random/keys/v1", "regionCode": self.region, "hash": self.name, "genesis": hexof(self.name, canonical(self.genesis)), "quorum": 3, "tolerated": 1,
            "superior": {"keyId": self.superior.key_id, "publicKey": self.superior.public, "unitId": "230000-scj"},
            "witnesses": [{"publicKey": w.public, "witnessId": w.key_id} for w in self.witnesses],
        }
        return {f"region-log-{self.region}.ndjson": ndjson(self.lines), f"checkpoints-{self.region}.ndjson": ndjson(checkpoints), f"keys-{self.region}.json": canonical(keys) + "\n"}


def quicknet(round_):
    return {"source": "drand/quicknet", "kind": "drand", "scheme": "bls-unchained-g1-rfc9380", "publicKey": QUICKNET, "genesisTime": 1692803367, "periodSeconds": 3, "round": round_}


def output(round_, pulse):
    return {"source": "drand/quicknet", "round": round_, "signature": pulse, "randomness": hashlib.sha256(unhex(pulse)).hexdigest()}


# §15 to §17
def witnessed(name):
    """The draw of the bundle again on a published round, no demonstration, with a unit's tip and reveal and four witnesses; every public file."""
    base = bundle(name)
    region, roster = "230300", [json.loads(line) for line in base["rosterText"].splitlines()]
    s = json.loads(base["commitmentText"])
    d = s["drawId"]
    log = Log(name, region, DUE - 9000)
    registry, drawing = log.registry, log.drawing
    unit = Signer("unit-230000-fzb", fixed("unit"))
    secret = {"unitId": unit.key_id, "secret": fixed("secret").hex()}
    tip = digest(name, tlv("tip", unhex(d), secret["unitId"], unhex(secret["secret"]))).hex()

    snapshot = s["snapshot"] | {"asOf": instant(DUE - 2100)}
    snapshot_digest = hexof(name, canonical(snapshot))
    s |= {
        "snapshot": snapshot, "snapshotSignature": registry.sign("snapshot", region, d, snapshot_digest), "committedAt": instant(DUE - 1800), "assurance": "federated",
        "beacons": [quicknet(ROUND)], "tips": [{"unitId": secret["unitId"], "tip": tip}], "witnesses": {"count": 4, "quorum": 3},
    }
    s_digest = hexof(name, canonical(s))
    outputs = [output(ROUND, PULSE)]
    z = seed(name, s_digest, outputs, [secret])
    drawn, batches = draw(name, z, roster, s["strata"], s["batchSizes"])
    ids = {o["label"]: o["id"] for o in base["objects"]}
    opened = [(ids[one["label"]], *drawn_element(name, unhex(base["key"]), d, ids[one["label"]])) for stratum in drawn for one in stratum["drawn"]]

    key = {"type": "dual-random/key/v1", "keyId": unit.key_id, "role": "unit", "algorithm": "ed25519", "publicKey": unit.public, "unitId": unit.key_id}
    log.enter("key", None, key, log.superior, DUE - 8000)
    log.enter("tip", d, {"type": "dual-random/tip/v1", "drawId": d, "unitId": unit.key_id, "tip": tip}, unit, DUE - 7000)
    proofs = [log.enter("snapshot", d, snapshot_digest, registry, DUE - 2000), log.enter("commitment", d, s_digest, drawing, DUE - 1790)]
    log.enter("reveal", d, {"type": "dual-random/reveal/v1", "drawId": d, "unitId": unit.key_id, "commitment": s_digest, "secret": secret["secret"]}, unit, DUE - 1200)
    transcript = {
        "type": "dual-random/transcript/v1", "algorithm": ALGORITHM, "hash": name, "regionCode": region, "drawId": d, "commitment": s_digest, "beacons": outputs, "reveals": [secret],
        "seed": z, "strata": drawn, "batches": batches, "drawnSet": sorted(element for _, _, element in opened), "log": {"genesis": log.genesis, "entries": proofs},
    }
    transcript_digest = hexof(name, canonical(transcript))
    log.enter("transcript", d, transcript_digest, drawing, DUE + 10)

    # The deadline is 600 s before the round: a quorum holds S and the reveal by then, the last of it to the second, one witness is late.
    checkpoints = [
        log.checkpoint(4, [DUE - 1780, DUE - 1779, DUE - 600, DUE]), log.checkpoint(5, [DUE - 1100, DUE - 1000, DUE - 600, DUE]), log.checkpoint(6, [DUE + 20, None, DUE + 21, DUE + 3600]),
    ]
    return {"hash": name, "drawId": d, "files": {
        f"transcript-{d}.json": canonical({"transcript": transcript, **drawing.sign("transcript", region, d, transcript_digest)}), f"commitment-{d}.json": canonical(s),
        f"rosters/{d}.ndjson": base["rosterText"], f"openings/{d}.ndjson": ndjson(sorted(({"id": i, "salt": salt} for i, salt, _ in opened[:2]), key=lambda o: o["id"])),
        **log.files(checkpoints),
    }}


# §18: the round of the parent, a published one too
EARLIER, EARLIER_PULSE = 1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"


def due_of(round_):
    return 1692803367 + (round_ - 1) * 3


def play(log, s, roster, round_, pulse, element):
    """The draw of an S whose snapshot is not signed yet, on a round of quicknet, in the log of one city: its transcript, its digests and its files."""
    name, region, of, due = log.name, log.region, s["drawId"], due_of(round_)
    snapshot_digest = hexof(name, canonical(s["snapshot"]))
    s = s | {"snapshotSignature": log.registry.sign("snapshot", region, of, snapshot_digest), "committedAt": instant(due - 1800), "assurance": "public",
             "beacons": [quicknet(round_)], "tips": [], "witnesses": {"count": 4, "quorum": 3}}
    s_digest = hexof(name, canonical(s))
    z = seed(name, s_digest, [output(round_, pulse)], [])
    drawn, batches = draw(name, z, roster, s["strata"], s["batchSizes"])
    proofs = [log.enter("snapshot", of, snapshot_digest, log.registry, due - 2000)]
    # §19: every redraw needs the superior's own approval.
    if s["subject"]["kind"] == "redraw":
        subject = s["subject"]
        order = {"type": "dual-random/redraw-order/v1", "regionCode": region, "number": s["batch"], "counts": [], **{member: subject[member] for member in ("parentDrawId", "purpose", "labels", "approval")}}
        approval = {"type": "dual-random/approval/v1", "drawId": of, "unitId": "230000-scj", "reason": "企业注销、回避", "order": hexof(name, canonical(order))}
        log.enter("approval", of, approval, log.superior, due - 1900)
    proofs.append(log.enter("commitment", of, s_digest, log.drawing, due - 1790))
    transcript = {
        "type": "dual-random/transcript/v1", "algorithm": ALGORITHM, "hash": name, "regionCode": region, "drawId": of, "commitment": s_digest, "beacons": [output(round_, pulse)], "reveals": [],
        "seed": z, "strata": drawn, "batches": batches, "drawnSet": sorted(element(of, label) for batch in batches for label in batch),
        "log": {"genesis": log.genesis, "entries": proofs},
    }
    transcript_digest = hexof(name, canonical(transcript))
    log.enter("transcript", of, transcript_digest, log.drawing, due + 10)
    files = {
        f"transcript-{of}.json": canonical({"transcript": transcript, **log.drawing.sign("transcript", region, of, transcript_digest)}), f"commitment-{of}.json": canonical(s),
        f"rosters/{of}.ndjson": ndjson(roster),
    }
    return transcript, {"snapshot": snapshot_digest, "commitment": s_digest, "transcript": transcript_digest}, files


def replacement(name, region, parent, part, roster, first, drawn, leaving, grounds):
    """S of a replacement of `leaving` in a region, not signed, on the second round; its roster, and its private file of exclusions. `part` is the parent's snapshot of this region, `grounds` its exclusions."""
    d = parent["drawId"]
    reasons = [{"reason": reason, "count": 1} for reason in ("object-gone", "recusal")[: len(leaving)]]
    subject = {
        "kind": "redraw", "parentDrawId": d, "purpose": "replacement", "labels": leaving, "after": [{"drawId": d, "transcript": first}],
        "approval": {"approvedAt": instant(DUE - 86400), "unitId": "230000-scj", "reasons": reasons},
    }
    of = draw_id(name, region, subject, 1, 1)
    now = [member | {"excluded": member["excluded"] or member["label"] in drawn} for member in roster]
    sizes = [size | {"eligible": sum(r["stratum"] == size["stratum"] and not r["excluded"] for r in now)} for size in part["strata"]]
    barred = sorted(grounds + [{"label": label, "ground": "DRAWN", "evidence": d} for label in drawn], key=lambda e: e["label"])
    private = ndjson([{"nonce": fixed("redraw nonce").hex(), "type": "dual-random/exclusions/v1"}] + barred)
    counts = part["exclusions"]["counts"] + [{"ground": "DRAWN", "count": len(drawn)}]
    snapshot = part | {
        "drawId": of, "labelsOf": d, "asOf": instant(DUE - 2100), "rosterDigest": hexof(name, ndjson(now)), "strata": sizes,
        "exclusions": {"counts": sorted(counts, key=lambda one: one["ground"]), "privateFileDigest": hexof(name, private)},
    }
    strata = []
    for size in sizes:
        rule = {"kind": "count", "count": sum(r["stratum"] == size["stratum"] and r["label"] in leaving for r in now)}
        raw, n = count(size["mapped"], size["eligible"], rule)
        strata.append(size | {"rule": rule, "raw": raw, "n": n})
    return {member: value for member, value in parent.items() if member != "joint"} | {
        "regionCode": region, "subject": subject, "drawId": of, "snapshot": snapshot, "strata": strata, "batchSizes": [sum(one["n"] for one in strata)], "matchInputs": [],
    }, now, private


def redrawn(name):
    """The draw of the bundle on one published round, and on a later one a redraw that replaces its first object in A and in B."""
    base = bundle(name)
    region, roster, parent = "230300", [json.loads(line) for line in base["rosterText"].splitlines()], json.loads(base["commitmentText"])
    d, key, ids = parent["drawId"], unhex(base["key"]), {o["label"]: o["id"] for o in base["objects"]}
    element = lambda of, label: drawn_element(name, key, of, ids[label])[1]
    earlier = due_of(EARLIER)
    log = Log(name, region, earlier - 9000)
    part = parent["snapshot"] | {"asOf": instant(earlier - 2100)}
    first, digests, files = play(log, parent | {"snapshot": part}, roster, EARLIER, EARLIER_PULSE, element)
    drawn = {one["label"] for stratum in first["strata"] for one in stratum["drawn"]}
    leaving = sorted(first["strata"][index]["drawn"][0]["label"] for index in (0, 1))
    s, now, private = replacement(name, region, parent, parent["snapshot"], roster, digests["transcript"], drawn, leaving, base["exclusions"])
    second, digests, more = play(log, s, now, ROUND, PULSE, element)
    seen = [(seq, due + at) for due, seqs in ((earlier, (2, 3)), (DUE, (6, 7))) for seq, at in zip(seqs, (-1700, 20))]
    files |= more | log.files([log.checkpoint(seq, [at, at + 1, at + 2, None]) for seq, at in seen])
    return {"hash": name, "parentDrawId": d, "drawId": s["drawId"], "digests": digests, "seed": second["seed"], "strata": second["strata"], "privateExclusionsText": private, "files": files}


# §23
def joint(name, on=(ROUND, PULSE)):
    """The draw of the bundle together with a second city's six objects, its stratum A merged with the first's, on a round of quicknet: its vector, and what a redraw goes on from."""
    base, due = bundle(name), due_of(on[0])
    s, roster = json.loads(base["commitmentText"]), [json.loads(line) for line in base["rosterText"].splitlines()]
    d, region, other = s["drawId"], "230300", "230400"
    key, ids = fixed("joint K"), {o["label"]: (o["id"], unhex(base["key"])) for o in base["objects"]}
    theirs = []
    for index, stratum in enumerate(["A", "A", "A", "A", "丁", "丁"]):
        _, label = blind(name, key, "object", d, f"other-{index}")
        ids[label] = (f"other-{index}", key)
        theirs.append({"label": label, "stratum": stratum, "excluded": index == 3})
    theirs.sort(key=lambda r: r["label"])
    sizes = [{"stratum": t, "mapped": sum(r["stratum"] == t for r in theirs), "eligible": sum(r["stratum"] == t and not r["excluded"] for r in theirs)} for t in ("A", "丁")]
    first = s["snapshot"] | {"asOf": instant(due - 2100)}
    second = first | {
        "regionCode": other, "root": mth(name, [tlv(unhex(r["label"]), r["stratum"]) for r in theirs]).hex(), "rosterDigest": hexof(name, ndjson(theirs)), "strata": sizes,
        "exclusions": {"counts": [{"ground": "REPEAT_BAR", "count": 1}], "privateFileDigest": fixed("other exclusions").hex()},
        "privateFileDigest": fixed("other objects").hex(), "keyDigest": digest(name, tlv("key", unhex(d), key)).hex(),
    }
    logs = {region: Log(name, region, due - 9000), other: Log(name, other, due - 9000, " of another city")}
    snapshots = {code: (one, hexof(name, canonical(one))) for code, one in ((region, first), (other, second))}
    part_of = {code: {"snapshot": one, "snapshotSignature": logs[code].registry.sign("snapshot", code, d, of), "witnesses": {"count": 4, "quorum": 3}} for code, (one, of) in snapshots.items()}
    rules = {one["stratum"]: one["rule"] for one in s["strata"]} | {"丁": {"kind": "count", "count": 1}}

    def committed(merged):
        named = {}
        for code, (one, _) in snapshots.items():
            for size in one["strata"]:
                stratum = size["stratum"] if merged else f"{code}/{size['stratum']}"
                before = named.get(stratum, (0, 0, rules[size["stratum"]]))
                named[stratum] = (before[0] + size["mapped"], before[1] + size["eligible"], before[2])
        strata = []
        for stratum in sorted(named, key=str.encode):
            mapped, eligible, rule = named[stratum]
            raw, n = count(mapped, eligible, rule)
            strata.append({"stratum": stratum, "mapped": mapped, "eligible": eligible, "rule": rule, "raw": raw, "n": n})
        return s | part_of[region] | {
            "joint": {"merged": merged, "parts": [part_of[other]]}, "strata": strata, "batchSizes": [sum(one["n"] for one in strata)], "matchInputs": [],
            "committedAt": instant(due - 1800), "assurance": "public", "beacons": [quicknet(on[0])], "tips": [],
        }

    apart, merged = committed(False), committed(True)
    s_digest = hexof(name, canonical(merged))
    z = seed(name, s_digest, [output(*on)], [])
    drawn, batches = draw(name, z, roster + theirs, merged["strata"], merged["batchSizes"])
    proofs = {code: [log.enter("snapshot", d, snapshots[code][1], log.registry, due - 2000), log.enter("commitment", d, s_digest, log.drawing, due - 1790)] for code, log in logs.items()}
    elements = {ids[label][0]: drawn_element(name, ids[label][1], d, ids[label][0]) for batch in batches for label in batch}
    transcript = {
        "type": "dual-random/transcript/v1", "algorithm": ALGORITHM, "hash": name, "regionCode": region, "drawId": d, "commitment": s_digest, "beacons": [output(*on)], "reveals": [],
        "seed": z, "strata": drawn, "batches": batches, "drawnSet": sorted(element for _, element in elements.values()),
        "log": {"genesis": logs[region].genesis, "entries": proofs[region]}, "joint": [{"genesis": logs[other].genesis, "entries": proofs[other]}],
    }
    transcript_digest = hexof(name, canonical(transcript))
    signed = {"transcript": transcript, **logs[region].drawing.sign("transcript", region, d, transcript_digest)}
    files = {f"transcript-{d}.json": canonical(signed), f"commitment-{d}.json": canonical(merged), f"rosters/{d}.ndjson": base["rosterText"], f"rosters/{d}-{other}.ndjson": ndjson(theirs)}
    for code, log in logs.items():
        log.enter("transcript", d, transcript_digest, log.drawing, due + 10)
        files |= log.files([log.checkpoint(seq, [at, at + 1, at + 2, None]) for seq, at in ((2, due - 1700), (3, due + 20))])
        mine = sorted(entity for entity in elements if entity.startswith("other-") == (code == other))
        openings = ndjson([{"id": entity, "salt": elements[entity][0]} for entity in mine])
        files[f"openings/{d}.ndjson" if code == region else f"openings/{d}-{other}.ndjson"] = openings
    digests = {"snapshots": [of for _, of in snapshots.values()], "commitment": s_digest, "transcript": transcript_digest}
    vector = {"hash": name, "drawId": d, "regionCodes": [region, other], "digests": digests, "seed": z, "strata": drawn, "apart": canonical(apart), "rules": rules, "files": files}
    return vector, {"s": merged, "logs": logs, "rosters": {region: roster, other: theirs}, "ids": ids}


def joint_redrawn(name):
    """The draw of two cities on one published round, and on a later one a redraw in the second city, which replaces its first drawn object there."""
    vector, known = joint(name, (EARLIER, EARLIER_PULSE))
    d, (organiser, city) = vector["drawId"], vector["regionCodes"]
    parent, log, roster, ids = known["s"], known["logs"][city], known["rosters"][city], known["ids"]
    element = lambda of, label: drawn_element(name, ids[label][1], of, ids[label][0])[1]
    drawn = {one["label"] for stratum in vector["strata"] for one in stratum["drawn"]} & {row["label"] for row in roster}
    part = parent["joint"]["parts"][0]["snapshot"]
    leaving = [min(drawn)]
    grounds = [{"label": row["label"], "ground": "REPEAT_BAR", "evidence": drawn_before("NEEDS_REASON", "2304002026-N-scj-L01B1-00007-01")} for row in roster if row["excluded"]]
    s, now, private = replacement(name, city, parent, part, roster, vector["digests"]["transcript"], drawn, leaving, grounds)
    transcript, digests, files = play(log, s, now, ROUND, PULSE, element)
    earlier = due_of(EARLIER)
    seen = [(2, earlier - 1700), (3, earlier + 20), (6, DUE - 1700), (7, DUE + 20)]
    files = vector["files"] | files | log.files([log.checkpoint(seq, [at, at + 1, at + 2, None]) for seq, at in seen])
    return {
        "hash": name, "regionCode": city, "regionCodes": [organiser, city], "parentDrawId": d, "drawId": s["drawId"], "leaving": leaving, "digests": digests, "seed": transcript["seed"], "strata": transcript["strata"],
        "privateExclusionsText": private, "files": files,
    }


def drand_vectors():
    test_key = "a1ee12542360bf75742bcade13d6134e7d5283d9eb782887c47d3d9725f05805d37b0106b7f744395bf82c175dd7434a169e998f188a657a030d588892c0cd2c01f996aaf331c4d8bc5b9734bbe261d09e7d2d39ef88b635077f262bd7bbb30f"
    group = "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e"
    rounds = [
        (QUICKNET, 123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92", "drand quicknet, as tested by noislabs/drand-verify"),
        (QUICKNET, EARLIER, EARLIER_PULSE, "drand quicknet, published with randomness fe290bec…"),
        (QUICKNET, ROUND, PULSE, "drand quicknet, published with randomness fc1873a1… (python-drand-verify)"),
        (test_key, 3, "b98dae74f6a9d2ec79d75ba273dcfda86a45d589412860eb4c0fd056b00654dbf667c1b6884987c9aee0d43f8ba9db52", "drand's own vectors for the scheme (drand pull request 1249), randomness 9e9829df…"),
        (test_key, 4, "962c2b2969e8f3351cf5cc457b04ecbf0c65bd79f4c1ee3bd0205f581368aaaa0cdeb1531a0709d39ef06a8ba1e1bb93", "the same, randomness ec93fa3d…"),
        (test_key, 6, "a054dafb27a4a4fb9e06b17b30da3e0c7b13b4ca8e1dec3c6775f81758587029aa358523f2e7e62204018347db7cbd1c", "the same"),
    ]
    pulses = [{"publicKey": key, "round": r, "signature": s, "randomness": hashlib.sha256(unhex(s)).hexdigest(), "source": src} for key, r, s, src in rounds]
    for pulse, start in zip(pulses[1:5], ("fe290beca10872ef", "fc1873a13f3545ae", "9e9829dfb34bd8db", "ec93fa3d6bdca5fa")):
        assert pulse["randomness"].startswith(start)
    period, genesis = 3, 1692803367
    chain = hashlib.sha256(period.to_bytes(4, "big") + genesis.to_bytes(8, "big") + unhex(QUICKNET) + unhex(group) + b"quicknet").hexdigest()
    assert chain == "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    times = [{"round": r, "time": genesis + (r - 1) * period} for r in (1, 2, 100, 1000, 657413)]
    return {"pulses": pulses, "chainHash": chain, "genesisTime": genesis, "periodSeconds": period, "groupHash": group, "times": times}


write("labels.json", label_vectors())
write("merkle.json", merkle_vectors())
write("elegy-vrs.json", elegy_vectors())
write("rank.json", rank_vectors())
write("seed.json", seed_vectors())
write("counts.json", count_vectors())
write("bundle-sha256.json", bundle("sha256"))
write("bundle-sm3.json", bundle("sm3"))
write("witnessed-sha256.json", witnessed("sha256"))
write("witnessed-sm3.json", witnessed("sm3"))
write("redrawn-sha256.json", redrawn("sha256"))
write("redrawn-sm3.json", redrawn("sm3"))
write("joint-sha256.json", joint("sha256")[0])
write("joint-sm3.json", joint("sm3")[0])
write("joint-redrawn-sha256.json", joint_redrawn("sha256"))
write("joint-redrawn-sm3.json", joint_redrawn("sm3"))
write("drand.json", drand_vectors())
