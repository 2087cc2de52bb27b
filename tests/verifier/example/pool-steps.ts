import { canonicalJson, tlv, toHex } from '@dual-random/kernel'
import type { PlayedExample } from './played.ts'
import { block, brokenText, bytes, hashing, type Section, type Step, signatureSteps, tlvBlock, value, words } from './steps.ts'

export function identitySection(one: PlayedExample): Section {
  const { regionCode, subject, batch, attempt } = one.commitment
  if (subject.kind !== 'plan-line') throw new Error('the example is of a plan line')
  const items = ['draw', regionCode, ['plan-line', subject.planId, subject.lineId], batch, attempt] as const
  return {
    title: 'Identity (§3)',
    steps: [
      words('The first attempt of the first batch of a line of a published plan.'),
      tlvBlock('TLV("draw", regionCode, subject, batch, attempt)', items),
      value('drawId', hashing(one).ofTlv(...items), one.drawId),
    ],
  }
}

export function labelsSection(one: PlayedExample): Section {
  const { ofTlv, hmac } = hashing(one)
  const draw = bytes(one.drawId)
  const byId = one.objects.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const saltItems = (id: string) => ['salt', 'object', draw, id] as const
  const [first] = byId
  if (first === undefined) throw new Error('no object')
  const each = byId.flatMap(({ id, salt, label }): readonly Step[] => {
    const found = hmac(one.key, tlv(...saltItems(id)))
    return [value(`s of ${id}`, found, salt), value(`ℓ of ${id}`, ofTlv('leaf', 'object', draw, bytes(found), id), label)]
  })
  return {
    title: 'K, salts, labels (§4)',
    steps: [
      words('K is 32 bytes; a registry makes them at random. Seven objects, `object-0` to `object-6`. For the first of them in full:'),
      value('K', toHex(one.key)),
      tlvBlock('TLV("salt", "object", drawId, "object-0")', saltItems(first.id)),
      tlvBlock('TLV("leaf", "object", drawId, s, "object-0")', ['leaf', 'object', draw, bytes(first.salt), first.id]),
      words('`s = HMAC(K, …)` of the first, `ℓ = H(…)` of the second:'),
      ...each,
      value('keyDigest', ofTlv('key', draw, one.key), one.commitment.snapshot.keyDigest),
    ],
  }
}

export function rosterSection(one: PlayedExample): Section {
  const { ofBytes, ofText } = hashing(one)
  const leaves = one.roster.map(({ label, stratum }) => ofBytes(Uint8Array.of(0), tlv(bytes(label), stratum)))
  const steps: Step[] = leaves.map((leaf, index) => value(`leaf ${index}`, leaf))
  let level: readonly string[] = leaves
  for (let height = 1; level.length > 1; height++) {
    const below = level
    level = Array.from({ length: Math.ceil(below.length / 2) }, (_, index) => {
      const [left = '', right] = below.slice(2 * index, 2 * index + 2)
      return right === undefined ? left : ofBytes(Uint8Array.of(1), bytes(left), bytes(right))
    })
    steps.push(...level.map((node, index) => value(`node ${height}/${index}`, node)))
  }
  const [first] = one.roster
  if (first === undefined) throw new Error('no line')
  return {
    title: 'Roster and its tree (§4)',
    steps: [
      words(
        'The file `rosters/<drawId>.ndjson`, ascending by label. Of stratum A four objects are mapped and eligible, of B three are mapped and two eligible.',
      ),
      block(...one.rosterText.trimEnd().split('\n')),
      tlvBlock('entry of the first leaf', [bytes(first.label), first.stratum]),
      words(
        'A leaf is `H(0x00 ‖ entry)`, a node `H(0x01 ‖ left ‖ right)`; `node h/i` is the i-th of height h, from the left. A node without a right neighbour goes up as it is: `node 1/3` is leaf 6.',
      ),
      ...steps,
      value('root', level[0] ?? '', one.commitment.snapshot.root),
      value('rosterDigest', ofText(one.rosterText), one.commitment.snapshot.rosterDigest),
    ],
  }
}

export function privateSection(one: PlayedExample): Section {
  const { ofText } = hashing(one)
  const { snapshot, matchInputs } = one.commitment
  const digestOf = (name: string): string => ofText(one.files[`private/${name}`] ?? '')
  const matched = one.log.find(({ kind, drawId }) => kind === 'match' && drawId === one.drawId)
  return {
    title: 'Private files (§4, §11)',
    steps: [
      words(
        'Digests of the files in `private/`. What has no file here, the loads of grades and registrations, the policy and the plan line, stands in snapshot and S with digests that are made up.',
      ),
      value('objects.ndjson', digestOf('objects.ndjson'), snapshot.privateFileDigest),
      value('exclusions.ndjson', digestOf('exclusions.ndjson'), snapshot.exclusions.privateFileDigest),
      value('match-inputs/bureau-230300.ndjson', digestOf('match-inputs/bureau-230300.ndjson'), matchInputs[0]?.digest),
      value('match.json', digestOf('match.json'), matched?.digest),
    ],
  }
}

export function snapshotSection(one: PlayedExample): Section {
  const { commitment: s, transcript } = one
  const text = canonicalJson(s.snapshot)
  const digest = hashing(one).ofText(text)
  const registry = transcript.transcript.log.genesis.keys.find(({ keyId }) => keyId === s.snapshotSignature.keyId)
  return {
    title: 'Snapshot and its signature (§5, §8)',
    steps: [
      words('Lines are broken here behind commas; the text has no line breaks.'),
      block(brokenText(text)),
      value('digest of the snapshot', digest, one.log.find(({ kind, drawId }) => kind === 'snapshot' && drawId === one.drawId)?.digest),
      ...signatureSteps('the snapshot', ['snapshot', s.regionCode, one.drawId, digest], registry?.publicKey ?? '', s.snapshotSignature),
    ],
  }
}
