import { verifyPulse } from '@dual-random/beacon'
import { algorithm, rootOfPath } from '@dual-random/draw'
import { canonicalJson, concatBytes, tlv, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { beaconSecretOf } from '@dual-random/verify/testing'
import type { PlayedExample } from './played.ts'
import { block, bytes, hashing, rankedSteps, type Section, type Step, signatureSteps, tlvBlock, value, words } from './steps.ts'

export function pulseSection(one: PlayedExample): Section {
  const steps = one.transcript.transcript.beacons.flatMap((output, index): readonly Step[] => {
    const named = one.commitment.beacons[index]
    if (named === undefined || named.kind === 'public-numbers' || 'series' in output) throw new Error('the example has rounds alone')
    if (!verifyPulse(named, output).ok) throw new Error(`the pulse of ${output.source} does not verify`)
    return [
      words(`Round ${output.round} of \`${output.source}\`:`),
      value(`secret key of ${output.source}`, toHex(beaconSecretOf(output))),
      value(`public key of ${output.source}`, named.publicKey),
      value(`message of ${output.source}`, toHex(sha256(tlv(output.round).subarray(4)))),
      value(`signature of ${output.source}`, output.signature),
      value(`randomness of ${output.source}`, toHex(sha256(bytes(output.signature))), output.randomness),
    ]
  })
  return {
    title: 'Pulses (§9)',
    steps: [
      words(
        'Two other regions’ beacons. The message is `SHA-256(u64 big-endian round)`, the randomness `SHA-256(signature)`, whatever the hash of the draw.',
      ),
      ...steps,
    ],
  }
}

export function seedSection(one: PlayedExample): Section {
  const { transcript: t } = one.transcript
  const items = [
    algorithm,
    t.hash,
    bytes(t.commitment),
    t.beacons.map((output) => [output.source, 'series' in output ? 0 : output.round, bytes(output.randomness)]),
    t.reveals.map(({ unitId, secret }) => [unitId, bytes(secret)]),
  ] as const
  return {
    title: 'Seed (§9)',
    steps: [
      words(
        'The name of the algorithm, the hash, H(S), the beacons, the reveals. The length of a list stands on a line of its own, its items below it:',
      ),
      tlvBlock('TLV("dual-random/draw/v1", hash, H(S), […], […])', items),
      value('Z', hashing(one).ofTlv(...items), t.seed),
    ],
  }
}

export function ticketsSection(one: PlayedExample): Section {
  const { transcript: t } = one.transcript
  const strata = t.strata.flatMap(({ stratum, drawn, cutOff }, index): readonly Step[] => {
    const eligible = one.roster.filter((line) => line.stratum === stratum && !line.excluded).map(({ label }) => label)
    const { steps, order } = rankedSteps(one, ['object', stratum], eligible)
    const first = order.slice(0, one.commitment.strata[index]?.n)
    return [
      words(
        `The eligible of stratum ${stratum}, in the order of the roster, and how many of them are drawn, ${first.length}, by the smallest tickets:`,
      ),
      ...steps,
      ...first.map(({ label }, place) => value(`drawn ${stratum} ${place + 1}`, label, drawn[place]?.label)),
      value(`cutOff ${stratum}`, first.at(-1)?.ticket ?? 'null', cutOff ?? 'null'),
    ]
  })
  const all = t.strata.flatMap(({ drawn }) => drawn.map(({ label }) => label))
  const { steps, order } = rankedSteps(one, ['order'], all)
  const batches = t.batches.flatMap((batch, index) => batch.map((label, place) => ({ label, name: `batch ${index + 1}, ${place + 1}` })))
  const [sample] = one.roster.filter(({ stratum, excluded }) => stratum === 'A' && !excluded)
  return {
    title: 'Tickets, order, batches (§9)',
    steps: [
      words(
        '`code = HMAC(Z, context)`, `PRK = HMAC(code, "dual-random/draw/v1")`, `ticket = HMAC(PRK, info ‖ 0x01)` with the label’s hex as `info`. The first context is the 14 bytes of `["object","A"]`; `info ‖ 0x01` of the first label that it is for:',
      ),
      block(toHex(concatBytes([utf8(sample?.label ?? ''), Uint8Array.of(1)]))),
      ...strata,
      words('The drawn are ranked again, in the context `["order"]`, and cut into batches:'),
      ...steps,
      ...batches.map(({ label, name }, place) => value(name, order[place]?.label ?? '', label)),
    ],
  }
}

export function drawnSetSection(one: PlayedExample): Section {
  const { ofTlv, hmac } = hashing(one)
  const { transcript: t } = one.transcript
  const draw = bytes(one.drawId)
  const idOf = (label: string): string => one.objects.find((object) => object.label === label)?.id ?? ''
  const drawn = t.batches.flat().map((label) => {
    const id = idOf(label)
    const salt = hmac(one.key, tlv('drawn', draw, id))
    return { id, label, salt, element: ofTlv('drawn', draw, bytes(salt), id) }
  })
  const [first] = drawn
  if (first === undefined) throw new Error('nobody is drawn')
  return {
    title: 'Drawn set and public openings (§4, §12)',
    steps: [
      words(
        'Registry alone, with K, knows whose the drawn labels are. `s′ = HMAC(K, …)` of the first, the element is `H(…)` of the second:',
      ),
      tlvBlock(`TLV("drawn", drawId, "${first.id}")`, ['drawn', draw, first.id]),
      tlvBlock(`TLV("drawn", drawId, s′, "${first.id}")`, ['drawn', draw, bytes(first.salt), first.id]),
      ...drawn.flatMap(({ id, salt, element }): readonly Step[] => [
        value(`s′ of ${id}`, salt, one.openings.find((line) => line.id === id)?.salt),
        value(`element of ${id}`, element),
      ]),
      words('Ascending, they are `drawnSet`:'),
      ...drawn
        .map(({ element }) => element)
        .toSorted()
        .map((element, place) => value(`drawnSet/${place}`, element, t.drawnSet[place])),
      words('All three are opened, in `openings/<drawId>.ndjson`:'),
      block(...one.openings.map((line) => canonicalJson(line))),
    ],
  }
}

export function transcriptSection(one: PlayedExample): Section {
  const { transcript: t, keyId } = one.transcript
  const digest = hashing(one).ofText(canonicalJson(t))
  const entry = one.log.find(({ kind, drawId }) => kind === 'transcript' && drawId === one.drawId)
  const key = t.log.genesis.keys.find((of) => of.keyId === keyId)
  return {
    title: 'Transcript (§10)',
    steps: [
      words(
        'The digest is over the RFC 8785 text of the member `transcript` of `transcript-<drawId>.json`. The entry in the log has the same signature.',
      ),
      value('digest of the transcript', digest, entry?.digest),
      ...signatureSteps('the transcript', ['transcript', t.regionCode, one.drawId, digest], key?.publicKey ?? '', one.transcript),
      value('signature of its entry', entry?.signature ?? '', one.transcript.signature),
    ],
  }
}

export function openingSection(one: PlayedExample): Section {
  const { ofTlv, ofBytes } = hashing(one)
  const { opening: o, hash } = one
  const entry = tlv(bytes(o.label), o.stratum)
  const root = rootOfPath(hash, entry, o.index, o.size, o.path.map(bytes))
  const steps: Step[] = [
    value('ℓ', ofTlv('leaf', 'object', bytes(one.drawId), bytes(o.salt), o.id), o.label),
    value(`leaf ${o.index}`, ofBytes(Uint8Array.of(0), entry)),
  ]
  let node = ofBytes(Uint8Array.of(0), entry)
  const left = [...o.path]
  for (let at = o.index, last = o.size - 1; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at === last && at % 2 === 0) continue
    const sibling = left.shift() ?? ''
    const [first, second] = at % 2 === 0 ? [node, sibling] : [sibling, node]
    node = ofBytes(Uint8Array.of(1), bytes(first), bytes(second))
    steps.push(value(at % 2 === 0 ? 'with a sibling on the right' : 'with a sibling on the left', node))
  }
  return {
    title: 'An object’s own opening (§12)',
    steps: [
      words('What the first of the first batch is given with its notice, `opening.json`:'),
      block(
        canonicalJson(o)
          .replace(/,"path"/, ',\n"path"')
          .replace(/,"salt"/, ',\n"salt"'),
      ),
      words('From its id and salt to its label, from its label to the signed root:'),
      ...steps,
      value('root', root === undefined ? '' : toHex(root), one.commitment.snapshot.root),
    ],
  }
}
