"""Beacon vectors: published rounds of drand's four schemes, and what must fail, made from them. Run in this folder (pip install py_ecc==8.0.0).

A second implementation, which shares nothing with libs/beacon: it checks every vector by py_ecc's curve, hash-to-curve and pairing, and writes
<scheme>.json and chains.json. On G1 it also proves of the sibling outside the subgroup that it passes the pairing equation.
"""

import hashlib
import json
import struct

from py_ecc.bls.hash_to_curve import hash_to_G1, hash_to_G2
from py_ecc.bls.point_compression import compress_G1, compress_G2, decompress_G1, decompress_G2
from py_ecc.optimized_bls12_381 import FQ, FQ12, G1, G2, add, b, curve_order, field_modulus, final_exponentiate, is_inf, multiply, neg, pairing

G1_TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
G2_TAG = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"
# group of the signature, tag, chained (drand/drand, crypto/schemes.go)
SCHEMES = {
    "pedersen-bls-chained": ("G2", G2_TAG, True),
    "pedersen-bls-unchained": ("G2", G2_TAG, False),
    "bls-unchained-on-g1": ("G1", G2_TAG, False),
    "bls-unchained-g1-rfc9380": ("G1", G1_TAG, False),
}

GO = "drand/drand, crypto/schemes_test.go, TestVerifyBeacon"
JS = "drand/drand-client, test/beacon-verification.test.ts"
RS = "noislabs/drand-verify, src/verify.rs"

LEO = "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31"
TESTNET = "922a2e93828ff83345bae533f5172669a26c02dc76d6bf59c80892e12ab1455c229211886f35bb56af6d5bea981024df"
OLD = "88a8227b75dba145599d894d33eebde3b36fef900d456ae2cc4388867adb4769c40359f783750a41b4d17e40f578bfdb"
UNCHAINED = "8200fc249deb0148eb918d6e213980c5d01acd7fc251900d9260136da3b54836ce125172399ddc69c4e3e11429b62c11"
LOCAL = "876f6fa8073736e22f6ff4badaab35c637503718f7a452d178ce69c45d2d8129a54ad2f988ab10c9666f87ab603c59bf013409a5b500555da31720f8eec294d9809b8796f40d5372c71a44ca61226f1eb978310392f98074a608747f77e66c5a"
TESTNET_G = "8f6e58c3dbc6d7e58e32baee6881fecc854161b4227c40b01ae7f0593cea964599648f91a0fa2d6b489a7fb0a552b959014007e05d0c069991be4d064bbe28275bd4c3a3cabf16c48f86f4566909dd6eb6d0e84fd6069c414562ca6abf5fdc13"
FASTNET = "a0b862a7527fee3a731bcb59280ab6abd62d5c0b6ea03dc4ddf6612fdfc9d01f01c31542541771903475eb1ec6615f8d0df0b8b6dce385811d6dcf8cbefb8759e5e616a3dfd054c928940766d9a5b9db91e3b697e5d70a975181e007f87fca5e"
WALKTHROUGH = "81d320f220ee9c79e60e19dedc838c31e3ab919b15481e9feb52f643628c4f6a13fdc52129493875a818109d767272ca0541cbcdcea9335f2870d781b39b845ba8cbd44fdfe4967781cf72ca5917fc9398bcf97ca0548ed5a709016c4b1ff0f3"
ROMAILLER = "a1ee12542360bf75742bcade13d6134e7d5283d9eb782887c47d3d9725f05805d37b0106b7f744395bf82c175dd7434a169e998f188a657a030d588892c0cd2c01f996aaf331c4d8bc5b9734bbe261d09e7d2d39ef88b635077f262bd7bbb30f"
QUICKNET = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"

SEED = "176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a"

