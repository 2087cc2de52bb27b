#!/usr/bin/env python3
"""Verifier of the draw, protocol v1 (docs/draw-protocol.md), written from that document and sharing no code with anything else.

One file, Python 3.11 or later; its only dependency is py_ecc (pip install py_ecc) for the beacon's BLS signature.

    python3 verify.py [--demo] [--keys keys-<regionCode>.json]… transcript-<drawId>.json [--opening opening.json]

It reads commitment-<drawId>.json and rosters/<drawId>.ndjson beside the transcript, and openings/<drawId>.ndjson,
region-log-<regionCode>.ndjson and checkpoints-<regionCode>.ndjson where they are there; for a redraw also transcript and commitment of
every draw that it comes after, and the parent's roster; for a draw of several cities the same files of each other city. Exit code 0: MATCH. 1: a difference, the first one named by line or JSON pointer.
2: not verifiable as asked (usage, missing file or dependency, a demonstration log without --demo, a keys file that is none). 3: PENDING,
and what is missing.
"""
import argparse
import contextlib
import hashlib
import hmac
import json
import math
import os
import re
import sys
from fractions import Fraction

ALGORITHM = "dual-random/draw/v1"
QUICKNET = {
    "genesisTime": 1692803367,
    "periodSeconds": 3,
    "publicKey": "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
}


class Difference(Exception):
    """The first difference: in which file, at which line or JSON pointer, and what."""

    def __init__(self, file, where, reason):
        super().__init__(f"{file} {where or '/'}: {reason}")
        self.file, self.where = file, where


class Refusal(Exception):
    """What keeps the verifier from judging at all."""


class Report:
    """Names differences in one file, each under a prefix such as "line 3 "."""

    def __init__(self, file, prefix=""):
        self.file, self.prefix = file, prefix

    def line(self, number):
        return Report(self.file, f"line {number} ")

    def fail(self, where, reason):
        raise Difference(self.file, self.prefix + where, reason)

    def hold(self, where, condition, reason):
        if not condition:
            self.fail(where, reason)

    def same(self, where, found, expected):
        if found != expected or type(found) is not type(expected):
            self.fail(where, f"应为 {expected}，实为 {found} (expected, found)")


BAD_SIGNATURE = "签名无效 (signature is not valid)"
NOT_OF_ANOTHER = "不是其他地区的信标 (not of another region)"
OUT_OF_ORDER = "次序有误或重复 (out of order or repeated)"

# --- §1 Bytes -----------------------------------------------------------------------------------------------------------------


def tlv(*items):
    """Each item as u32 big-endian length and bytes; a list is one item, the TLV of its elements."""
    out = []
    for item in items:
        if isinstance(item, str):
            item = item.encode()
        elif isinstance(item, int):
            item = item.to_bytes(8, "big")
        elif isinstance(item, list):
            item = tlv(*item)
        out += (len(item).to_bytes(4, "big"), item)
    return b"".join(out)


class Hash:
    """H and HMAC of one name; digests as lower-case hex, or raw."""

    def __init__(self, name):
        self.name = name
        try:
            hashlib.new(name)
        except ValueError:
            raise Refusal(f"本机的 OpenSSL 没有 {name} (hashlib has no {name} here: an OpenSSL with it is needed)") from None

    def raw(self, data):
        return hashlib.new(self.name, data).digest()

    def hex(self, data):
        return hashlib.new(self.name, data).hexdigest()

    def of(self, value):
        """Digest of a value's RFC 8785 text."""
        return self.hex(canonical(value).encode())

    def hmac(self, key, message):
        return hmac.digest(key, message, self.name)


def ascends(report, where, texts):
    for index in range(1, len(texts)):
        report.hold(f"{where}/{index}", texts[index - 1].encode() < texts[index].encode(), OUT_OF_ORDER)


# --- Canonical JSON (RFC 8785, integers and ASCII names only) -----------------------------------------------------------------

LARGEST = 2**53 - 1


class NotAnInteger:
    """Stands where a number has no canonical form here."""


def integer_of(text):
    try:
        number = float(text) if re.search("[.eE]", text) else int(text)
    except ValueError:  # more digits than int() reads
        return NotAnInteger()
    if number != number or abs(number) > LARGEST or number != int(number) or (number == 0 and text.startswith("-")):
        return NotAnInteger()
    return int(number)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


DEEPEST = 32


def is_too_deep(text):
    """§1, of JSON as it is written, so that what a second member of the same name overwrites counts too."""
    depth = 0
    for mark in re.sub(r'"[^"\\]*(?:\\.[^"\\]*)*"', "", text):
        depth += (mark in "[{") - (mark in "]}")
        if depth > DEEPEST:
            return True
    return False


def names_in(value):
    """The names that stand in a value: what a second member of the same name overwrites is not in it."""
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names_in(one)


@contextlib.contextmanager
def shallow_stack():
    """py_ecc raises the limit so far that JSON nested 100,000 deep ends the process instead of an error."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def starts(value, pointer="", at=0):
    """Where in the canonical text every value starts, and where the next text goes."""
    found = [(at, pointer)]
    if isinstance(value, dict):
        at += 1
        for index, name in enumerate(sorted(value)):
            at += (index > 0) + len(json.dumps(name)) + 1
            inner, at = starts(value[name], f"{pointer}/{escaped(name)}", at)
            found += inner
        return found, at + 1
    if isinstance(value, list):
        at += 1
        for index, one in enumerate(value):
            inner, at = starts(one, f"{pointer}/{index}", at + (index > 0))
            found += inner
        return found, at + 1
    return found, at + len(canonical(value))


def escaped(name):
    return name.replace("~", "~0").replace("/", "~1")


def parse(text, fail):
    """Parses text that must already be canonical; `fail` takes a pointer and a reason."""

    def nothing(constant):
        raise ValueError(constant)

    try:
        with shallow_stack():
            value = json.loads(text, parse_float=integer_of, parse_int=integer_of, parse_constant=nothing)
        if is_too_deep(text):
            raise ValueError(f"nested more than {DEEPEST} deep")
        again = canonical(value)
        again.encode()
    except (ValueError, TypeError, RecursionError) as error:
        return fail("", f"不是规范 JSON (not canonical JSON): {error}")
    if not all(re.fullmatch(r"[\x20-\x7e]*", name) for name in names_in(value)):
        return fail("", "成员名不是 ASCII (a name is not ASCII)")
    if again == text:
        return value
    length = min(len(again), len(text))
    offset = next((index for index in range(length) if again[index] != text[index]), length)
    pointer = [where for start, where in starts(value)[0] if start <= offset][-1]
    return fail(pointer, f"与 RFC 8785 形式不同，第 {offset + 1} 个字符 (differs from its RFC 8785 form at this character)")


def decoded(report, data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return report.fail("", "不是 UTF-8 (not UTF-8)")


def read_json(file, data, shape):
    report = Report(file)
    value = parse(decoded(report, data), report.fail)
    shape(value, "", report.fail)
    return value


def read_lines(file, data, shape):
    report = Report(file)
    lines = decoded(report, data).split("\n")
    if lines.pop() != "":
        report.fail(f"line {len(lines) + 1}", "末尾缺少 LF (no LF at the end)")
    values = []
    for number, line in enumerate(lines, 1):

        def fail(pointer, reason, number=number):
            report.fail(f"line {number}" + (f" {pointer}" if pointer else ""), reason)

        value = parse(line, fail)
        shape(value, "", fail)
        values.append(value)
    return values


# --- Forms: every member is named, no other may stand there ---------------------------------------------------------------------


def text_of(pattern, what):
    compiled = re.compile(pattern, re.DOTALL)

    def shape(value, at, fail):
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            fail(at, f"不是 {what} (not {what})")

    return shape


def hexes(length):
    return text_of(f"[0-9a-f]{{{2 * length}}}", f"{length} bytes of lower-case hex")


def whole(least):
    def shape(value, at, fail):
        if type(value) is not int or value < least:
            fail(at, f"不是 ≥ {least} 的整数 (not an integer)")

    return shape


def one_of(*values):
    def shape(value, at, fail):
        if not any(value == one and type(value) is type(one) for one in values):
            fail(at, f"{value} 不是 {values} 之一 (not one of these)")

    return shape


def null_or(inner):
    return lambda value, at, fail: None if value is None else inner(value, at, fail)


def many(inner):
    def shape(value, at, fail):
        if not isinstance(value, list):
            fail(at, "不是数组 (not an array)")
        for index, one in enumerate(value):
            inner(one, f"{at}/{index}", fail)

    return shape


def record(**members):
    def shape(value, at, fail):
        if not isinstance(value, dict):
            fail(at, "不是对象 (not an object)")
        for name in sorted(value):
            if name not in members:
                fail(f"{at}/{escaped(name)}", "多余的成员 (unknown member)")
        for name in sorted(members):
            if name in value:
                members[name](value[name], f"{at}/{name}", fail)
            elif not isinstance(members[name], Optional):
                fail(f"{at}/{name}", "缺少 (missing)")

    return shape


class Optional:
    """The form of a member that may be absent."""

    def __init__(self, inner):
        self.inner = inner

    def __call__(self, value, at, fail):
        self.inner(value, at, fail)


def by_member(name, shapes):
    """A record whose other members depend on the one of this name."""

    def shape(value, at, fail):
        chosen = value.get(name) if isinstance(value, dict) else None
        one_of(*shapes)(chosen, f"{at}/{name}", fail)
        shapes[chosen](value, at, fail)

    return shape


def days_of(year, month, day):
    """Days from 1970-01-01 in the proleptic Gregorian calendar."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z")


