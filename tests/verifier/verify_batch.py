"""Runs verify.py over many bundles in one process, for the tests: cases in, one JSON line each, verdicts out in the same order.

A case is {"demo": …, "files": {part: [name, text] | null}, "family": {name: text}?, "jointKeys": {name: text}?}; parts it leaves out are those of the first case. Signatures that were
verified once are remembered here, so that thousands of cases with the same pulse take no hours; the program itself remembers nothing.
"""
import functools
import json
import sys

import verify

verify.verify_pulse = functools.cache(verify.verify_pulse)
verify.ed25519_verify = functools.cache(verify.ed25519_verify)


def verdict(demo, files):
    try:
        status, missing, _ = verify.verify_bundle(files, demo)
        return {"code": {"MATCH": 0, "PENDING": 3}.get(status, 4), "missing": missing}
    except verify.Difference as error:
        return {"code": 1, "place": f"{error.file} {error.where}", "said": str(error)}
    except verify.Refusal as error:
        return {"code": 2, "said": str(error)}


first = {}
for line in sys.stdin.buffer:
    case = json.loads(line)
    files = {part: file and (file[0], file[1].encode()) for part, file in case["files"].items()}
    if "jointKeys" in case:
        files["jointKeys"] = [(name, text.encode()) for name, text in case["jointKeys"].items()]
    if "family" in case:
        texts = {name: text.encode() for name, text in case["family"].items()}
        files["family"] = texts.get
    first = first or files
    sys.stdout.write(json.dumps(verdict(case["demo"], first | files)) + "\n")