# scheme, chain, key, round, signature, previous signature, published randomness, source
PUBLISHED = [
    ("pedersen-bls-chained", "default", LEO, 1, "8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c046566c9f7f3c6f3b10104990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655", SEED, "101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec", "drand/drand-client, test/data.ts"),
    ("pedersen-bls-chained", "default", LEO, 1337, "945b08dcb30e24da281ccf14a646f0630ceec515af5c5895e18cc1b19edd65d156b71c776a369af3487f1bc6af1062500b059e01095cc0eedce91713977d7735cac675554edfa0d0481bb991ed93d333d08286192c05bf6b65d20f23a37fc7bb", "80d95247ddf1bb3acf5738497a5f10406be283144603f63d714bb1a44ff6b93285ae2697fffeb50c68862bd9fbecd4b204b1798d2686b4ac5d573615031d9d67e6168bde9a7adf1161430a498ca701a25c216aee3e38ffd5290369034fa050a2", "2660664f8d4bc401194d80d81da20a1e79480f65b8e2d205aecbd143b5bfb0d3", "noislabs/drand-verify, README.md and src/randomness.rs"),
    ("pedersen-bls-chained", "default", LEO, 72785, "82f5d3d2de4db19d40a6980e8aa37842a0e55d1df06bd68bddc8d60002e8e959eb9cfa368b3c1b77d18f02a54fe047b80f0989315f83b12a74fd8679c4f12aae86eaf6ab5690b34f1fddd50ee3cc6f6cdf59e95526d5a5d82aaa84fa6f181e42", "a609e19a03c2fcc559e8dae14900aaefe517cb55c840f6e69bc8e4f66c8d18e8a609685d9917efbfb0c37f058c2de88f13d297c7e19e0ab24813079efe57a182554ff054c7638153f9b26a60e7111f71a0ff63d9571704905d3ca6df0b031747", "8b676484b5fb1f37f9ec5c413d7d29883504e5b669f604a1ce68b3388e9ae3d9", RS),
    ("pedersen-bls-chained", "default", LEO, 2634945, "814778ed1e480406beb43b74af71ce2f0373e0ea1bfdfea8f9ed62c876c20fcbc7f0163860e3da42ed2148756015f4551451898ffe06d384b4d002245025571b6b7a752f7158b40ad92b13b6d703ad31922a617f2c7f6d960b84d56cf1d79eef", "8bd96294383b4d1e04e736360bd7a487f9f409f1e7bd800b720656a310d577b3bdb1e1631af6c5782a1d8979c502f395036181eff4058960fc40bb7034cdae1991d3eda518ab204a077d2f7e724974cf87b407e549bd815cf0b8e5a3832f675d", None, GO),
    ("pedersen-bls-chained", "testnet default", TESTNET, 3361396, "9904b4ec42e82cb42ad53f171cf0510a5eedff8b5e02e2db5a187489f7875307746998b9a6cf82130d291126d4b83cea1048c9b3f07a067e632c20391dc059d22d6a8e835f3980c8bd0183fb6df00a8fbbe6b8c9f61e888dfa76e12af4d4e355", "a2377f4e0403f0fd05f709a3292be1b2b59fe990a673ad7b7561b5bd5982b882a2378d36e39befb6ea3bb7aac113c50a18fb07aa4f9a59f95f1aaa7826dafbfcdbf22347c29996c294286fd11b402ad83edd83fa21fe6735fccb65785edbed47", None, GO),
    ("pedersen-bls-chained", "an earlier chain of drand", OLD, 397089, "88ccd9a91946bc0bbef2c6c60a09bbf4a247b1d2059522449aa1a35758feddfad85efe818bbde3e1e4ab0c852d96e65f0b1f97f239bf3fc918860ea846cbb500fcf7c9d0dd3d851320374460b5fc596b8cfd629f4c07c7507c259bf9beca850a", "a2237ee39a1a6569cb8e02c6e979c07efe1f30be0ac501436bd325015f1cd6129dc56fd60efcdf9158d74ebfa34bfcbd17803dbca6d2ae8bc3a968e4dc582f8710c69de80b2e649663fef5742d22fff7d1619b75d5f222e8c9b8840bc2044bce", "cd435675735e459fb4d9c68a9d9f7b719e59e0a9f5f86fe6bd86b730d01fba42", JS),
    ("pedersen-bls-unchained", "testnet unchained", UNCHAINED, 223344, "94f6b85df7cce7237e8e7df66d794ddad092de5d8bb6a791b97e905aa89852e506ac36a792eba7021e22eebf34891f8914bf9a8dd9233ea0a4c5ca00ef8404999f899073dd2eade61fe54077fee8168f83dcb61a758b6883b38904054e64a433", None, None, RS),
    ("pedersen-bls-unchained", "testnet unchained", UNCHAINED, 7601003, "af7eac5897b72401c0f248a26b612c5ef68e0ff830b4d78927988c89b5db3e997bfcdb7c24cb19f549830cd02cb854a1143fd53a1d4e0713ded471260869439060d170a77187eb6371742840e43eccfa225657c4cc2d9619f7c3d680470c9743", None, None, GO),
    ("pedersen-bls-unchained", "testnet unchained", UNCHAINED, 19369534, "a33833d2098f5e0c4df334fb6c5b1c2de3ab293c77825f55d816254dabf7f4f3d429b6207e1cd2a808876e06058a1f8102bb6f6927b654b391259ea99c3566a4eb55feb9665dbaf9d33af08a10b1d8d8b35d91fd3536eb4c197be0041beb5dc2", None, "778180564f4fb9b77580af69a559ce941eb23d8d3180c48c4d290484b516c6aa", JS),
    ("bls-unchained-on-g1", "a local chain", LOCAL, 3, "ac7c3ca14bc88bd014260f22dc016b4fe586f9313c3a549c83d195811a99a5d2d4999d4df6daec73ff51fafadd6d5bb5", None, None, GO),
    ("bls-unchained-on-g1", "a local chain", LOCAL, 4, "b4448d565ccad16beb6502f0cf84b4b8d4a67845ba894308a188731b8eb8fc5eb1b5bdcdcd370271436e1475c4786a4e", None, None, RS),
    ("bls-unchained-on-g1", "testnet-g", TESTNET_G, 375953, "a7fdfc9c5c31ba96011e89931668239daa368eaf2fbd03fafa38e0c336d0653d921f114b65ceb1a9ef781492d61e0d0a", None, None, RS),
    ("bls-unchained-on-g1", "testnet-g", TESTNET_G, 375965, "b8fe4f9f0fe05a70b027460379d30b02775b7cf625755bf304a94ac2bddb08609fdfbfc23c75c671d6e0a5727392507f", None, None, RS),
    ("bls-unchained-on-g1", "fastnet", FASTNET, 1, "9544ddce2fdbe8688d6f5b4f98eed5d63eee3902e7e162050ac0f45905a55657714880adabe3c3096b92767d886567d0", None, None, RS),
    ("bls-unchained-on-g1", "fastnet", FASTNET, 2, "a050676d1a1b6ceedb5fb3281cdfe88695199971426ff003c0862460b3a72811328a07ecd53b7d57fc82bb67f35efaf1", None, None, GO),
    ("bls-unchained-on-g1", "fastnet", FASTNET, 23456, "98401ef9833e75bf06fda3243e4fcf6d075d62b45c2a59d26df5d5fcbdfd0c14ee89fc035abd5528a8c25b68fbecae65", None, None, RS),
    ("bls-unchained-g1-rfc9380", "walkthrough", WALKTHROUGH, 38, "95c93585c513ebbcb4777ff15599b3140e5ec0295faa0e483f3deadd88fa6d43f0d3703e3a4ce106e8fd6c6987f32126", None, "b2fc21325a24904a6a9e81a6c63f65f6cec3f0b2400df3f4a56b214770e9ccca", JS),
    ("bls-unchained-g1-rfc9380", "a local chain", ROMAILLER, 3, "b98dae74f6a9d2ec79d75ba273dcfda86a45d589412860eb4c0fd056b00654dbf667c1b6884987c9aee0d43f8ba9db52", None, None, RS),
    ("bls-unchained-g1-rfc9380", "a local chain", ROMAILLER, 4, "962c2b2969e8f3351cf5cc457b04ecbf0c65bd79f4c1ee3bd0205f581368aaaa0cdeb1531a0709d39ef06a8ba1e1bb93", None, None, RS),
    ("bls-unchained-g1-rfc9380", "a local chain", ROMAILLER, 6, "a054dafb27a4a4fb9e06b17b30da3e0c7b13b4ca8e1dec3c6775f81758587029aa358523f2e7e62204018347db7cbd1c", None, None, RS),
    ("bls-unchained-g1-rfc9380", "quicknet", QUICKNET, 123, "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92", None, None, RS),
]