def epoch_ms(instant):
    """Milliseconds since 1970; None for what is no instant."""
    found = INSTANT.fullmatch(instant) if isinstance(instant, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second, ms = map(int, found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= month <= 12 or hour > 23 or minute > 59 or second > 59:
        return None
    if not 1 <= day <= (29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]):
        return None
    return (((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + ms


def instant(value, at, fail):
    if epoch_ms(value) is None:
        fail(at, "不是 UTC 时刻 (not a UTC instant)")


BYTES32 = hexes(32)
ID = text_of("[A-Za-z0-9][A-Za-z0-9_-]{0,95}", "an id")
ANY_TEXT = text_of(".*", "a text")
WORDS = text_of(".+", "a text that is not empty")
REGION = text_of("[1-9][0-9]{5}", "a region code")
HASH = one_of("sha256", "sm3")
SIGNATURE = {"keyId": ID, "signature": hexes(64)}
RATIO = record(numerator=whole(0), denominator=whole(1))
SIZES = {"stratum": WORDS, "mapped": whole(0), "eligible": whole(0)}
RULE = by_member("kind", {
    "ratio": record(kind=WORDS, ratio=RATIO, batchShare=RATIO, base=one_of("mapped", "eligible"), rounding=one_of("up", "half-up")),
    "count": record(kind=WORDS, count=whole(0)),
})
SNAPSHOT = record(
    type=one_of("dual-random/snapshot/v1"), hash=HASH, regionCode=REGION, drawId=BYTES32, labelsOf=Optional(BYTES32), asOf=instant,
    creditLoadDigest=BYTES32, registrationLoadDigest=BYTES32, root=BYTES32, rosterDigest=BYTES32, strata=many(record(**SIZES)),
    exclusions=record(counts=many(record(ground=WORDS, count=whole(1))), privateFileDigest=BYTES32), privateFileDigest=BYTES32,
    keyDigest=BYTES32,
)
SUBJECT = by_member("kind", {
    "plan-line": record(kind=WORDS, planId=ID, lineId=ID),
    "clue-task": record(kind=WORDS, taskId=ID, clueIds=many(ID)),
    "redraw": record(
        kind=WORDS, parentDrawId=BYTES32, purpose=one_of("replacement", "rematch", "escalation"), labels=many(BYTES32),
        after=many(record(drawId=BYTES32, transcript=BYTES32)),
        approval=record(approvedAt=instant, unitId=ID, reasons=many(record(count=whole(1), reason=WORDS))),
    ),
})
GENESIS = record(
    type=one_of("dual-random/region-log/v1"), regionCode=REGION, demo=one_of(True, False), hash=HASH, startedAt=instant,
    keys=many(by_member("algorithm", {
        "ed25519": record(keyId=ID, role=one_of("registry", "drawing"), algorithm=WORDS, publicKey=BYTES32),
        "bls12381-g2": record(keyId=ID, role=one_of("beacon"), algorithm=WORDS, publicKey=hexes(96)),
    })),
)
ENTRY = {"seq": whole(0), "kind": WORDS, "digest": BYTES32, "head": BYTES32, **SIGNATURE}
HEADING = {"issue": WORDS, "publishedAt": instant}
PUBLICATIONS = many(record(**HEADING, numbers=many(many(whole(0)))))
PULSE = record(source=WORDS, round=whole(1), randomness=BYTES32, signature=hexes(48))
NUMBERS = record(source=WORDS, randomness=BYTES32, series=many(record(publications=PUBLICATIONS)))


def OUTPUT(value, at, fail):
    """An output with a `series` is of public numbers."""
    (NUMBERS if isinstance(value, dict) and "series" in value else PULSE)(value, at, fail)


TRANSCRIPT_LOG = record(
    genesis=GENESIS, entries=many(record(**{**ENTRY, "kind": one_of("snapshot", "commitment")}, previous=BYTES32)),
)
TRANSCRIPT = record(**SIGNATURE, transcript=record(
    type=one_of("dual-random/transcript/v1"), algorithm=one_of(ALGORITHM), hash=HASH, regionCode=REGION, drawId=BYTES32,
    commitment=BYTES32, beacons=many(OUTPUT),
    reveals=many(record(unitId=ID, secret=BYTES32)), seed=BYTES32,
    strata=many(record(stratum=WORDS, drawn=many(record(label=BYTES32, ticket=BYTES32)), cutOff=null_or(BYTES32))),
    batches=many(many(BYTES32)), drawnSet=many(BYTES32),
    log=TRANSCRIPT_LOG, joint=Optional(many(TRANSCRIPT_LOG)),
))
ROSTER_LINE = record(excluded=one_of(True, False), label=BYTES32, stratum=WORDS)
OPENING_LINE = record(id=WORDS, salt=BYTES32)
OWN_OPENING = record(
    type=one_of("dual-random/opening/v1"), drawId=BYTES32, id=WORDS, salt=BYTES32, label=BYTES32, stratum=WORDS, index=whole(0),
    size=whole(1), path=many(BYTES32), regionCode=Optional(REGION),
)
KEY_RECORD = {"type": one_of("dual-random/key/v1"), "keyId": ID, "role": WORDS, "unitId": ID}
RECORDS = {
    "key": by_member("role", {
        "unit": record(**KEY_RECORD, algorithm=one_of("ed25519"), publicKey=BYTES32),
        "beacon": record(**KEY_RECORD, algorithm=one_of("bls12381-g2"), publicKey=hexes(96)),
    }),
    "definition": record(type=one_of("dual-random/public-numbers/v1"), source=WORDS, series=many(record(
        name=WORDS, publisher=WORDS, page=WORDS, publications=whole(1), groups=many(record(
            name=WORDS, kind=one_of("set", "sequence"), count=whole(1), **{"from": whole(0)}, to=whole(0),
        )),
    ))),
    "numbers": record(
        type=one_of("dual-random/numbers/v1"), drawId=BYTES32, unitId=ID, commitment=BYTES32, source=WORDS,
        series=many(record(pageDigest=BYTES32, before=record(**HEADING), publications=PUBLICATIONS)),
    ),
    "tip": record(type=one_of("dual-random/tip/v1"), drawId=BYTES32, unitId=ID, tip=BYTES32),
    "reveal": record(type=one_of("dual-random/reveal/v1"), drawId=BYTES32, unitId=ID, commitment=BYTES32, secret=BYTES32),
    "void": record(type=one_of("dual-random/void/v1"), drawId=BYTES32, reason=ANY_TEXT),
    "approval": record(type=one_of("dual-random/approval/v1"), drawId=BYTES32, unitId=ID, reason=WORDS, order=null_or(BYTES32)),
    "audited": record(type=one_of("dual-random/audited/v1"), drawId=BYTES32, unitId=ID, match=BYTES32, findings=whole(0)),
    "failed": record(type=one_of("dual-random/failed/v1"), drawId=BYTES32, unitId=ID, reason=one_of("beacon-lost", "key-lost", "data-lost", "void-undecided")),
}
WITHOUT_RECORD = ("snapshot", "commitment", "transcript", "match", "closed")
LINE = {**ENTRY, "receivedAt": instant}
LOG_LINE = by_member("kind", {
    "genesis": record(**LINE, drawId=one_of(None), record=GENESIS),
    **{kind: record(**LINE, drawId=one_of(None), record=RECORDS[kind]) for kind in ("key", "definition")},
    **{kind: record(**LINE, drawId=BYTES32, record=RECORDS[kind]) for kind in RECORDS if kind not in ("key", "definition")},
    **{kind: record(**LINE, drawId=BYTES32) for kind in WITHOUT_RECORD},
})
CHECKPOINT_LINE = record(
    **SIGNATURE, checkpoint=record(type=one_of("dual-random/checkpoint/v1"), regionCode=REGION, seq=whole(0), head=BYTES32),
    cosignatures=many(record(witnessId=ID, receivedAt=instant, signature=hexes(64))),
)
KEYS_MEMBERS = dict(
    type=one_of("dual-random/keys/v1"), regionCode=REGION, hash=HASH, genesis=BYTES32,
    superior=record(keyId=ID, publicKey=BYTES32, unitId=ID), witnesses=many(record(witnessId=ID, publicKey=BYTES32)),
    quorum=whole(1), tolerated=whole(1),
)


def KEYS(value, at, fail):
    """The one file with integers that may be left out."""
    said = {name: whole(0) for name in ("beaconKeyAgeSeconds", "leastMarginSeconds") if isinstance(value, dict) and name in value}
    record(**KEYS_MEMBERS, **said)(value, at, fail)


# --- §8 Ed25519 (RFC 8032 §5.1, cofactorless) -----------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def point_add(a, b):
    """Extended coordinates (X, Y, Z, T), RFC 8032 §5.1.4; complete, so it doubles too."""
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_double(a):
    x, y, z, _ = a
    xx, yy, zz = x * x % P, y * y % P, 2 * z * z % P
    h = xx + yy
    e, g = h - (x + y) * (x + y), xx - yy
    f = zz + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_decode(data):
    """RFC 8032 §5.1.3; None for what is not the canonical form of a point, or of one of small order."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    point = (x, y, 1, x * y % P)
    eightfold = point_double(point_double(point_double(point)))
    return None if eightfold[0] == 0 and eightfold[1] == eightfold[2] else point


BASE = point_decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_verify(public_key, message, signature):
    a, r = point_decode(public_key), point_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    # [S]B − [k]A in one run over the bits of both, to be R itself.
    minus_a = (P - a[0], a[1], 1, P - a[3])
    table = (None, BASE, minus_a, point_add(BASE, minus_a))
    sum_ = IDENTITY
    for bit in range(252, -1, -1):
        sum_ = point_double(sum_)
        both = (s >> bit & 1) + 2 * (k >> bit & 1)
        if both:
            sum_ = point_add(sum_, table[both])
    return (sum_[0] - r[0] * sum_[2]) % P == 0 and (sum_[1] - r[1] * sum_[2]) % P == 0


# --- §9 Pulses: BLS12-381 by py_ecc ---------------------------------------------------------------------------------------------


def bls_library():
    try:
        from py_ecc import optimized_bls12_381
    except ImportError:
        raise Refusal("缺少依赖：请先运行 pip install py_ecc (the BLS library is missing)") from None
    return optimized_bls12_381


def expand_message(message, tag, length):
    """RFC 9380 §5.3.1, expand_message_xmd with SHA-256."""

    def sha256(data):
        return hashlib.sha256(data).digest()

    tag += len(tag).to_bytes(1, "big")
    first = sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\0" + tag)
    blocks = [sha256(first + b"\1" + tag)]
    while 32 * len(blocks) < length:
        mixed = bytes(a ^ b for a, b in zip(first, blocks[-1]))
        blocks.append(sha256(mixed + (len(blocks) + 1).to_bytes(1, "big") + tag))
    return b"".join(blocks)[:length]


def root(square, q):
    """Square root modulo q ≡ 3 (mod 4); None where there is none."""
    found = pow(square, (q + 1) // 4, q)
    return found if found * found % q == square % q else None


def flags_of(data):
    """Compressed points carry three flags: compressed, infinity, larger y. Infinity signs nothing, so it is refused with the rest."""
    if data[0] >> 6 != 2:
        return None
    return bytes([data[0] & 31]) + data[1:], data[0] >> 5 & 1


def g1_point(bls, data):
    q = bls.field_modulus
    flagged = flags_of(data)
    if flagged is None or (x := int.from_bytes(flagged[0], "big")) >= q:
        return None
    y = root(x**3 + 4, q)
    if y is None:
        return None
    y = y if (2 * y > q) == flagged[1] else q - y
    field = type(bls.G1[0])
    return in_subgroup(bls, (field(x), field(y), field(1)))


def g2_point(bls, data):
    q = bls.field_modulus
    flagged = flags_of(data)
    if flagged is None:
        return None
    im, re_ = int.from_bytes(flagged[0][:48], "big"), int.from_bytes(flagged[0][48:], "big")
    if im >= q or re_ >= q:
        return None
    field = type(bls.G2[0])
    x = field([re_, im])
    a, b = (int(part) for part in (x * x * x + field([4, 4])).coeffs)
    # (c + di)² = a + bi: c² = (a ± √(a² + b²)) / 2, d = b / 2c; where c = 0, d² = −a.
    norm = root(a * a + b * b, q)
    if norm is None:
        return None
    half = pow(2, -1, q)
    c = root((a + norm) * half % q, q)
    if c is None:
        c = root((a - norm) * half % q, q)
    if c is None:
        return None
    d = b * pow(2 * c, -1, q) % q if c else root(-a % q, q)
    if d is None or (c * c - d * d - a) % q or (2 * c * d - b) % q:
        return None
    if (2 * d > q if d else 2 * c > q) != flagged[1]:
        c, d = -c % q, -d % q
    return in_subgroup(bls, (x, field([c, d]), field([1, 0])))


def in_subgroup(bls, point):
    return point if bls.is_inf(bls.multiply(point, bls.curve_order)) else None


def g1_hash(bls, message, tag):
    """RFC 9380, BLS12381G1_XMD:SHA-256_SSWU_RO."""
    field = type(bls.G1[0])
    stream = expand_message(message, tag, 128)
    halves = [field(int.from_bytes(stream[start : start + 64], "big") % bls.field_modulus) for start in (0, 64)]
    return bls.multiply_clear_cofactor_G1(bls.add(*(bls.iso_map_G1(*bls.optimized_swu_G1(half)) for half in halves)))


def verify_unchained_g1(public_key, round_, signature):
    bls = bls_library()
    key, point = g2_point(bls, public_key), g1_point(bls, signature)
    if key is None or point is None:
        return False
    message = g1_hash(bls, hashlib.sha256(round_.to_bytes(8, "big")).digest(), b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_")
    # e(signature, G2) = e(message, key), as one product with one final exponentiation.
    product = bls.pairing(bls.G2, point, False) * bls.pairing(key, bls.neg(message), False)
    return bls.final_exponentiate(product) == type(product).one()


# By the name that S gives: bytes of a public key, and whether a pulse is of the key.
SCHEMES = {"bls-unchained-g1-rfc9380": (96, verify_unchained_g1)}


def verify_pulse(scheme, public_key, round_, signature):
    return SCHEMES[scheme][1](public_key, round_, signature)


ROUND = by_member("scheme", {
    scheme: record(
        source=WORDS, kind=WORDS, scheme=WORDS, publicKey=hexes(length), genesisTime=whole(0),
        periodSeconds=whole(1), round=whole(1),
    )
    for scheme, (length, _) in SCHEMES.items()
})
PART = dict(snapshot=SNAPSHOT, snapshotSignature=record(**SIGNATURE), witnesses=record(count=whole(0), quorum=whole(0)))
BEACON = by_member("kind", {
    "drand": ROUND, "region": ROUND, "self": ROUND,
    "public-numbers": record(source=WORDS, kind=WORDS, definition=BYTES32, notBefore=instant),
})
COMMITMENT = record(
    type=one_of("dual-random/commitment/v1"), algorithm=one_of(ALGORITHM), hash=HASH, assurance=one_of("public", "federated", "self"),
    regionCode=REGION, subject=SUBJECT, batch=whole(1), attempt=whole(1), drawId=BYTES32, organiserUnitId=ID, committedAt=instant,
    delaySeconds=whole(0), marginSeconds=whole(0), revealWindowSeconds=whole(0), **PART,
    joint=Optional(record(merged=one_of(True, False), parts=many(record(**PART)))),
    policyDigest=BYTES32, subjectDigest=BYTES32, strata=many(record(**SIZES, rule=RULE, raw=RATIO, n=whole(0))),
    batchSizes=many(whole(0)), matchInputs=many(record(unitId=ID, digest=BYTES32)), beacons=many(BEACON),
    tips=many(record(unitId=ID, tip=BYTES32)), publicOpening=one_of("drawn-set", "full"),
)

# --- §13 item 2: what the members of S say of each other ------------------------------------------------------------------------


def sizes_of(strata):
    return [[one["stratum"], one["mapped"], one["eligible"]] for one in strata]


def draw_id_of(s, batch=None, attempt=None):
    """§3, of S itself or of another batch or attempt of its subject."""
    subject = s["subject"]
    named = {
        "plan-line": lambda: [subject["planId"], subject["lineId"]],
        "clue-task": lambda: [subject["taskId"]],
        "redraw": lambda: [bytes.fromhex(subject["parentDrawId"])],
    }[subject["kind"]]()
    parts = tlv("draw", s["regionCode"], [subject["kind"], *named], batch or s["batch"], attempt or s["attempt"])
    return Hash(s["hash"]).hex(parts)


def parts_of(s):
    """§23: (where in S, what S holds of it) of every city that takes part, the organiser's first."""
    others = s["joint"]["parts"] if "joint" in s else []
    return [("", s), *((f"/joint/parts/{index}", part) for index, part in enumerate(others))]


def region_of(part):
    return part["snapshot"]["regionCode"]


def sources_of(s):
    """The beacons of the cities that take part."""
    return [f"region/{region_of(part)}" for _, part in parts_of(s)]


def hold_regions(report, s, tipped_from_outside):
    """Rules 6 and 7: regions' beacons alone are three, or two with a tip of a unit from outside."""
    regions = [beacon["kind"] for beacon in s["beacons"]].count("region")
    carried = regions < len(s["beacons"]) or regions >= (2 if tipped_from_outside else 3)
    report.hold("/beacons", carried, "只有少数地区的信标，它们合谋即可预知 (of too few regions, which could foresee it together)")


def stratum_in(s, region, stratum):
    """The name of a city's stratum in S."""
    return stratum if "joint" not in s or s["joint"]["merged"] else f"{region}/{stratum}"


def strata_in(s):
    """Sizes of the strata of S by what the registries signed."""
    sizes = {}
    for _, part in parts_of(s):
        for one in part["snapshot"]["strata"]:
            name = stratum_in(s, region_of(part), one["stratum"])
            size = sizes.setdefault(name, [name, 0, 0])
            size[1] += one["mapped"]
            size[2] += one["eligible"]
    return sorted(sizes.values(), key=lambda size: size[0].encode())


def check_part(report, at, snapshot, s):
    parent = s["subject"]["parentDrawId"] if is_redraw(s) else None
    report.same(f"{at}/snapshot/drawId", snapshot["drawId"], s["drawId"])
    report.same(f"{at}/snapshot/labelsOf", snapshot.get("labelsOf"), parent)
    before = epoch_ms(snapshot["asOf"]) < epoch_ms(s["committedAt"])
    report.hold(f"{at}/snapshot/asOf", before, "晚于承诺 (not before the commitment)")
    counts, where = snapshot["exclusions"]["counts"], f"{at}/snapshot/exclusions/counts"
    ascends(report, where, [one["ground"] for one in counts])
    report.same(where, sum(one["count"] for one in counts), sum(one["mapped"] - one["eligible"] for one in snapshot["strata"]))


def check_joint(report, s):
    """§23: the other cities' parts."""
    others = parts_of(s)[1:]
    report.hold("/joint", not is_redraw(s), "补抽由一地进行，不得有其他地区 (a redraw is of one city)")
    report.hold("/joint/parts", others, "没有其他地区 (no other city)")
    ascends(report, "/joint/parts", [region_of(part) for _, part in others])
    for at, part in others:
        report.same(f"{at}/snapshot/hash", part["snapshot"]["hash"], s["hash"])
        apart = region_of(part) != s["regionCode"]
        report.hold(f"{at}/snapshot/regionCode", apart, "组织地区已在承诺之中 (the organiser's city stands in S itself)")
        check_part(report, at, part["snapshot"], s)


def is_redraw(s):
    return s["subject"]["kind"] == "redraw"


def check_redraw_subject(report, subject, committed_at):
    """§18: what the subject of a redraw says of itself."""
    at = "/subject/after"
    ids = [one["drawId"] for one in subject["after"]]
    ascends(report, at, ids)
    report.hold(at, subject["parentDrawId"] in ids, "没有原抽取 (the parent is not among them)")
    labels, approval = subject["labels"], subject["approval"]
    report.hold("/subject/labels", bool(labels) != (subject["purpose"] == "escalation"), "与用途不符 (does not fit the purpose)")
    ascends(report, "/subject/labels", labels)
    report.hold("/subject/approval/reasons", approval["reasons"], "没有原因 (no reason)")
    ascends(report, "/subject/approval/reasons", [one["reason"] for one in approval["reasons"]])
    in_time = epoch_ms(approval["approvedAt"]) <= epoch_ms(committed_at)
    report.hold("/subject/approval/approvedAt", in_time, "晚于承诺 (after the commitment)")


def check_commitment(report, s, demo):
    subject, snapshot = s["subject"], s["snapshot"]
    report.same("/drawId", s["drawId"], draw_id_of(s))
    if subject["kind"] == "clue-task":
        report.hold("/subject/clueIds", subject["clueIds"], "没有线索 (no clue)")
        ascends(report, "/subject/clueIds", subject["clueIds"])
    if is_redraw(s):
        check_redraw_subject(report, subject, s["committedAt"])
    for name in ("hash", "regionCode"):
        report.same(f"/snapshot/{name}", snapshot[name], s[name])
    check_part(report, "", snapshot, s)
    if "joint" in s:
        check_joint(report, s)
    report.same("/strata", sizes_of(s["strata"]), strata_in(s))
    for index, stratum in enumerate(s["strata"]):
        if is_redraw(s):
            report.same(f"/strata/{index}/rule/kind", stratum["rule"]["kind"], "count")
        check_number(report, f"/strata/{index}", stratum)
    if is_redraw(s):
        report.hold("/strata", any(one["n"] for one in s["strata"]), "无人可抽 (nothing to draw)")
        report.same("/batchSizes", len(s["batchSizes"]), 1)
    report.same("/batchSizes", sum(s["batchSizes"]), sum(one["n"] for one in s["strata"]))
    shortest = s["revealWindowSeconds"] + 2 * s["marginSeconds"]
    report.hold("/delaySeconds", s["delaySeconds"] >= shortest, "短于揭示窗口加两个余量 (shorter than reveal window and two margins)")
    ascends(report, "/matchInputs", [one["unitId"] for one in s["matchInputs"]])
    ascends(report, "/tips", [one["unitId"] for one in s["tips"]])
    ascends(report, "/beacons", [one["source"] for one in s["beacons"]])
    report.hold("/beacons", s["beacons"], "没有信标 (no beacon)")
    for index, beacon in enumerate(s["beacons"]):
        at = f"/beacons/{index}"
        if beacon["kind"] == "public-numbers":
            report.hold(f"{at}/source", NUMBERS_SOURCE.fullmatch(beacon["source"]), "不是公开数字的名称 (no name of public numbers)")
            report.same(f"{at}/notBefore", epoch_ms(beacon["notBefore"]), epoch_ms(s["committedAt"]) + 1000 * s["delaySeconds"])
            continue
        wait = epoch_ms(s["committedAt"]) + 1000 * (s["delaySeconds"] - beacon["genesisTime"])
        report.same(f"{at}/round", beacon["round"], max(0, -(-wait // (1000 * beacon["periodSeconds"]))) + 1)
        report.hold(f"{at}/kind", beacon["kind"] != "self" or demo, "自办信标只用于演示 (a self beacon is for demonstrations only)")
        if beacon["kind"] == "region":
            named = re.fullmatch("region/[1-9][0-9]{5}", beacon["source"])
            report.hold(f"{at}/source", named and beacon["source"] not in sources_of(s), NOT_OF_ANOTHER)
            others = [one["publicKey"] for one in s["beacons"][:index] if one["kind"] == "region"]
            report.hold(f"{at}/publicKey", beacon["publicKey"] not in others, "两个信标同一密钥 (the key of another beacon too)")
        if beacon["kind"] == "drand":
            report.same(f"{at}/source", beacon["source"], "drand/quicknet")
            for name in ("publicKey", "genesisTime", "periodSeconds"):
                report.same(f"{at}/{name}", beacon[name], QUICKNET[name])
    kinds = [beacon["kind"] for beacon in s["beacons"]]
    regions = kinds.count("region")
    outside = any(tip["unitId"] != s["organiserUnitId"] for tip in s["tips"])
    hold_regions(report, s, outside)
    report.same("/assurance", s["assurance"], "self" if "self" in kinds else "federated" if outside or regions >= 3 else "public")


NUMBERS_SOURCE = re.compile("numbers/[a-z0-9-]{1,64}")


def check_number(report, at, stratum):
    rule = stratum["rule"]
    if rule["kind"] == "count":
        raw = Fraction(rule["count"])
    else:
        ratio, share = (Fraction(part["numerator"], part["denominator"]) for part in (rule["ratio"], rule["batchShare"]))
        raw = stratum[rule["base"]] * ratio * share
    found = stratum["raw"]
    report.same(f"{at}/raw", [found["numerator"], found["denominator"]], [raw.numerator, raw.denominator])
    rounded = (raw + Fraction(1, 2)).__floor__() if rule.get("rounding") == "half-up" else raw.__ceil__()
    report.same(f"{at}/n", stratum["n"], min(rounded, stratum["eligible"]))


# --- Items 3 and 4: roster, transcript -----------------------------------------------------------------------------------------


def check_roster(name, report, roster, data, snapshot, part=""):
    for number, (before, one) in enumerate(zip(roster, roster[1:]), 2):
        Report(name).line(number).hold("/label", before["label"] < one["label"], "标签未升序或重复 (labels do not ascend)")
    sizes = {}
    for one in roster:
        size = sizes.setdefault(one["stratum"], [one["stratum"], 0, 0])
        size[1] += 1
        size[2] += not one["excluded"]
    report.same(f"{part}/snapshot/strata", sizes_of(snapshot["strata"]), sorted(sizes.values(), key=lambda size: size[0].encode()))
    hash_ = Hash(snapshot["hash"])
    level = [leaf_of(hash_, one) for one in roster] or [hash_.raw(b"")]
    while len(level) > 1:
        pairs = [hash_.raw(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    report.same(f"{part}/snapshot/root", snapshot["root"], level[0].hex())
    report.same(f"{part}/snapshot/rosterDigest", snapshot["rosterDigest"], hash_.hex(data))


def read_rosters(report, s, own, read):
    """§23: the rosters by region code, the other cities' read beside the organiser's; no label stands in two."""
    rosters, before = {s["regionCode"]: own}, {one["label"] for one in own}
    for at, part in parts_of(s)[1:]:
        name = f"rosters/{s['drawId']}-{region_of(part)}.ndjson"
        data = read(name) if read else None
        if data is None:
            raise Refusal(f"缺少参加地区的名录 (the roster of a city that takes part is missing): {name}")
        roster = read_lines(name, data, ROSTER_LINE)
        check_roster(name, report, roster, data, part["snapshot"], at)
        for number, one in enumerate(roster, 1):
            apart = one["label"] not in before
            Report(name).line(number).hold("/label", apart, "另一地区的名录中已有 (stands in another city's roster)")
        before |= {one["label"] for one in roster}
        rosters[region_of(part)] = roster
    return rosters


# --- Item 3: the family of a redraw (§18) ---------------------------------------------------------------------------------------


def labels_of(s):
    """The draw whose id the labels are formed with."""
    return s["snapshot"].get("labelsOf", s["drawId"])


def of_family(read, name):
    data = read(name) if read else None
    if data is None:
        raise Refusal(f"缺少原抽取或此前补抽的文件 (a file of the redraw's family is missing): {name}")
    return name, data


def due_ms(beacon):
    """Its round, or the earliest instant of a publication."""
    if "notBefore" in beacon:
        return epoch_ms(beacon["notBefore"])
    return 1000 * (beacon["genesisTime"] + (beacon["round"] - 1) * beacon["periodSeconds"])


def read_family(report, s, read):
    """(transcript, S, labels drawn) of every draw before, by drawId; each has a verdict of its own."""
    hash_, parent, family = Hash(s["hash"]), s["subject"]["parentDrawId"], {}
    for index, one in enumerate(s["subject"]["after"]):
        at, draw_id = f"/subject/after/{index}", one["drawId"]
        transcript = of_family(read, f"transcript-{draw_id}.json")
        t = read_json(*transcript, TRANSCRIPT)["transcript"]
        report.same(f"{at}/transcript", one["transcript"], hash_.of(t))
        commitment = of_family(read, f"commitment-{draw_id}.json")
        before = read_json(*commitment, COMMITMENT)
        Report(transcript[0]).same("/transcript/commitment", t["commitment"], hash_.hex(commitment[1]))
        if draw_id == parent:
            kin = not is_redraw(before)
        else:
            kin = is_redraw(before) and before["subject"]["parentDrawId"] == parent and before["regionCode"] == s["regionCode"]
        kin = kin and t["drawId"] == before["drawId"] == draw_id
        report.hold(f"{at}/drawId", kin, "不是原抽取或其补抽 (neither the parent nor a redraw of it)")
        later = all(due_ms(beacon) <= epoch_ms(s["committedAt"]) for beacon in before["beacons"])
        report.hold("/committedAt", later, f"早于 {draw_id} 的轮次 (before a round of this draw)")
        family[draw_id] = before, {drawn["label"] for stratum in t["strata"] for drawn in stratum["drawn"]}
    return family


def part_of_city(report, parent, region):
    """§23: where the parent's S has the city that a redraw is of, its snapshot, and the name of its roster."""
    if parent["regionCode"] == region:
        return "", parent["snapshot"], f"rosters/{parent['drawId']}.ndjson"
    for at, part in parts_of(parent)[1:]:
        if region_of(part) == region:
            return at, part["snapshot"], f"rosters/{parent['drawId']}-{region}.ndjson"
    report.hold("/regionCode", False, "原抽取没有本地区参加 (the parent is no draw of this city)")


def check_redraw_beacons(report, s, parent):
    """§23: a redraw in another city than the organiser's has no beacon of the parent's cities, and units that check there are no outsiders."""
    if s["regionCode"] == parent["regionCode"]:
        return
    for index, beacon in enumerate(s["beacons"]):
        of_parent = beacon["kind"] == "region" and beacon["source"] in sources_of(parent)
        report.hold(f"/beacons/{index}/source", not of_parent, NOT_OF_ANOTHER)
    inside = {parent["organiserUnitId"]} | {one["unitId"] for one in parent["matchInputs"]}
    hold_regions(report, s, any(tip["unitId"] not in inside for tip in s["tips"]))


def check_redraw(report, s, roster_name, roster, read):
    subject, snapshot = s["subject"], s["snapshot"]
    family = read_family(report, s, read)
    parent, _ = family[subject["parentDrawId"]]
    part_at, before, parents_roster = part_of_city(report, parent, s["regionCode"])
    check_redraw_beacons(report, s, parent)
    for name in ("subjectDigest", "organiserUnitId"):
        report.same(f"/{name}", s[name], parent[name])
    for name in ("root", "keyDigest", "privateFileDigest"):
        report.same(f"/snapshot/{name}", snapshot[name], before[name])
    report.same("/snapshot/strata", *([[one["stratum"], one["mapped"]] for one in which["strata"]] for which in (snapshot, before)))
    report.hold("/snapshot/asOf", epoch_ms(snapshot["asOf"]) > epoch_ms(before["asOf"]), "不晚于原抽取 (not later than the parent's)")
    drawn, standing, gone = set(), set(), set()
    for of, labels in family.values():
        purpose = of["subject"].get("purpose")
        drawn |= labels
        if purpose != "rematch":
            standing |= labels
        if purpose == "replacement":
            gone |= set(of["subject"]["labels"])
    # What several cities drew stands in the rosters of all of them.
    standing = (standing - gone) & {member["label"] for member in roster}
    for index, label in enumerate(subject["labels"]):
        report.hold(f"/subject/labels/{index}", label in standing, "未抽中或已被替换 (not drawn, or replaced since)")
    named = set(subject["labels"])
    if subject["purpose"] != "escalation":
        for index, one in enumerate(s["strata"]):
            count = sum(member["stratum"] == one["stratum"] and member["label"] in named for member in roster)
            report.same(f"/strata/{index}/rule/count", one["rule"]["count"], count)
    name, data = of_family(read, parents_roster)
    barred = {one["label"] for one in read_lines(name, data, ROSTER_LINE) if one["excluded"]} | drawn
    digest = Hash(s["hash"]).hex(data)
    Report(f"commitment-{subject['parentDrawId']}.json").same(f"{part_at}/snapshot/rosterDigest", before["rosterDigest"], digest)
    for number, member in enumerate(roster, 1):
        here = Report(roster_name).line(number)
        if subject["purpose"] == "rematch":
            here.same("/excluded", member["excluded"], member["label"] not in named)
        else:
            here.hold("/excluded", member["excluded"] or member["label"] not in barred, "不得再抽 (may not be drawn any more)")


# --- Items 3 and 4, on: trees and tickets ---------------------------------------------------------------------------------------


def leaf_of(hash_, member):
    return hash_.raw(b"\0" + tlv(bytes.fromhex(member["label"]), member["stratum"]))


def root_of_path(hash_, node, index, size, path):
    """RFC 9162 §2.1.3.2; None where the path is too short or too long."""
    left, last = [bytes.fromhex(one) for one in path], size - 1
    while last > 0:
        if index % 2 == 1 or index < last:
            if not left:
                return None
            sibling = left.pop(0)
            node = hash_.raw(b"\1" + (sibling + node if index % 2 else node + sibling))
        index, last = index // 2, last // 2
    return None if left else node.hex()


def ranked(hash_, seed, context, labels):
    """§9: (ticket, label), smallest first."""
    key = hash_.hmac(hash_.hmac(bytes.fromhex(seed), canonical(context).encode()), ALGORITHM.encode())
    return sorted((hash_.hmac(key, label.encode() + b"\1").hex(), label) for label in labels)


def check_draw(report, t, s, rosters, data):
    hash_ = Hash(s["hash"])
    for name in ("hash", "regionCode", "drawId"):
        report.same(f"/{name}", t[name], s[name])
    report.same("/commitment", t["commitment"], hash_.hex(data))
    report.same("/beacons", *([[one["source"], one.get("round", 0)] for one in where["beacons"]] for where in (t, s)))
    for index, (one, named) in enumerate(zip(t["beacons"], s["beacons"])):
        if "series" in one:
            expected = randomness_of_numbers(hash_, named["definition"], one["series"])
        else:
            expected = hashlib.sha256(bytes.fromhex(one["signature"])).hexdigest()
        report.same(f"/beacons/{index}/randomness", one["randomness"], expected)
    report.same("/reveals", [one["unitId"] for one in t["reveals"]], [one["unitId"] for one in s["tips"]])
    for index, (one, tip) in enumerate(zip(t["reveals"], s["tips"])):
        opened = tip_of(hash_, s["drawId"], one) == tip["tip"]
        report.hold(f"/reveals/{index}/secret", opened, "与承诺的 tip 不符 (does not open the tip)")
    outputs = [[one["source"], one.get("round", 0), bytes.fromhex(one["randomness"])] for one in t["beacons"]]
    secrets = [[one["unitId"], bytes.fromhex(one["secret"])] for one in t["reveals"]]
    report.same("/seed", t["seed"], hash_.hex(tlv(ALGORITHM, s["hash"], bytes.fromhex(t["commitment"]), outputs, secrets)))
    report.same("/strata", [one["stratum"] for one in t["strata"]], [one["stratum"] for one in s["strata"]])
    members = {one["stratum"]: [] for one in s["strata"]}
    for region, roster in rosters.items():
        for one in roster:
            if not one["excluded"]:
                members[stratum_in(s, region, one["stratum"])].append(one["label"])
    for index, (found, stratum) in enumerate(zip(t["strata"], s["strata"])):
        at = f"/strata/{index}"
        drawn = ranked(hash_, t["seed"], ["object", stratum["stratum"]], members[stratum["stratum"]])[: stratum["n"]]
        report.same(f"{at}/drawn", len(found["drawn"]), stratum["n"])
        for place, (one, (ticket, label)) in enumerate(zip(found["drawn"], drawn)):
            report.same(f"{at}/drawn/{place}/label", one["label"], label)
            report.same(f"{at}/drawn/{place}/ticket", one["ticket"], ticket)
        report.same(f"{at}/cutOff", found["cutOff"], drawn[-1][0] if drawn else None)
    order = iter(ranked(hash_, t["seed"], ["order"], [one["label"] for of in t["strata"] for one in of["drawn"]]))
    report.same("/batches", [len(batch) for batch in t["batches"]], s["batchSizes"])
    for index, batch in enumerate(t["batches"]):
        for place, label in enumerate(batch):
            report.same(f"/batches/{index}/{place}", label, next(order)[1])
    report.same("/drawnSet", len(t["drawnSet"]), sum(s["batchSizes"]) if s["publicOpening"] == "drawn-set" else 0)
    ascends(report, "/drawnSet", t["drawnSet"])


def randomness_of_numbers(hash_, definition, series):
    """§9a: what was published, under the definition that S names."""
    published = [[[one["issue"], one["publishedAt"], one["numbers"]] for one in each["publications"]] for each in series]
    return hash_.hex(tlv("dual-random/public-numbers/v1", bytes.fromhex(definition), published))


def tip_of(hash_, draw_id, reveal):
    return hash_.hex(tlv("tip", bytes.fromhex(draw_id), reveal["unitId"], bytes.fromhex(reveal["secret"])))


# --- Item 5: the log in the transcript, signatures ------------------------------------------------------------------------------


def signed_bytes(kind, region, draw_id, digest):
    return tlv("dual-random/sig/v1", kind, region, bytes.fromhex(draw_id or ""), bytes.fromhex(digest))


def check_signed(report, at, keys, roles, signed, message):
    key = next((one for one in keys if one["keyId"] == signed["keyId"] and one["role"] in roles), None)
    if key is None:
        report.fail(f"{at}/keyId", f"没有这把 {roles} 密钥 (no such key of this role)")
    valid = ed25519_verify(bytes.fromhex(key["publicKey"]), message, bytes.fromhex(signed["signature"]))
    report.hold(f"{at}/signature", valid, BAD_SIGNATURE)
    return key


def head_of(hash_, previous, entry):
    return hash_.hex(tlv("log", bytes.fromhex(previous), entry["seq"], entry["kind"], bytes.fromhex(entry["digest"])))


def roles_of(kind):
    """§8 and §16: who may sign an entry."""
    if kind == "snapshot":
        return ("registry",)
    if kind in ("key", "definition", "approval", "failed"):
        return ("superior",)
    return ("unit", "superior") if kind in ("tip", "reveal", "numbers", "audited") else ("drawing",)


class City:
    """One city's log as a draw has it: its part in S and in the transcript, and where each stands there."""

    def __init__(self, s, t, index):
        self.own = index == 0
        self.in_commitment, self.part = parts_of(s)[index]
        self.log = t["log"] if self.own else t["joint"][index - 1]
        self.at = "/transcript/log" if self.own else f"/transcript/joint/{index - 1}"
        self.region = region_of(self.part)


def check_log_proofs(report, file, s):
    """The logs of all cities that take part, the organiser's first; gives them."""
    t = file["transcript"]
    found, expected = t.get("joint"), [region_of(part) for _, part in parts_of(s)[1:]] if "joint" in s else None
    report.same("/transcript/joint", found and [log["genesis"]["regionCode"] for log in found], expected)
    cities = [City(s, t, index) for index in range(len(parts_of(s)))]
    for city in cities:
        check_log_proof(report, city, t["commitment"], s)
        keys = city.log["genesis"]["keys"]
        if not city.own:
            report.same(f"{city.at}/genesis/demo", city.log["genesis"]["demo"], t["log"]["genesis"]["demo"])
            continue
        message = signed_bytes("transcript", s["regionCode"], s["drawId"], Hash(s["hash"]).of(t))
        check_signed(report, "", keys, ("drawing",), file, message)
        for beacon in s["beacons"]:
            known = beacon["kind"] != "self" or beacon["publicKey"] in beacon_keys(keys)
            report.hold(f"{city.at}/genesis/keys", known, "没有自办信标的公钥 (the self beacon key is not among them)")
    return cities


def check_log_proof(report, city, committed, s):
    genesis, entries, at = city.log["genesis"], city.log["entries"], city.at
    report.same(f"{at}/genesis/regionCode", genesis["regionCode"], city.region)
    report.same(f"{at}/genesis/hash", genesis["hash"], s["hash"])
    for name in ("keyId", "publicKey"):
        report.same(f"{at}/genesis/keys", len({key[name] for key in genesis["keys"]}), len(genesis["keys"]))
    hash_ = Hash(genesis["hash"])
    last = {"seq": 0, "kind": "genesis", "digest": hash_.of(genesis)}
    last["head"] = head_of(hash_, "", last)
    report.same(f"{at}/entries", [one["kind"] for one in entries], ["snapshot", "commitment"])
    digests = (hash_.of(city.part["snapshot"]), committed)
    for index, (one, digest) in enumerate(zip(entries, digests)):
        here = f"{at}/entries/{index}"
        report.hold(f"{here}/seq", one["seq"] > last["seq"], "序号未增 (does not ascend)")
        if one["seq"] == last["seq"] + 1:
            report.same(f"{here}/previous", one["previous"], last["head"])
        report.same(f"{here}/head", one["head"], head_of(hash_, one["previous"], one))
        report.same(f"{here}/digest", one["digest"], digest)
        message = signed_bytes(one["kind"], city.region, s["drawId"], digest)
        check_signed(report, here, genesis["keys"], roles_of(one["kind"]), one, message)
        last = one
    for name in ("keyId", "signature"):
        report.same(f"{at}/entries/0/{name}", entries[0][name], city.part["snapshotSignature"][name])


def beacon_keys(keys):
    return {key["publicKey"]: key["keyId"] for key in keys if key["role"] == "beacon"}


# --- Item 6: openings -----------------------------------------------------------------------------------------------------------


def drawn_elements(t, s):
    return {label for batch in t["batches"] for label in batch} if s["publicOpening"] == "full" else set(t["drawnSet"])


def check_openings(name, data, left, s):
    """Each of the drawn is opened once in all files; `left` are those that no file before has opened."""
    full = s["publicOpening"] == "full"
    lines = read_lines(name, data, OPENING_LINE)
    head = ["leaf", "object", bytes.fromhex(labels_of(s))] if full else ["drawn", bytes.fromhex(s["drawId"])]
    before = ""
    for number, one in enumerate(lines, 1):
        Report(name).hold(f"line {number}", before.encode() < one["id"].encode(), OUT_OF_ORDER)
        before = one["id"]
        opened = Hash(s["hash"]).hex(tlv(*head, bytes.fromhex(one["salt"]), one["id"]))
        if opened not in left:
            Report(name).fail(f"line {number}", "不属于抽中名单或重复 (not among the drawn, or repeated)")
        left.remove(opened)
    return len(lines)


def check_own_opening(name, data, t, s, rosters):
    report = Report(name)
    own = read_json(name, data, OWN_OPENING)
    report.same("/drawId", own["drawId"], s["drawId"])
    region = own.get("regionCode") if "joint" in s else s["regionCode"]
    known = region in rosters and ("joint" in s or "regionCode" not in own)
    report.hold("/regionCode", known, "不是参加抽取的地区 (of no city that takes part)")
    roster = rosters[region]
    signed_root = next(part["snapshot"]["root"] for _, part in parts_of(s) if region_of(part) == region)
    label = Hash(s["hash"]).hex(tlv("leaf", "object", bytes.fromhex(labels_of(s)), bytes.fromhex(own["salt"]), own["id"]))
    report.same("/label", own["label"], label)
    report.same("/size", own["size"], len(roster))
    member = roster[own["index"]] if own["index"] < len(roster) else {"label": None, "stratum": None}
    report.same("/index", [member["label"], member["stratum"]], [label, own["stratum"]])
    root = root_of_path(Hash(s["hash"]), leaf_of(Hash(s["hash"]), member), own["index"], own["size"], own["path"])
    report.same("/path", root, signed_root)
    for number, batch in enumerate(t["batches"], 1):
        if label in batch:
            return f"抽中，第 {number} 批 (drawn, batch {number})"
    return "未参加抽取 (excluded before the draw)" if member["excluded"] else "未抽中 (not drawn)"


# --- Item 7: region log, pinned keys, checkpoints -------------------------------------------------------------------------------

ONLY_ONCE = ("snapshot", "commitment", "transcript", "match", "void", "closed", "failed")
NEEDED_BEFORE = {
    "commitment": "snapshot", "reveal": "commitment", "numbers": "commitment", "transcript": "commitment", "match": "transcript", "audited": "match",
    "closed": "match", "failed": "commitment",
}

THIRTY_DAYS, TEN_YEARS = 30 * 86_400, 3650 * 86_400
TEN_MINUTES = 600


def read_keys(name, data):
    """The pinned keys. A broken file is no difference of the draw's, but leaves nothing to judge by."""
    report = Report(name)
    try:
        text = decoded(report, data)
        keys = parse(text.removesuffix("\n"), report.fail)
        KEYS(keys, "", report.fail)
        ascends(report, "/witnesses", [one["witnessId"] for one in keys["witnesses"]])
        public_keys = [one["publicKey"] for one in [keys["superior"], *keys["witnesses"]]]
        report.hold("/witnesses", len(set(public_keys)) == len(public_keys), "密钥重复 (a key stands there twice)")
        n, q, f = len(keys["witnesses"]), keys["quorum"], keys["tolerated"]
        report.hold("/quorum", q <= n and 2 * q > n + f, f"须 2q > n + f 且 q ≤ n (must hold; n = {n}, f = {f})")
        age = keys.get("beaconKeyAgeSeconds", THIRTY_DAYS)
        report.hold("/beaconKeyAgeSeconds", age <= TEN_YEARS, f"超过 {TEN_YEARS} (more than this)")
        margin = keys.get("leastMarginSeconds", TEN_MINUTES)
        report.hold("/leastMarginSeconds", margin <= 86_400, "超过 86400 (more than this)")
    except Difference as error:
        raise Refusal(str(error)) from None
    return {**keys, "beaconKeyAgeSeconds": age, "leastMarginSeconds": margin}


def check_pinned(report, genesis, keys, log="/transcript/log"):
    for name in ("regionCode", "hash"):
        report.same(f"{log}/genesis/{name}", genesis[name], keys[name])
    report.same(f"{log}/genesis", Hash(genesis["hash"]).of(genesis), keys["genesis"])
    others = {one["publicKey"] for one in [keys["superior"], *keys["witnesses"]]}
    for index, key in enumerate(genesis["keys"]):
        apart = key["publicKey"] not in others
        report.hold(f"{log}/genesis/keys/{index}", apart, "本地区的密钥不得为上级或见证人所有 (is the superior's or a witness's)")


class Life:
    """What the log has said of one draw so far."""

    def __init__(self):
        self.digests, self.tips, self.revealed, self.audited, self.numbers = {}, {}, set(), set(), []


def check_region_log(name, data, t, log, pinned):
    report = Report(name)
    lines = read_lines(name, data, LOG_LINE)
    genesis = log["genesis"]
    hash_ = Hash(genesis["hash"])
    report.line(1).same("/record", lines[0].get("record") if lines else None, genesis)
    keys = genesis["keys"] + ([{**pinned["superior"], "role": "superior"}] if pinned else [])
    lives, head, definitions = {}, "", set()
    for seq, one in enumerate(lines):
        here = report.line(seq + 1)
        here.same("/seq", one["seq"], seq)
        here.hold("/kind", (one["kind"] == "genesis") == (seq == 0), "创世条目有误 (genesis out of place)")
        here.same("/head", one["head"], head_of(hash_, head, one))
        head = one["head"]
        if "record" in one:
            here.same("/digest", one["digest"], hash_.of(one["record"]))
        roles = roles_of(one["kind"])
        key = None
        # Units and superior cannot be told without the pinned key.
        if pinned or "superior" not in roles:
            message = signed_bytes(one["kind"], genesis["regionCode"], one["drawId"], one["digest"])
            key = check_signed(here, "", keys, roles, one, message)
        if one["kind"] == "key":
            admitted = one["record"]
            for member in ("keyId", "publicKey"):
                given = any(other[member] == admitted[member] for other in keys)
                here.hold(f"/record/{member}", not given, "已有这把密钥 (given before)")
            keys = keys + [admitted]
        elif one["kind"] == "definition":
            here.hold("/record", one["digest"] not in definitions, "已有这一定义 (given before)")
            definitions.add(one["digest"])
        elif one["kind"] != "genesis":
            check_entry(here, hash_, lives.setdefault(one["drawId"], Life()), one, key)
    for proof in log["entries"]:
        here = report.line(proof["seq"] + 1)
        line = lines[proof["seq"]] if proof["seq"] < len(lines) else {"head": None}
        for member in ("head", "keyId", "signature"):
            here.same(f"/{member}", line[member], proof[member])
    own = [one["digest"] for one in lines if one["kind"] == "transcript" and one["drawId"] == t["drawId"]]
    report.same("(whole file) transcript", own, [hash_.of(t)])
    return lines


def check_entry(here, hash_, life, one, key):
    kind, said = one["kind"], one.get("record")
    here.hold("/kind", kind not in ONLY_ONCE or kind not in life.digests, "同一抽取的第二条 (second of this draw)")
    needed = NEEDED_BEFORE.get(kind)
    here.hold("/kind", needed is None or needed in life.digests, f"此前没有 {needed} (nothing of this kind before)")
    here.hold("/kind", "failed" not in life.digests, "该抽取已宣布失败 (the draw failed before)")
    life.digests[kind] = one["digest"]
    if said is None:
        return
    here.same("/record/drawId", said["drawId"], one["drawId"])
    if kind == "void":
        return
    unit = said["unitId"]
    if key:
        here.same("/record/unitId", unit, key["unitId"])
    if kind == "failed":
        if said["reason"] == "void-undecided":
            since = list(life.digests)[list(life.digests).index("commitment"):]
            here.hold("/kind", "void" in since, "承诺之后没有作废条目 (no void after S)")
        fails_before = "transcript" if said["reason"] in ("beacon-lost", "void-undecided") else "match"
        here.hold("/kind", fails_before not in life.digests, "该抽取此时已不会因所称事由失败 (the draw could no longer fail for this reason)")
        return
    if kind == "approval":
        here.hold("/kind", "commitment" not in life.digests, "晚于承诺 (after S)")
        return
    if kind == "audited":
        here.same("/record/match", said["match"], life.digests["match"])
        here.hold("/kind", unit not in life.audited, "该单位的第二次复核 (second of this unit)")
        life.audited.add(unit)
        return
    if kind == "tip":
        first = unit not in life.tips and "commitment" not in life.digests
        here.hold("/kind", first, "第二个，或晚于承诺 (second of this unit, or after S)")
        life.tips[unit] = said["tip"]
        return
    here.same("/record/commitment", said["commitment"], life.digests["commitment"])
    if kind == "numbers":
        here.hold("/kind", "transcript" not in life.digests, "晚于抽取记录 (after the transcript)")
        before = [other for other in life.numbers if other["source"] == said["source"]]
        again = len(before) > 1 or any(other["unitId"] == unit for other in before)
        here.hold("/kind", not again, "该单位的第二次，或第三次录入 (second of this unit, or a third)")
        for other in before:
            here.same("/record/series", said["series"], other["series"])
        life.numbers.append(said)
        return
    opened = tip_of(hash_, one["drawId"], said) == life.tips.get(unit)
    here.hold("/record/secret", opened, "与日志中的 tip 不符 (does not open the tip in the log)")
    here.hold("/kind", unit not in life.revealed, "第二次揭示 (second of this unit)")
    life.revealed.add(unit)


LINES_BY_DRAW = {}


def lines_of(lines, draw_id):
    """The first line of every kind of a draw; a log is gone through once, however many draws are asked for."""
    if LINES_BY_DRAW.get("of") is not lines:
        draws = {}
        for one in lines:
            draws.setdefault(one["drawId"], {}).setdefault(one["kind"], one)
        LINES_BY_DRAW.update(of=lines, draws=draws)
    return LINES_BY_DRAW["draws"].get(draw_id, {})


def check_auditors(names, s, lines):
    """§22: the organiser does not audit its own draw."""
    for seq, one in enumerate(lines):
        if one["kind"] == "audited" and one["drawId"] == s["drawId"]:
            apart = one["record"]["unitId"] != s["organiserUnitId"]
            Report(names["log"]).line(seq + 1).hold("/record/unitId", apart, "组织单位不得自行复核 (by the organiser)")


def is_before(kind, of_draw, seq):
    return kind in of_draw and of_draw[kind]["seq"] < seq


def is_drawn(of_draw, seq):
    """Before entry `seq`; §24: of a draw that failed before it no transcript counts."""
    return is_before("transcript", of_draw, seq) and not is_before("failed", of_draw, seq)


def undrawn_before(lines, own):
    """§19: the lines with an S of another draw that stood before this one was drawn and that no transcript followed."""
    drawn = {one["drawId"]: one["seq"] for one in lines if one["kind"] == "transcript"}
    left = (one for one in lines if one["kind"] == "commitment" and one["seq"] < drawn[own] and one["drawId"] not in drawn)
    return [one["seq"] + 1 for one in left]


NOT_APPROVED = "not-approved: 补抽，或此前某次未在结果可知之前作废，须有上级批准 (needs the superior's approval)"


def check_attempt(names, t, s, lines):
    """§3 and §19: every attempt before came to nothing; a redraw, or one after an attempt that was not void before its secrets, was approved."""
    report = Report(names["commitment"])
    snapshot, commitment = (one["seq"] for one in t["log"]["entries"])
    needed = is_redraw(s) and s["witnesses"]["count"] > 0
    drawn = lines_of(lines, s["drawId"])["transcript"]["seq"]
    attempt = 0
    while (attempt := attempt + 1) < s["attempt"]:
        before = lines_of(lines, draw_id_of(s, attempt=attempt))
        over = is_before("snapshot", before, snapshot) and not is_drawn(before, snapshot)
        over = over and ("commitment" not in before or not snapshot < before["commitment"]["seq"] < drawn)
        report.hold("/attempt", over, "此前某次未冻结，或已抽出且未失败，或其承诺晚于本次冻结 (one before was not frozen, or was drawn and did not fail, or was committed later)")
        voided = "void" in before and "commitment" in before and before["void"]["seq"] < before["commitment"]["seq"]
        ended = voided or is_before("void", before, commitment) and "tip" not in before
        needed = needed or is_before("failed", before, commitment) or is_before("commitment", before, commitment) and not ended
    following = lines_of(lines, draw_id_of(s, attempt=s["attempt"] + 1))
    report.hold("/attempt", not is_before("snapshot", following, drawn), "抽取记录晚于下一次的冻结 (drawn after the next attempt was frozen)")
    Report(names["log"]).hold(f"line {commitment + 1}", not needed or is_approved(s, lines), NOT_APPROVED)


def order_of(s):
    """§18: H of what the superior approves of a redraw, None where a draw is none."""
    subject = s["subject"]
    if subject["kind"] != "redraw":
        return None
    drawn = [{"stratum": one["stratum"], "count": one["rule"].get("count", 0)} for one in s["strata"]]
    order = {name: subject[name] for name in ("approval", "labels", "parentDrawId", "purpose")}
    order["counts"] = [one for one in drawn if one["count"] > 0] if subject["purpose"] == "escalation" else []
    order |= {"number": s["batch"], "regionCode": s["regionCode"], "type": "dual-random/redraw-order/v1"}
    return Hash(s["hash"]).hex(canonical(order).encode())


def is_approved(s, lines):
    """§19: the superior approved this attempt, and of a redraw this order."""
    order = order_of(s)
    approvals = [one["record"] for one in lines if one["kind"] == "approval" and one["drawId"] == s["drawId"]]
    return any(record["order"] == order for record in approvals)


def check_earlier(names, t, s, lines, in_time, read):
    """§19: by S of every attempt before, that it does not stand, and that a void which came too late was followed by an approval."""
    snapshot, own = (one["seq"] for one in t["log"]["entries"])
    for attempt in range(1, s["attempt"]):
        draw_id = draw_id_of(s, attempt=attempt)
        before = lines_of(lines, draw_id)
        if not is_before("commitment", before, snapshot) or is_before("failed", before, snapshot):
            continue
        name, line = f"commitment-{draw_id}.json", before["commitment"]
        data = read(name) if read else None
        if data is None:
            raise Refusal(f"缺少此前一次的承诺 (S of an attempt before is missing): {name}")
        Report(names["log"]).same(f"line {line['seq'] + 1} /digest", line["digest"], Hash(s["hash"]).hex(data))
        of = read_json(name, data, COMMITMENT)
        Report(name).same("/drawId", of["drawId"], draw_id)
        Report(name).hold("/beacons", of["beacons"], "没有信标 (no beacon)")
        by = deadline_of(of)
        reveals = [one for one in lines if one["kind"] == "reveal" and one["drawId"] == draw_id and in_time(one, by)]
        revealed = {tip["unitId"] for tip in of["tips"]} <= {one["record"]["unitId"] for one in reveals}
        voided = before.get("void")
        is_void = voided is not None and (voided["seq"] < line["seq"] or in_time(voided, by))
        stands = not of.get("joint", {}).get("parts") and in_time(line, by) and revealed and not is_void
        Report(names["commitment"]).hold("/attempt", not stands, "此前某次仍然有效 (an attempt before stands)")
        Report(names["log"]).hold(f"line {own + 1}", is_void or is_approved(s, lines), NOT_APPROVED)


def check_not_drawn_before(names, s, lines):
    """§23: in another city's log the attempt before may never have come, but it was not drawn, or failed."""
    if s["attempt"] > 1:
        frozen = lines_of(lines, s["drawId"])["snapshot"]["seq"]
        drawn = is_drawn(lines_of(lines, draw_id_of(s, attempt=s["attempt"] - 1)), frozen)
        Report(names["commitment"]).hold("/attempt", not drawn, "前一次已抽出 (the attempt before was drawn)")


def check_family_in_log(names, t, s, lines):
    """§18: `after` is the parent and the redraws of it that were frozen before this one, as far as they were drawn."""
    report, own = Report(names["commitment"]), t["log"]["entries"][0]["seq"]
    frozen = {one["drawId"]: one["seq"] for one in lines if one["kind"] == "snapshot"}
    transcripts = {one["drawId"]: one for one in lines if one["kind"] == "transcript"}
    family, number = [s["subject"]["parentDrawId"]], 1
    while True:
        first = frozen.get(draw_id_of(s, number, 1))
        report.hold("/batch", number >= s["batch"] or first is not None and first < own, "此前缺号 (a number before it is missing)")
        if first is None:
            break
        attempt = 1
        while (draw_id := draw_id_of(s, number, attempt)) in frozen:
            if frozen[draw_id] < own:
                family.append(draw_id)
            attempt += 1
        number += 1
    failed = {one["drawId"] for one in lines if one["kind"] == "failed" and one["seq"] < own}
    last = lines_of(lines, s["drawId"])["transcript"]["seq"]
    later = {draw_id for draw_id, one in transcripts.items() if one["seq"] >= last}
    drawn = [transcripts[draw_id] for draw_id in sorted(family) if draw_id in transcripts and draw_id not in failed | later]
    found = [[one["drawId"], one["transcript"]] for one in s["subject"]["after"]]
    report.same("/subject/after", found, [[one["drawId"], one["digest"]] for one in drawn])
    for seq in sorted(one["seq"] for one in drawn):
        Report(names["log"]).hold(f"line {seq + 1}", seq < own, "晚于补抽的冻结 (after the freeze of the redraw)")


def check_checkpoints(name, data, lines, genesis, pinned):
    """Gives (witnessId, seq, milliseconds) of every cosignature that counts."""
    hash_ = Hash(genesis["hash"])
    region = genesis["regionCode"]
    public_keys = {one["witnessId"]: bytes.fromhex(one["publicKey"]) for one in pinned["witnesses"]}
    seen, last = [], -1
    for number, one in enumerate(read_lines(name, data, CHECKPOINT_LINE), 1):
        here = Report(name).line(number)
        checkpoint = one["checkpoint"]
        here.same("/checkpoint/regionCode", checkpoint["regionCode"], region)
        here.hold("/checkpoint/seq", checkpoint["seq"] > last, "序号未增 (does not ascend)")
        here.hold("/checkpoint/seq", checkpoint["seq"] < len(lines), "日志在此之前结束 (the log ends before it)")
        here.same("/checkpoint/head", checkpoint["head"], lines[checkpoint["seq"]]["head"])
        digest = hash_.of(checkpoint)
        check_signed(here, "", genesis["keys"], ("drawing",), one, signed_bytes("checkpoint", region, None, digest))
        before = ""
        for index, witness in enumerate(one["cosignatures"]):
            at, who, when = f"/cosignatures/{index}", witness["witnessId"], witness["receivedAt"]
            here.hold(at, before < who, OUT_OF_ORDER)
            before = who
            if who in public_keys:
                said = {"checkpoint": digest, "receivedAt": when, "type": "dual-random/cosignature/v1", "witnessId": who}
                message = signed_bytes("cosignature", region, None, hash_.of(said))
                valid = ed25519_verify(public_keys[who], message, bytes.fromhex(witness["signature"]))
                here.hold(f"{at}/signature", valid, BAD_SIGNATURE)
                seen.append((who, checkpoint["seq"], epoch_ms(when)))
        last = checkpoint["seq"]
    return seen


def witnesses_of(seen, seq, by=None):
    return len({who for who, up_to, when in seen if up_to >= seq and (by is None or when <= by)})


def deadline_of(s):
    """§15: when the earliest beacon is due, less the margin; milliseconds since 1970."""
    return min(due_ms(one) for one in s["beacons"]) - 1000 * s["marginSeconds"]


def check_witnessed(names, city, t, s, lines, quorum, key_age, seen, read):
    """§15 What counts. `seen` is None where S names no witnesses: then all counts."""
    in_log, in_commitment = Report(names["log"]), Report(names["commitment"])
    deadline = deadline_of(s)

    def in_time(line, by=deadline):
        return seen is None or witnesses_of(seen, line["seq"], by) >= quorum

    late = f"期限前见证不足 {quorum} 个 (not witnessed by a quorum by the deadline, {deadline} ms after 1970)"
    commitment = lines[city.log["entries"][1]["seq"]]
    in_log.hold(f"line {commitment['seq'] + 1}", in_time(commitment), f"not-witnessed: {late}")
    own = [one for one in lines if one["drawId"] == s["drawId"]]
    for one in own:
        if one["kind"] == "void":
            without_effect = one["seq"] > commitment["seq"] and not in_time(one)
            in_log.hold(f"line {one['seq'] + 1}", without_effect, "本次抽取已作废 (the draw is void)")
    if city.own:
        check_earlier(names, t, s, lines, in_time, read)
        check_tips(in_commitment, s, own, in_time, late)
    check_region_beacons(in_commitment, city.log["genesis"], s, lines[: commitment["seq"]], quorum, key_age, seen)


def check_tips(in_commitment, s, own, in_time, late):
    """§17: tips and reveals stand in the organiser's log."""
    tips = sorted([one["record"]["unitId"], one["record"]["tip"]] for one in own if one["kind"] == "tip")
    in_commitment.same("/tips", [[one["unitId"], one["tip"]] for one in s["tips"]], tips)
    reveals = {one["record"]["unitId"]: one for one in own if one["kind"] == "reveal"}
    for index, tip in enumerate(s["tips"]):
        line = reveals.get(tip["unitId"])
        in_commitment.hold(f"/tips/{index}", line is not None and in_time(line), f"reveal-missing: {late}")


def check_region_beacons(report, genesis, s, lines, quorum, key_age, seen):
    """§9: the key of a region's beacon stands in the log for the pinned time when S is made, for a unit of its own that neither organises the draw nor gives a tip."""
    since = epoch_ms(s["committedAt"]) - 1000 * key_age
    first = beacon_keys(genesis["keys"])
    admitted = {one["record"]["publicKey"]: one for one in lines if one["kind"] == "key" and one["record"]["role"] == "beacon"}
    units = {s["organiserUnitId"]}
    for index, beacon in enumerate(s["beacons"]):
        if beacon["kind"] != "region":
            continue
        at, key = f"/beacons/{index}/publicKey", beacon["publicKey"]
        report.hold(at, key in first or key in admitted, "承诺之前日志中没有 (not in the log before S)")
        key_id = first[key] if key in first else admitted[key]["record"]["keyId"]
        named = re.fullmatch(r"beacon-of-([0-9]{6})(-.+)?", key_id)
        of_region = named is not None and beacon["source"] == f"region/{named[1]}"
        report.hold(f"/beacons/{index}/source", of_region, "日志中这把公钥不是该地区信标的 (the log has this key as another region's)")
        if key in first:
            old = epoch_ms(genesis["startedAt"]) <= since
        else:
            old = seen is None or witnesses_of(seen, admitted[key]["seq"], since) >= quorum
        days, rest = divmod(key_age, 86_400)
        young = f"{key_age} 秒 (not in the log for so many seconds)" if rest else f"{days} 天 (not in the log for {days} days)"
        report.hold(at, old, f"入日志不足 {young}")
        if key not in first:
            unit = admitted[key]["record"]["unitId"]
            report.hold(at, unit not in units, "由组织单位或另一信标的单位运行 (run by the organiser or by who runs another)")
            units.add(unit)
            for number, tip in enumerate(s["tips"]):
                quiet = tip["unitId"] != unit
                report.hold(f"/tips/{number}", quiet, "运行信标的单位不得给出 tip (a unit that runs a beacon of this draw gives no tip)")


def check_numbers(names, t, s, lines, commitment, quorum, key_age, seen):
    """§9a: definitions that stand in the log for the pinned time, two units that typed alike, a transcript that has what they typed."""
    in_log, in_commitment = Report(names["log"]), Report(names["commitment"])
    since = epoch_ms(s["committedAt"]) - 1000 * key_age
    named = {}
    for index, beacon in enumerate(s["beacons"]):
        if beacon["kind"] != "public-numbers":
            continue
        at = f"/beacons/{index}"
        admitted = [one for one in lines[: commitment["seq"]] if one["kind"] == "definition" and one["digest"] == beacon["definition"]]
        in_commitment.hold(f"{at}/definition", admitted, "承诺之前日志中没有 (not in the log before S)")
        in_commitment.same(f"{at}/source", beacon["source"], admitted[0]["record"]["source"])
        old = seen is None or witnesses_of(seen, admitted[0]["seq"], since) >= quorum
        in_commitment.hold(f"{at}/definition", old, f"入日志不足 {key_age} 秒 (not in the log for so many seconds)")
        named[beacon["source"]] = index, admitted[0], epoch_ms(beacon["notBefore"]), []
    for _, line, _, _ in named.values():
        holds = is_definition(line["record"])
        in_log.line(line["seq"] + 1).hold("/record", holds, "不合规定，或不足 128 比特 (no definition, or fewer than 128 bits)")
    for one in lines:
        if one["kind"] != "numbers" or one["drawId"] != s["drawId"]:
            continue
        here, said = in_log.line(one["seq"] + 1), one["record"]
        here.hold("/record/source", said["source"] in named, "承诺没有这一来源 (not of S)")
        _, line, not_before, typed = named[said["source"]]
        check_typed(here, line["record"]["series"], not_before, said["series"])
        typed.append(said["series"])
    for index, _, _, typed in named.values():
        in_commitment.hold(f"/beacons/{index}", len(typed) == 2, "须有两个单位录入 (not typed by two units)")
    for index, _, _, typed in named.values():
        published = [{"publications": one["publications"]} for one in typed[0]]
        Report(names["transcript"]).same(f"/transcript/beacons/{index}/series", t["beacons"][index]["series"], published)


def is_definition(definition):
    """§9a: within its bounds, and at least 128 bits."""
    series, bits = definition["series"], 0
    if not NUMBERS_SOURCE.fullmatch(definition["source"]) or not 1 <= len(series) <= 20:
        return False
    if len({one["name"] for one in series}) < len(series):
        return False
    for one in series:
        if one["publications"] > 100 or not 1 <= len(one["groups"]) <= 20:
            return False
        for group in one["groups"]:
            count, span = group["count"], group["to"] - group["from"] + 1
            if count > 100 or not 1 <= span <= 10**9 or (group["kind"] == "set" and count > span):
                return False
            ways = math.comb(span, count) if group["kind"] == "set" else span**count
            bits += one["publications"] * (ways.bit_length() - 1)
    return bits >= 128


def check_typed(here, defined, not_before, typed):
    """§9a: of each series the first publications at or after `notBefore`, in the order of time, every number in its range."""
    misfit = "期数、个数或数值不合定义 (does not fit the definition)"
    here.hold("/record/series", len(typed) == len(defined), misfit)
    for index, (said, of) in enumerate(zip(typed, defined)):
        at = f"/record/series/{index}"
        here.hold(f"{at}/publications", len(said["publications"]) == of["publications"], misfit)
        earlier = epoch_ms(said["before"]["publishedAt"]) < not_before
        here.hold(f"{at}/before/publishedAt", earlier, "其后还有应取的一期 (not the one before the first)")
        issues, last = {said["before"]["issue"]}, not_before - 1
        for number, one in enumerate(said["publications"]):
            where, published = f"{at}/publications/{number}", epoch_ms(one["publishedAt"])
            here.hold(f"{where}/publishedAt", published > last, "过早或先后有误 (too early, or out of order)")
            here.hold(f"{where}/issue", one["issue"] not in issues, "期号重复 (a publication twice)")
            here.hold(f"{where}/numbers", len(one["numbers"]) == len(of["groups"]), misfit)
            for place, (numbers, group) in enumerate(zip(one["numbers"], of["groups"])):
                here.hold(f"{where}/numbers/{place}", len(numbers) == group["count"], misfit)
                least = group["from"]
                for nth, value in enumerate(numbers):
                    here.hold(f"{where}/numbers/{place}/{nth}", least <= value <= group["to"], misfit)
                    least = value + 1 if group["kind"] == "set" else least
            issues.add(one["issue"])
            last = published


def saw_failure(s, seen, seq):
    """§24: how many witnesses first held a failure before 7 days after the latest round, or `notBefore`, of S, and how many not before."""
    latest = max(due_ms(one) for one in s["beacons"])
    first = {}
    for who, up_to, when in seen:
        if up_to >= seq:
            first[who] = min(when, first.get(who, when))
    early = sum(when < latest + 1000 * 7 * 86_400 for when in first.values())
    return early, len(first) - early


def beside(files, name):
    data = files["family"](name) if files.get("family") else None
    return None if data is None else (name, data)


def files_of_city(files, city):
    if city.own:
        return files
    named = {"log": f"region-log-{city.region}.ndjson", "checkpoints": f"checkpoints-{city.region}.ndjson"}
    return {"commitment": files["commitment"], **{part: beside(files, name) for part, name in named.items()}}


def void_not_late(s, lines, seen, pinned, drawn):
    """§15: a void between S and transcript that no quorum of witnesses says it first held after the deadline; None where there is none."""
    voided = lines_of(lines, s["drawId"]).get("void")
    if voided is None or voided["seq"] > drawn:
        return None
    deadline, late = deadline_of(s), 0
    for witness in pinned["witnesses"]:
        late += any(who == witness["witnessId"] and seq == voided["seq"] and at > deadline for who, seq, at in seen)
    return None if late >= pinned["quorum"] else voided["seq"]


def check_log_files(files, t, s, city, pinned):
    """A city's region log, keys and checkpoints as far as they are there; gives what is missing for a MATCH, and who saw the transcript's entry."""
    names = {part: files[part][0] for part in ("transcript", "commitment", "log") if files.get(part)}
    witnesses, genesis = city.part["witnesses"], city.log["genesis"]
    alone = genesis["demo"] and not pinned and witnesses == {"count": 0, "quorum": 0}
    missing = []
    if pinned:
        report = Report(names["commitment"])
        report.same(f"{city.in_commitment}/witnesses/count", witnesses["count"], len(pinned["witnesses"]))
        report.same(f"{city.in_commitment}/witnesses/quorum", witnesses["quorum"], pinned["quorum"])
        margin = pinned["leastMarginSeconds"]
        report.hold("/marginSeconds", s["marginSeconds"] >= margin, f"短于 {margin} 秒 (shorter than pinned)")
    elif not alone:
        missing.append("--keys" if city.own else f"--keys keys-{city.region}.json")
    lines = check_region_log(*files["log"], t, city.log, pinned) if files.get("log") else None
    if lines is not None:
        check_auditors(names, s, lines)
        if city.own:
            check_attempt(names, t, s, lines)
        else:
            check_not_drawn_before(names, s, lines)
        if is_redraw(s):
            check_family_in_log(names, t, s, lines)

    def judge(quorum, key_age, seen):
        check_witnessed(names, city, t, s, lines, quorum, key_age, seen, files.get("family"))
        # Definitions and what was typed stand in the organiser's log, as tips do.
        if city.own:
            check_numbers(names, t, s, lines, lines[city.log["entries"][1]["seq"]], quorum, key_age, seen)

    failed = lines_of(lines or [], s["drawId"]).get("failed")
    audits = lines and [one["record"] for one in lines if one["kind"] == "audited" and one["drawId"] == s["drawId"]]
    undrawn = undrawn_before(lines, s["drawId"]) if lines else []
    matched = "match" in lines_of(lines or [], s["drawId"])
    if alone:
        if lines is not None:
            judge(0, THIRTY_DAYS, None)
        elif city.own and any(one["kind"] == "public-numbers" for one in s["beacons"]):
            missing.append(f"region-log-{s['regionCode']}.ndjson")
        return missing, 0, failed, audits, undrawn, matched
    for part, name in (("log", "region-log"), ("checkpoints", "checkpoints")):
        if not files.get(part):
            missing.append(f"{name}-{city.region}.ndjson")
    if missing:
        return missing, 0, failed, audits, undrawn, matched
    seen = check_checkpoints(*files["checkpoints"], lines, genesis, pinned)
    judge(pinned["quorum"], pinned["beaconKeyAgeSeconds"], seen)
    seq = next(one["seq"] for one in lines if one["kind"] == "transcript" and one["drawId"] == t["drawId"])
    saw = witnesses_of(seen, seq)
    if saw < pinned["quorum"]:
        entry = f"transcript 条目（{names['log']} line {seq + 1}）的见证 (witnesses of this entry)"
        missing.append(f"{entry}: {saw} / {pinned['quorum']}")
    late = None if failed else void_not_late(s, lines, seen, pinned, seq)
    if late is not None:
        missing.append(f"void 条目（{names['log']} line {late + 1}）过迟的见证 (witnesses that held it too late)")
    if failed:
        early, right = saw_failure(s, seen, failed["seq"])
        here = f"line {failed['seq'] + 1}"
        may_be_wrong = early <= len(pinned["witnesses"]) - pinned["quorum"]
        too_early = "failed-too-early: 最后一轮随机数未满 7 日 (held before 7 days after the last round)"
        Report(names["log"]).hold(here, may_be_wrong, too_early)
        if not missing and right < pinned["quorum"]:
            missing.append(f"failed 条目（{names['log']} {here}）的见证 (witnesses of this entry): {right} / {pinned['quorum']}")
    return missing, saw, failed, audits, undrawn, matched


# --- The whole ------------------------------------------------------------------------------------------------------------------


def verify_bundle(files, demo=False):
    """Verifies {part: (name, bytes)} with the parts transcript, commitment, roster and, where there, openings, log, checkpoints, keys,
    opening; `jointKeys` is a list of the other cities' keys files, `family` gives the bytes of a file beside these by its name, for a redraw and
    for a draw of several cities. Gives (status, missing, lines) with status MATCH, PENDING or FAILED (<reason>); raises Difference or Refusal."""
    bls_library()
    pinned = read_keys(*files["keys"]) if files.get("keys") else None
    of_others = {keys["regionCode"]: keys for keys in (read_keys(*file) for file in files.get("jointKeys") or [])}
    in_transcript, in_commitment = Report(files["transcript"][0]), Report(files["commitment"][0])
    file = read_json(*files["transcript"], TRANSCRIPT)
    t = file["transcript"]
    genesis = t["log"]["genesis"]
    if pinned:
        check_pinned(in_transcript, genesis, pinned)
    for index, log in enumerate(t.get("joint", [])):
        keys = of_others.get(log["genesis"]["regionCode"])
        if keys:
            check_pinned(in_transcript, log["genesis"], keys, f"/transcript/joint/{index}")
    if genesis["demo"] and not demo:
        raise Refusal("这是演示日志，请加 --demo (this is a demonstration log: say --demo)")
    if demo and not genesis["demo"]:
        raise Refusal("这不是演示日志，请去掉 --demo (this is no demonstration log: leave --demo out)")
    s = read_json(*files["commitment"], COMMITMENT)
    roster = read_lines(*files["roster"], ROSTER_LINE)
    check_commitment(in_commitment, s, genesis["demo"])
    check_roster(files["roster"][0], in_commitment, roster, files["roster"][1], s["snapshot"])
    rosters = read_rosters(in_commitment, s, roster, files.get("family"))
    if is_redraw(s):
        check_redraw(in_commitment, s, files["roster"][0], roster, files.get("family"))
    check_draw(Report(files["transcript"][0], "/transcript"), t, s, rosters, files["commitment"][1])
    cities = check_log_proofs(in_transcript, file, s)
    left = drawn_elements(t, s)
    names = [f"openings/{s['drawId']}-{city.region}.ndjson" for city in cities[1:]]
    openings = [one for one in [files.get("openings"), *(beside(files, name) for name in names)] if one]
    opened = [check_openings(*one, left, s) for one in openings]
    own = check_own_opening(*files["opening"], t, s, rosters) if files.get("opening") else None
    missing, witness_lines, failed, matched, audited, undrawn = [], [], None, False, [], []
    for city in cities:
        keys = pinned if city.own else of_others.get(city.region)
        lacking, saw, lost, audits, left_open, settled = check_log_files(files_of_city(files, city), t, s, city, keys)
        missing += lacking
        if city.own:
            failed, matched = lost, settled
        elif lost and not failed and not matched:
            # Another city's superior alone cannot undo what the organiser's log has matched, nor end it without the organiser's (§24).
            entry = f"region-log-{city.region}.ndjson line {lost['seq'] + 1}"
            missing.append(f"组织地区的 failed 条目 (the failed entry of the organiser's log, as {entry})")
        # The organiser's log alone has them.
        audited += audit_lines(audits, keys is not None) if city.own else []
        undrawn += left_open if city.own else []
        whose = f"{city.region}: " if "joint" in s else ""
        quorum = f"{saw} / {len(keys['witnesses'])}，须 {keys['quorum']} 个 (quorum)" if keys else "未核对 (not checked)"
        witness_lines.append(f"见证 (witnesses) {whose}{quorum}")
    # Last, because it takes longest.
    for index, (pulse, beacon) in enumerate(zip(t["beacons"], s["beacons"])):
        if "series" in pulse:
            continue
        valid = verify_pulse(beacon["scheme"], bytes.fromhex(beacon["publicKey"]), pulse["round"], bytes.fromhex(pulse["signature"]))
        in_transcript.hold(f"/transcript/beacons/{index}/signature", valid, BAD_SIGNATURE)
    lines = [
        f"抽取 (draw)      {s['drawId']}",
        f"地区 (region)    {s['regionCode']}，第 {s['batch']} 批次，第 {s['attempt']} 次 (batch, attempt)",
        *redraw_lines(s["subject"]),
        *joint_lines(s),
        *(
            f"层 (stratum)     {one['stratum']}: 对应 {one['mapped']}，可抽 {one['eligible']}，抽中 {one['n']} (mapped, eligible, drawn)"
            for one in s["strata"]
        ),
        *(line for one in t["beacons"] for line in beacon_lines(one)),
        f"保证 (assurance) {s['assurance']}",
        f"开示 (openings)  {f'''{sum(opened)} / {sum(s['batchSizes'])}''' if opened else '无文件 (no file)'}",
        f"日志 (log)       {'自创世起全链核对 (whole chain checked)' if files.get('log') else '仅核对本次条目 (only the entries of this draw)'}",
        *witness_lines,
        *(
            [f"信标密钥 (keys)  钉住的文件只要求入日志 {pinned['beaconKeyAgeSeconds']} 秒，短于 30 天 (the pinned file asks for so many seconds in the log, not 30 days)"]
            if pinned and pinned["beaconKeyAgeSeconds"] < THIRTY_DAYS
            else []
        ),
        *(
            [f"间隔 (margin)    钉住的文件只要求 {pinned['leastMarginSeconds']} 秒，短于 600 秒 (the pinned file asks for so many seconds, not 600)"]
            if pinned and pinned["leastMarginSeconds"] < TEN_MINUTES
            else []
        ),
        *(
            [f"未抽 (undrawn)   本次抽取之前，日志第 {'、'.join(map(str, undrawn))} 行的承诺没有抽取结果 (commitments at these lines of the log were never drawn)"]
            if undrawn
            else []
        ),
        # Of a failed draw no audit can follow.
        *([] if failed else audited),
        *([f"失败 (failed)    {failed['record']['reason']}，{failed['record']['unitId']} 宣布，本次抽取不作检查依据 (declared by; nobody is checked on this draw)"] if failed else []),
        *([f"本户 (own)       {own}"] if own else []),
    ]
    judged = f"FAILED ({failed['record']['reason']})" if failed else "MATCH"
    return ("PENDING" if missing else judged), missing, lines


def audit_lines(audits, checked):
    """Who recomputed what nobody can without K (§22); None where the log is not there."""
    if audits is None:
        return []
    if not audits:
        what = "抽中者是谁、由谁检查，尚无他方重算 (this draw is not audited yet: who the drawn are, and who checks them, nobody else has recomputed)"
        return [f"复核 (audit)     本次抽取尚未复核：{what}"]
    zh, en = ("", "") if checked else ("；没有密钥文件，签名未核对", "; without a keys file its signature was not checked")
    return [
        f"复核 (audit)     {one['unitId']} 已复核本次抽取，异常 {one['findings']} 项{zh} ({one['unitId']} audited this draw, findings: {one['findings']}{en})"
        for one in audits
    ]


def joint_lines(s):
    """Who reads the verdict of a draw of several cities sees which, and how many candidates each had."""
    if "joint" not in s:
        return []
    lines, merged = [], "，合层 (strata merged)" if s["joint"]["merged"] else ""
    for _, part in parts_of(s):
        mapped, eligible = (sum(one[name] for one in part["snapshot"]["strata"]) for name in ("mapped", "eligible"))
        lines.append(f"参加 (city)      {region_of(part)}: 对应 {mapped}，可抽 {eligible} (mapped, eligible){merged}")
    return lines


def beacon_lines(output):
    """Of public numbers every publication: whoever has the publisher's page before them can compare."""
    if "series" not in output:
        return [f"信标 (beacon)    {output['source']}，第 {output['round']} 轮 (round)"]
    return [
        f"公开数字 (numbers) {output['source']}，第 {one['issue']} 期 (issue)，{one['publishedAt']}："
        + " + ".join(" ".join(map(str, group)) for group in one["numbers"])
        for series in output["series"]
        for one in series["publications"]
    ]


def redraw_lines(subject):
    """Who reads the verdict of a redraw sees at once why there is one."""
    if subject["kind"] != "redraw":
        return []
    approval = subject["approval"]
    reasons = "、".join(f"{one['reason']} × {one['count']}" for one in approval["reasons"])
    said = f"{subject['purpose']}，原抽取 {subject['parentDrawId']}，{approval['unitId']} 批准：{reasons}"
    return [f"补抽 (redraw)    {said} (purpose, parent, approved by, reasons)"]


def read_bundle(path, keys, opening):
    """Reads the files beside the transcript; the drawId comes from its name, so that even a broken transcript is judged."""
    folder, name = os.path.split(path)
    found = re.fullmatch(r"transcript-([0-9a-f]{64})\.json", name)
    if found is None:
        raise Refusal("文件名应为 transcript-<drawId>.json (the file name must be this)")
    draw_id = found[1]

    def read(name, needed=True):
        where = os.path.join(folder, name)
        if not needed and not os.path.exists(where):
            return None
        with open(where, "rb") as file:
            return name, file.read()

    def read_of_family(name):
        try:
            return read(name)[1]
        except OSError:
            return None

    def read_from(where):
        if where is None:
            return None
        with open(where, "rb") as file:
            return os.path.basename(where), file.read()

    try:
        transcript = read(name)
        # The transcript's own stands behind those of the logs in it.
        region = (re.findall(rb'"regionCode":"([1-9][0-9]{5})"', transcript[1]) or [b"None"])[-1].decode()
        pinned = [read_from(where) for where in keys]
        own = next((one for one in pinned if f'"regionCode":"{region}"'.encode() in one[1]), pinned[0] if pinned else None)
        return draw_id, {
            "transcript": transcript,
            "commitment": read(f"commitment-{draw_id}.json"),
            "roster": read(f"rosters/{draw_id}.ndjson"),
            "openings": read(f"openings/{draw_id}.ndjson", False),
            "log": read(f"region-log-{region}.ndjson", False),
            "checkpoints": read(f"checkpoints-{region}.ndjson", False),
            "keys": own,
            "jointKeys": [one for one in pinned if one is not own],
            "opening": read_from(opening),
            "family": read_of_family,
        }
    except OSError as error:
        raise Refusal(f"读不到文件 (cannot read): {error}") from None


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        raise Refusal(f"用法 (usage): python3 {self.format_usage()[7:].strip()}")


def main(args):
    """The program; returns the exit code."""
    parser = Arguments(prog="verify.py", add_help=False, allow_abbrev=False)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--keys", metavar="keys.json", action="append", default=[])
    parser.add_argument("transcript", metavar="transcript-<drawId>.json")
    parser.add_argument("--opening", metavar="opening.json")
    try:
        chosen = parser.parse_args(args)
        draw_id, files = read_bundle(chosen.transcript, chosen.keys, chosen.opening)
        status, missing, lines = verify_bundle(files, chosen.demo)
        Report(files["transcript"][0]).same("(file name)", draw_id, lines[0].split(" ")[-1])
    except Difference as error:
        print(f"不一致 (DIFFERENT): {error}", file=sys.stderr)
        return 1
    except Refusal as error:
        print(f"无法核验 (not verifiable): {error}", file=sys.stderr)
        return 2
    if missing:
        print(f"PENDING 已有部分核对一致，尚缺 (recomputed alike; missing): {', '.join(missing)}")
    else:
        print(f"{status} (demo keys)" if chosen.demo else status)
    print("\n".join(lines))
    if missing:
        return 3
    return 0 if status == "MATCH" else 4


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has seen enough; nothing is left to be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    sys.exit(code)