# What drand-client's own tests say must fail.
MUST_FAIL = [
    ("pedersen-bls-chained", "another round", dict(publicKey=OLD, round=397088, signature=PUBLISHED[5][4], previousSignature=PUBLISHED[5][5], randomness=PUBLISHED[5][6]), "bad-signature", JS),
    ("pedersen-bls-chained", "no previous signature", dict(publicKey=OLD, round=397089, signature=PUBLISHED[5][4], randomness=PUBLISHED[5][6]), "no-previous-signature", JS),
    ("pedersen-bls-unchained", "another round", dict(publicKey="8d91ae0f4e3cd277cfc46aba26680232b0d5bb4444602cdb23442d62e17f43cdffb1104909e535430c10a6a1ce680a65", round=397091, signature="94da96b5b985a22a3d99fa3051a42feb4da9218763f6c836fca3770292dbf4b01f5d378859a113960548d167eaa144250a2c8e34c51c5270152ac2bc7a52632236f746545e0fae52f69068c017745204240d19dae2b4d038cef3c6047fcd6539", randomness="7731783ab8118d7484d0e8e237f3023a4c7ef4532f35016f2e56e89a7570c796"), "bad-signature", JS),
    ("pedersen-bls-unchained", "randomness of eight bytes", dict(publicKey="8d91ae0f4e3cd277cfc46aba26680232b0d5bb4444602cdb23442d62e17f43cdffb1104909e535430c10a6a1ce680a65", round=397092, signature="94da96b5b985a22a3d99fa3051a42feb4da9218763f6c836fca3770292dbf4b01f5d378859a113960548d167eaa144250a2c8e34c51c5270152ac2bc7a52632236f746545e0fae52f69068c017745204240d19dae2b4d038cef3c6047fcd6539", randomness="deadbeefdeadbeef"), "bad-encoding", JS),
    ("bls-unchained-g1-rfc9380", "another round", dict(publicKey=WALKTHROUGH, round=55, signature=PUBLISHED[16][4], randomness=PUBLISHED[16][6]), "bad-signature", JS),
]

P = field_modulus


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def message(round_: int, previous: str | None) -> bytes:
    return hashlib.sha256(bytes.fromhex(previous or "") + struct.pack(">Q", round_)).digest()


def decode(group: str, raw: bytes):
    """A point of the curve by its compressed encoding, whatever its order; raises on anything else."""
    if group == "G1":
        assert len(raw) == 48
        return decompress_G1(int.from_bytes(raw, "big"))
    assert len(raw) == 96
    return decompress_G2((int.from_bytes(raw[:48], "big"), int.from_bytes(raw[48:], "big")))


def encode(group: str, point) -> bytes:
    if group == "G1":
        return compress_G1(point).to_bytes(48, "big")
    c1, c0 = compress_G2(point)
    return c1.to_bytes(48, "big") + c0.to_bytes(48, "big")


def in_subgroup(point) -> bool:
    return is_inf(multiply(point, curve_order))


def equation(scheme: str, key, round_: int, signature, previous: str | None) -> bool:
    group, tag, _ = SCHEMES[scheme]
    digest = message(round_, previous)
    if group == "G1":
        hashed = hash_to_G1(digest, tag, hashlib.sha256)
        product = pairing(G2, signature, False) * pairing(key, neg(hashed), False)
    else:
        hashed = hash_to_G2(digest, tag, hashlib.sha256)
        product = pairing(signature, G1, False) * pairing(neg(hashed), key, False)
    return final_exponentiate(product) == FQ12.one()


def judged(scheme: str, pulse: dict) -> str | None:
    """What this implementation says of a pulse: None for a valid one."""
    group, _, chained = SCHEMES[scheme]
    key_group = "G2" if group == "G1" else "G1"
    length = {"G1": 48, "G2": 96}
    key, signature = bytes.fromhex(pulse["publicKey"]), bytes.fromhex(pulse["signature"])
    if len(key) != length[key_group] or len(signature) != length[group] or len(pulse["randomness"]) != 64:
        return "bad-encoding"
    previous = pulse.get("previousSignature") if chained else None
    if chained:
        if not previous:
            return "no-previous-signature"
        if len(previous) != (64 if pulse["round"] == 1 else 192):
            return "bad-encoding"
    if sha(signature) != pulse["randomness"]:
        return "wrong-randomness"
    points = []
    for g, raw in ((key_group, key), (group, signature)):
        try:
            point = decode(g, raw)
        except (ValueError, AssertionError):
            return "bad-point"
        if is_inf(point) or not in_subgroup(point):
            return "bad-point"
        points.append(point)
    return None if equation(scheme, points[0], pulse["round"], points[1], previous) else "bad-signature"


def outside(group: str):
    """A point of the curve whose order is prime to that of the subgroup: added to a signature it changes the bytes, not the pairing."""
    n = 1
    while True:
        if group == "G1":
            x, one = FQ(n), FQ.one()
            y = pow((x**3 + b).n, (P + 1) // 4, P)
            point = (x, FQ(y), one) if FQ(y) ** 2 == x**3 + b else None
        else:
            # Compressed encodings of small x, until one is on the curve.
            try:
                point = decompress_G2(((1 << 383) + 0, n))
            except ValueError:
                point = None
        if point is not None:
            torsion = multiply(point, curve_order)
            if not is_inf(torsion):
                return torsion
        n += 1


def flipped(text: str, bit: int) -> str:
    raw = bytearray.fromhex(text)
    raw[bit // 8] ^= 0x80 >> (bit % 8)
    return raw.hex()


def with_randomness(pulse: dict, **change) -> dict:
    changed = {**pulse, **change}
    if "signature" in change and "randomness" not in change:
        changed["randomness"] = sha(bytes.fromhex(changed["signature"]))
    return changed


def derived(scheme: str, pulse: dict, other: dict) -> list[tuple[str, dict, str]]:
    """What must fail, of one valid pulse and another of the scheme."""
    group, _, chained = SCHEMES[scheme]
    key_group = "G2" if group == "G1" else "G1"
    zero = {"G1": "c0" + "00" * 47, "G2": "c0" + "00" * 95}
    signature, key = bytes.fromhex(pulse["signature"]), pulse["publicKey"]
    point = decode(group, signature)
    sibling = add(point, outside(group))
    assert not in_subgroup(sibling)
    # On G1 the pairing cannot tell the sibling from the signature; on G2 the ate pairing is no pairing for such points.
    assert equation(scheme, decode(key_group, bytes.fromhex(key)), pulse["round"], sibling, pulse.get("previousSignature")) == (group == "G1")
    made = [
        ("the round before", with_randomness(pulse, round=pulse["round"] - 1), "bad-signature"),
        ("the round after", with_randomness(pulse, round=pulse["round"] + 1), "bad-signature"),
        ("round 0", with_randomness(pulse, round=0), "bad-encoding"),
        ("the signature of another round", with_randomness(pulse, signature=other["signature"]), "bad-signature"),
        ("the negated signature", with_randomness(pulse, signature=encode(group, neg(point)).hex()), "bad-signature"),
        ("the signature plus a point of an order prime to the subgroup's" + (": passes the pairing equation" if group == "G1" else ""), with_randomness(pulse, signature=encode(group, sibling).hex()), "bad-point"),
        ("a point of the curve outside the subgroup", with_randomness(pulse, signature=encode(group, outside(group)).hex()), "bad-point"),
        ("infinity as signature", with_randomness(pulse, signature=zero[group]), "bad-point"),
        ("infinity as key and as signature: passes the pairing equation", with_randomness(pulse, signature=zero[group], publicKey=zero[key_group]), "bad-point"),
        ("infinity as key", with_randomness(pulse, publicKey=zero[key_group]), "bad-point"),
        ("a key outside the subgroup", with_randomness(pulse, publicKey=encode(key_group, outside(key_group)).hex()), "bad-point"),
        ("the key of nobody: the generator", with_randomness(pulse, publicKey=encode(key_group, G1 if key_group == "G1" else G2).hex()), "bad-signature"),
        ("without the flag of compression", with_randomness(pulse, signature=flipped(pulse["signature"], 0)), "bad-point"),
        ("the flag of infinity set", with_randomness(pulse, signature=flipped(pulse["signature"], 1)), "bad-point"),
        ("one byte short", with_randomness(pulse, signature=pulse["signature"][:-2]), "bad-encoding"),
        ("one byte more", with_randomness(pulse, signature=pulse["signature"] + "00"), "bad-encoding"),
        ("a key one byte short", with_randomness(pulse, publicKey=key[:-2]), "bad-encoding"),
        ("a signature of the other group", with_randomness(pulse, signature=encode(key_group, G1 if key_group == "G1" else G2).hex()), "bad-encoding"),
        ("key and signature exchanged", with_randomness(pulse, publicKey=pulse["signature"], signature=key), "bad-encoding"),
        ("randomness of another round", {**pulse, "randomness": other["randomness"]}, "wrong-randomness"),
        ("randomness with one bit flipped", {**pulse, "randomness": flipped(pulse["randomness"], 255)}, "wrong-randomness"),
        ("signature with one bit flipped, randomness as published", {**pulse, "signature": flipped(pulse["signature"], 100)}, "wrong-randomness"),
    ]
    for bit in (2, 3, 100, 8 * len(signature) - 1):
        changed = with_randomness(pulse, signature=flipped(pulse["signature"], bit))
        made.append((f"bit {bit} of the signature flipped, randomness made anew", changed, judged(scheme, changed)))
    # x + p is the same coordinate written twice, where it still fits in 381 bits.
    x = int.from_bytes(signature[:48], "big") % (1 << 381)
    if x + P < 1 << 381:
        raw = ((signature[0] & 0xE0) << 376) + x + P
        made.append(("a coordinate that is not below p", with_randomness(pulse, signature=raw.to_bytes(48, "big").hex() + signature[48:].hex()), "bad-point"))
    if chained:
        previous = pulse["previousSignature"]
        made += [
            ("no previous signature", {k: v for k, v in pulse.items() if k != "previousSignature"}, "no-previous-signature"),
            ("an empty previous signature", {**pulse, "previousSignature": ""}, "no-previous-signature"),
            ("another previous signature", {**pulse, "previousSignature": other["previousSignature"]}, "bad-signature"),
            ("bit 700 of the previous signature flipped", {**pulse, "previousSignature": flipped(previous, 700)}, "bad-signature"),
            ("the previous signature one byte short", {**pulse, "previousSignature": previous[:-2]}, "bad-encoding"),
        ]
    return made


def main() -> None:
    for scheme, (group, tag, chained) in SCHEMES.items():
        valid = []
        for name, chain, key, round_, signature, previous, randomness, source in PUBLISHED:
            if name != scheme:
                continue
            found = sha(bytes.fromhex(signature))
            assert randomness in (None, found)
            pulse = {"publicKey": key, "round": round_, "signature": signature, "randomness": found}
            if previous:
                pulse["previousSignature"] = previous
            assert judged(scheme, pulse) is None, (chain, round_)
            valid.append({"note": f"{chain}, round {round_}", "source": source, "pulse": pulse, "error": None})
        low = [v for v in valid if int(v["pulse"]["signature"][:2], 16) & 0x1F < 5] or valid
        base = (low[-1])["pulse"]
        other = next(v["pulse"] for v in valid if v["pulse"]["publicKey"] == base["publicKey"] and v["pulse"] != base and v["pulse"]["round"] != 1)
        wrong = []
        for name, note, pulse, error, source in MUST_FAIL:
            if name == scheme:
                wrong.append({"note": note, "source": source, "pulse": pulse, "error": error})
        for note, pulse, error in derived(scheme, base, other):
            wrong.append({"note": note, "source": "generate.py", "pulse": pulse, "error": error})
        if group == "G1":
            twin = next(n for n in SCHEMES if n != scheme and SCHEMES[n][0] == "G1")
            v = next(v for v in PUBLISHED if v[0] == twin)
            pulse = {"publicKey": v[2], "round": v[3], "signature": v[4], "randomness": sha(bytes.fromhex(v[4]))}
            wrong.append({"note": f"a round of {twin}: another tag", "source": v[7], "pulse": pulse, "error": "bad-signature"})
        for vector in wrong:
            found = judged(scheme, vector["pulse"]) if vector["pulse"]["round"] > 0 else "bad-encoding"
            assert found == vector["error"], (scheme, vector["note"], found)
            assert found is not None
        write(f"{scheme}.json", {"scheme": scheme, "source": "see each vector", "note": "pulses of drand's scheme; error is null for a valid one", "vectors": valid + wrong})
    write("chains.json", {"source": "drand/drand-client, lib/defaults.ts", "note": "what drand answers at /info", "chains": CHAINS})
    for info in CHAINS:
        beacon = "" if info["metadata"]["beaconID"] == "default" else info["metadata"]["beaconID"]
        raw = struct.pack(">Iq", info["period"], info["genesis_time"]) + bytes.fromhex(info["public_key"]) + bytes.fromhex(info["groupHash"]) + beacon.encode()
        assert sha(raw) == info["hash"], beacon


CHAINS = [
    {"public_key": LEO, "period": 30, "genesis_time": 1595431050, "hash": "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", "groupHash": SEED, "schemeID": "pedersen-bls-chained", "metadata": {"beaconID": "default"}},
    {"public_key": QUICKNET, "period": 3, "genesis_time": 1692803367, "hash": "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", "groupHash": "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e", "schemeID": "bls-unchained-g1-rfc9380", "metadata": {"beaconID": "quicknet"}},
    {"public_key": TESTNET, "period": 25, "genesis_time": 1590445175, "hash": "84b2234fb34e835dccd048255d7ad3194b81af7d978c3bf157e3469592ae4e02", "groupHash": "4dd408e5fdff9323c76a9b6f087ba8fdc5a6da907bd9217d9d10f2287d081957", "schemeID": "pedersen-bls-chained", "metadata": {"beaconID": "default"}},
    {"public_key": "b15b65b46fb29104f6a4b5d1e11a8da6344463973d423661bb0804846a0ecd1ef93c25057f1c0baab2ac53e56c662b66072f6d84ee791a3382bfb055afab1e6a375538d8ffc451104ac971d2dc9b168e2d3246b0be2015969cbaac298f6502da", "period": 3, "genesis_time": 1689232296, "hash": "cc9c398442737cbd141526600919edd69f1d6f9b4adb67e4d912fbc64341a9a5", "groupHash": "40d49d910472d4adb1d67f65db8332f11b4284eecf05c05c5eacd5eef7d40e2d", "schemeID": "bls-unchained-g1-rfc9380", "metadata": {"beaconID": "quicknet-t"}},
    {"public_key": WALKTHROUGH, "period": 3, "genesis_time": 1687506816, "hash": "af8b6fc95693b058a3a59efe586eb31c2c352fe00cf40c62a427d87c34f7a235", "groupHash": "02d678e93908888871b70e3f015b396a8c082bc1493ae5479f8743cb5d972b54", "schemeID": "bls-unchained-g1-rfc9380", "metadata": {"beaconID": "walkthrough"}},
]


def write(name: str, value: dict) -> None:
    with open(name, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
