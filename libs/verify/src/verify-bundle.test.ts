import { readFileSync } from 'node:fs'
import { ed25519Verify, type Pulse, quicknet, timeOfRound } from '@dual-random/beacon'
import type { NamedFile } from '@dual-random/draw/forms'
import { addMs, canonicalJson, fromHex, type Instant, type Json, toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { type KeysFile, parseKeysFile } from '@dual-random/witness'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  auditedBy,
  type DemoFiles,
  type DemoOptions,
  demoBundle,
  drawing,
  namedFiles,
  openingOf,
  openingText,
  superior as theSuperior,
  unit,
} from '../tests/index.ts'
import type { BundleFiles, VerifyOptions } from './bundle-files.ts'
import { verifyBundle } from './verify-bundle.ts'

// tests/verifier holds this against the two programs, by thousands of edits; here is what the library says by itself.

const demo: VerifyOptions = { hash: (name) => ({ name, digest: (bytes) => digest(name, bytes) }), verifyEd25519: ed25519Verify, demo: true }
const verify = (files: BundleFiles, change: Partial<VerifyOptions> = {}) => verifyBundle(files, { ...demo, ...change })
const plain = demoBundle()
const plainFiles = namedFiles(plain)
type Part = keyof typeof plainFiles & ('transcript' | 'commitment' | 'roster' | 'openings' | 'log')
const textOf = (part: Part, files: DemoFiles = plain): string => files[part]
const changed = (part: Part, bytes: Uint8Array | string): BundleFiles => ({
  ...plainFiles,
  [part]: { name: plainFiles[part].name, bytes: typeof bytes === 'string' ? utf8(bytes) : bytes },
})
const placeOf = (verdict: ReturnType<typeof verify>): string =>
  verdict.status === 'DIFFERENT' ? `${verdict.difference.file.split(/[-/]/)[0]} ${verdict.difference.where}` : verdict.status
const differenceOf = (options: DemoOptions): string => placeOf(verify(namedFiles(demoBundle(options))))
const openingFile = (opening: Parameters<typeof openingText>[0]): NamedFile => ({ name: 'opening.json', bytes: utf8(openingText(opening)) })

describe('verifying a bundle', { timeout: 30_000 }, () => {
  it.each([{}, { hash: 'sm3' }, { publicOpening: 'full' }, { withReveal: true }, { objects: 1 }, { objects: 0 }] as const)(
    'DRW-31 finds an honest draw %j recomputed alike',
    (options) => {
      expect(verify(namedFiles(demoBundle(options)))).toMatchObject({ status: 'MATCH', bundle: { wholeLog: true } })
    },
  )

  it('tells how far it is, ascending to 1', () => {
    const shares: number[] = []
    verify(namedFiles(demoBundle({ objects: 300 })), { onProgress: (share) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(50)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  it('DRW-25 finds a draw on clues recomputed alike, and refuses one without clues or with unsorted ones', () => {
    expect(differenceOf({ onClues: true })).toBe('MATCH')
    const withClues = (clueIds: readonly string[]): string =>
      differenceOf({ onClues: true, onCommitment: (s) => ({ ...s, subject: { ...s.subject, clueIds } as typeof s.subject }) })
    expect(withClues([])).toBe('commitment /subject/clueIds')
    expect(withClues(['clue-2', 'clue-1'])).toBe('commitment /subject/clueIds/1')
    expect(withClues(['clue-1', 'clue-1'])).toBe('commitment /subject/clueIds/1')
  })

  it('DRW-31 does without openings and log', () => {
    const { transcript, commitment, roster } = plainFiles
    expect(verify({ transcript, commitment, roster })).toMatchObject({ status: 'MATCH', bundle: { wholeLog: false, openings: undefined } })
  })

  it('refuses to judge a demonstration that was not asked for, and any other as one; judges either where it is not said', () => {
    expect(verify(plainFiles, { demo: false })).toEqual({ status: 'REFUSED', reason: 'demonstration' })
    const real = namedFiles(demoBundle({ demo: false }))
    expect(verify(real)).toEqual({ status: 'REFUSED', reason: 'no-demonstration' })
    expect(placeOf(verify(real, { demo: false }))).toBe('commitment /beacons/0/kind')
    expect(placeOf(verify(real, { demo: undefined }))).toBe('commitment /beacons/0/kind')
    expect(placeOf(verify(plainFiles, { demo: undefined }))).toBe('MATCH')
  })

  it('DRW-31 says of a bundle of another draw that it is another', () => {
    expect(placeOf(verify(plainFiles, { drawId: '0'.repeat(64) }))).toBe('commitment /drawId')
    expect(placeOf(verify(plainFiles, { drawId: plain.drawId }))).toBe('MATCH')
  })

  it('DRW-32 takes of drand quicknet alone, with its key and times, and says PENDING without witnesses', () => {
    const { pulses } = JSON.parse(readFileSync(new URL('../../../tests/vectors/draw/drand.json', import.meta.url), 'utf8')) as {
      readonly pulses: readonly Pulse[]
    }
    const pulse = pulses.find(({ round }) => round === 657413)
    if (pulse === undefined) throw new Error('no such pulse')
    const committedAt = addMs(timeOfRound(quicknet, pulse.round), -1_800_000)
    const judged = (change: Partial<typeof quicknet>) =>
      verify(
        namedFiles(demoBundle({ demo: false, chains: [{ ...quicknet, ...change }], committedAt, pulse: (round) => ({ ...pulse, round }) })),
        { demo: false },
      )
    expect(judged({})).toMatchObject({ status: 'PENDING', missing: ['keys', 'checkpoints'] })
    expect(placeOf(judged({ source: 'drand/other' }))).toBe('commitment /beacons/0/source')
    expect(placeOf(judged({ publicKey: quicknet.publicKey.replace('83cf', '83ce') }))).toBe('commitment /beacons/0/publicKey')
    expect(placeOf(judged({ genesisTime: quicknet.genesisTime + 3 }))).toBe('commitment /beacons/0/genesisTime')
    expect(placeOf(judged({ periodSeconds: 6 }))).toBe('commitment /beacons/0/periodSeconds')
  })
})

describe('a draw in front of witnesses', { timeout: 60_000 }, () => {
  const options = { witnessed: true, withReveal: true } as const
  const witnessed = demoBundle(options)
  const keysOf = ({ keys = '' }: DemoFiles, change: object = {}): KeysFile => {
    const read = parseKeysFile(canonicalJson({ ...(JSON.parse(keys) as Record<string, Json>), ...change }))
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return read.value
  }
  const pinnedKeys = keysOf(witnessed)
  const judged = (change: DemoOptions): string => {
    const draw = demoBundle({ ...options, ...change })
    return placeOf(verify(namedFiles(draw), { pinnedKeys: keysOf(draw) }))
  }
  const missingOf = (files: BundleFiles, keys?: KeysFile): unknown => {
    const verdict = verify(files, { pinnedKeys: keys })
    return verdict.status === 'PENDING' ? verdict.missing : verdict.status
  }
  const deadline = '2026-03-02T01:25:00.000Z' as Instant
  const [w1 = '', w2 = '', w3 = '', w4 = ''] = pinnedKeys.witnesses.map(({ witnessId }) => witnessId)
  /** What the witnesses saw of S and its reveals; of the transcript a quorum sees enough. */
  const saw = (seen: Readonly<Record<string, Instant>>): DemoOptions => ({
    onCheckpoints: (all) => all.map((one, index) => (index < 2 ? { ...one, seen } : one)),
  })

  it.each(['sha256', 'sm3'] as const)(
    'DRW-31 DRW-32 matches under %s with its keys, log and checkpoints, with and without reveals',
    (hash) => {
      for (const withReveal of [true, false]) expect(judged({ withReveal, hash })).toBe('MATCH')
    },
  )

  it('DRW-31 is pending without them, and says what is missing', () => {
    const files = namedFiles(witnessed)
    expect(missingOf(files)).toEqual(['keys'])
    expect(missingOf({ ...files, log: undefined }, pinnedKeys)).toEqual(['log'])
    expect(missingOf({ ...files, checkpoints: undefined }, pinnedKeys)).toEqual(['checkpoints'])
    expect(missingOf({ ...files, checkpoints: undefined, log: undefined })).toEqual(['keys', 'log', 'checkpoints'])
    const three = (witnessed.checkpoints ?? '').split('\n').slice(0, 3)
    const early = { name: 'checkpoints', bytes: utf8(three.map((line) => `${line}\n`).join('')) }
    expect(missingOf({ ...files, checkpoints: early }, pinnedKeys)).toEqual(['witnesses'])
  })

  it('DRW-31 tells by whom it was audited, with what findings, and that it was not; without the log, or of a failed draw, nothing', () => {
    const auditsOf = (change: DemoOptions, without: { readonly log?: undefined } = {}, given: Partial<VerifyOptions> = {}) => {
      const draw = demoBundle({ ...options, ...change })
      const verdict = verify({ ...namedFiles(draw), ...without }, { pinnedKeys: keysOf(draw), ...given })
      return 'bundle' in verdict ? verdict.bundle.audits : placeOf(verdict)
    }
    expect(auditsOf({})).toEqual([])
    const audited = { extra: { match: auditedBy() } }
    expect(auditsOf(audited)).toEqual([{ unitId: unit.unitId, findings: 0, isSignatureChecked: true }])
    expect(auditsOf(audited, {}, { pinnedKeys: undefined })).toEqual([{ unitId: unit.unitId, findings: 0, isSignatureChecked: false }])
    expect(auditsOf({ extra: { match: (draw) => [...auditedBy(3)(draw), ...auditedBy(1, theSuperior)(draw)] } })).toMatchObject([
      { unitId: unit.unitId, findings: 3 },
      { unitId: theSuperior.unitId, findings: 1 },
    ])
    expect(auditsOf(audited, { log: undefined })).toBeUndefined()
    const failed = { type: 'dual-random/failed/v1', reason: 'key-lost', unitId: theSuperior.unitId }
    expect(
      auditsOf({
        unmatched: true,
        extra: { transcript: ({ drawId }) => [{ kind: 'failed', drawId, of: { ...failed, drawId }, by: theSuperior }] },
        onCheckpoints: (all) => all.slice(0, -1),
      }),
    ).toBeUndefined()
  })

  it('DRW-32 counts S when a quorum held it by the deadline, and not a millisecond later or one witness fewer', () => {
    const late = addMs(deadline, 1)
    expect(judged(saw({ [w1]: deadline, [w2]: deadline, [w3]: deadline }))).toBe('MATCH')
    expect(judged(saw({ [w1]: deadline, [w2]: deadline, [w3]: late }))).toBe('region line 8')
    expect(judged(saw({ [w1]: deadline, [w2]: deadline, [w3]: late, [w4]: deadline }))).toBe('MATCH')
    expect(judged(saw({ [w1]: deadline, [w2]: deadline, stranger: deadline }))).toBe('region line 8')
  })

  it('DRW-32 takes no draw that was voided in time, and heeds no later void', () => {
    const voided: NonNullable<DemoOptions['extra']>['commitment'] = ({ drawId }) => [
      { kind: 'void', drawId, of: { type: 'dual-random/void/v1', drawId, reason: '' }, by: drawing },
    ]
    expect(judged({ extra: { commitment: voided } })).toBe('region line 9')
    expect(judged({ extra: { transcript: voided } })).toBe('MATCH')
  })

  it('DRW-31 is held to the pinned genesis, quorum and superior', () => {
    const other = (change: object): string => placeOf(verify(namedFiles(witnessed), { pinnedKeys: keysOf(witnessed, change) }))
    const { superior, witnesses } = pinnedKeys
    expect(other({ genesis: '0'.repeat(64) })).toBe('transcript /transcript/log/genesis')
    expect(other({ regionCode: '230400' })).toBe('transcript /transcript/log/genesis/regionCode')
    expect(other({ hash: 'sm3' })).toBe('transcript /transcript/log/genesis/hash')
    expect(other({ superior: { ...superior, publicKey: drawing.publicKey } })).toBe('transcript /transcript/log/genesis/keys/1')
    expect(other({ quorum: 4 })).toBe('commitment /witnesses/quorum')
    expect(other({ superior: { ...superior, publicKey: '0'.repeat(64) } })).toBe('region line 2 /signature')
    const swapped = witnesses.map((one, index) => ({ ...one, publicKey: witnesses[(index + 1) % 4]?.publicKey ?? '' }))
    expect(other({ witnesses: swapped })).toBe('checkpoints line 1 /cosignatures/0/signature')
    // A cosignature by a name that is not pinned counts for nothing.
    const renamed = witnesses.map((one) => (one.witnessId === w4 ? { ...one, witnessId: 'z' } : one))
    expect(other({ witnesses: renamed })).toBe('MATCH')
    expect(placeOf(verify(plainFiles, { pinnedKeys: keysOf(demoBundle({ witnessed: true })) }))).toBe('commitment /witnesses/count')
  })

  it('DRW-32 refuses tips and reveals that are not those of S', () => {
    const lines = witnessed.log.trimEnd().split('\n')
    const inLog = (index: number, from: string | RegExp, to: string): string => {
      const text = lines.with(index, (lines[index] ?? '').replace(from, to)).map((line) => `${line}\n`)
      return placeOf(verify({ ...namedFiles(witnessed), log: { name: 'log', bytes: utf8(text.join('')) } }, { pinnedKeys }))
    }
    expect(inLog(4, /"tip":"[0-9a-f]{64}"/, `"tip":"${'0'.repeat(64)}"`)).toBe('log line 5 /digest')
    expect(inLog(8, /"secret":"[0-9a-f]{64}"/, `"secret":"${'0'.repeat(64)}"`)).toBe('log line 9 /digest')
    expect(inLog(8, /"record":\{[^}]*\},/, '')).toBe('log line 9 /record')
    expect(inLog(6, '"receivedAt"', '"record":{},"receivedAt"')).toContain('log line 7')
    expect(inLog(8, /"signature":"../, '"signature":"00')).toBe('log line 9 /signature')
    expect(judged({ withheld: [unit.unitId] })).toBe('commitment /tips/0')
    expect(judged({ onTranscript: (t) => ({ ...t, reveals: [] }) })).toBe('transcript /transcript/reveals')
  })

  it('DRW-31 refuses checkpoints of another log', () => {
    const lines = (witnessed.checkpoints ?? '').trimEnd().split('\n')
    const inFile = (edited: readonly string[]): string => {
      const checkpoints = { name: 'cp', bytes: utf8(edited.map((line) => `${line}\n`).join('')) }
      return placeOf(verify({ ...namedFiles(witnessed), checkpoints }, { pinnedKeys }))
    }
    const first = lines[0] ?? ''
    expect(inFile(lines.toReversed())).toBe('cp line 2 /checkpoint/seq')
    expect(inFile([first, ...lines])).toBe('cp line 2 /checkpoint/seq')
    expect(inFile(lines.with(0, first.replace(/"head":"../, '"head":"zz')))).toBe('cp line 1 /checkpoint/head')
    expect(inFile(lines.with(0, first.replace(/"head":"[0-9a-f]{64}/, `"head":"${'0'.repeat(64)}`)))).toBe('cp line 1 /checkpoint/head')
    expect(inFile(lines.with(0, first.replace(/"seq":\d+/, '"seq":99')))).toBe('cp line 1 /checkpoint/seq')
    expect(inFile(lines.with(0, first.replace('"regionCode":"230300"', '"regionCode":"230400"')))).toBe('cp line 1 /checkpoint/regionCode')
    expect(inFile(lines.with(0, first.replace('"receivedAt":"2026', '"receivedAt":"2025')))).toBe('cp line 1 /cosignatures/0/signature')
    expect(inFile(lines.with(0, first.replace(/,"signature":"(..)(?=[0-9a-f]*"\}$)/, ',"signature":"00')))).toBe('cp line 1 /signature')
    const twice = first.replace(/(?<="cosignatures":\[)(\{[^}]*\})/, '$1,$1')
    expect(inFile(lines.with(0, twice))).toBe('cp line 1 /cosignatures/1')
  })

  it('DRW-32 takes beacons of two other regions, of 30 days in the log and run apart, and no others', () => {
    const regions = (change: DemoOptions): string => {
      const draw = demoBundle({ ...options, demo: false, ...change })
      return placeOf(verify(namedFiles(draw), { pinnedKeys: keysOf(draw), demo: false }))
    }
    const days30 = 30 * 86_400_000
    expect(regions({})).toBe('MATCH')
    expect(regions({ keyAgeMs: days30 })).toBe('MATCH')
    expect(regions({ keyAgeMs: days30 - 1 })).toBe('commitment /beacons/0/publicKey')
    expect(regions({ keyAgeMs: 90_000, beaconKeyAgeSeconds: 90 })).toBe('MATCH')
    expect(regions({ keyAgeMs: 89_999, beaconKeyAgeSeconds: 90 })).toBe('commitment /beacons/0/publicKey')
    expect(regions({ keyAgeMs: days30, beaconKeyAgeSeconds: 31 * 86_400 })).toBe('commitment /beacons/0/publicKey')
    expect(regions({ operator: 'bureau-230900' })).toBe('commitment /beacons/1/publicKey')
    expect(regions({ operator: 'bureau-230300' })).toBe('commitment /beacons/0/publicKey')
    expect(regions({ withoutBeaconKey: true })).toBe('commitment /beacons/0/publicKey')
  })
})

describe('an organiser who signs what the rules do not give', () => {
  const commitments: readonly (readonly [string, DemoOptions['onCommitment'], string])[] = [
    ['DRW-21 another n', (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, n: 2 })), batchSizes: [3, 3] }), '/strata/1/n'],
    [
      'CRD-17 another raw number',
      (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, raw: { numerator: 3, denominator: 1 } })) }),
      '/strata/0/raw',
    ],
    [
      'DRW-32 a later round',
      (s) => ({ ...s, beacons: s.beacons.map((one) => ('round' in one ? { ...one, round: one.round + 1 } : one)) }),
      '/beacons/0/round',
    ],
    ['DRW-32 a shorter delay', (s) => ({ ...s, delaySeconds: 1199 }), '/delaySeconds'],
    ['DRW-32 a better assurance', (s) => ({ ...s, assurance: 'public' }), '/assurance'],
    ['DRW-32 no beacon', (s) => ({ ...s, beacons: [] }), '/beacons'],
    ['DRW-31 another attempt', (s) => ({ ...s, attempt: 2 }), '/drawId'],
    ['DRW-31 a snapshot of another region', (s) => ({ ...s, snapshot: { ...s.snapshot, regionCode: '230400' } }), '/snapshot/regionCode'],
    ['DRW-31 a snapshot after the commitment', (s) => ({ ...s, snapshot: { ...s.snapshot, asOf: s.committedAt } }), '/snapshot/asOf'],
    ['DRW-31 batches that do not add up', (s) => ({ ...s, batchSizes: [1, 1] }), '/batchSizes'],
    ['DRW-31 units out of order', (s) => ({ ...s, matchInputs: [...s.matchInputs, ...s.matchInputs] }), '/matchInputs/1'],
    ['DRW-31 strata left out', (s) => ({ ...s, strata: s.strata.slice(1), batchSizes: [3, 3] }), '/strata'],
    ['DRW-31 another root', (s) => ({ ...s, snapshot: { ...s.snapshot, root: s.policyDigest } }), '/snapshot/root'],
    [
      'DRW-20 hidden exclusions',
      (s) => ({ ...s, snapshot: { ...s.snapshot, exclusions: { ...s.snapshot.exclusions, counts: [] } } }),
      '/snapshot/exclusions/counts',
    ],
    [
      'CRD-17 a number beyond canonical JSON',
      (s) => ({
        ...s,
        strata: s.strata.map((one) =>
          one.rule.kind === 'count' ? one : { ...one, rule: { ...one.rule, ratio: { numerator: 2 ** 52, denominator: 1 } } },
        ),
      }),
      '/strata/0/raw',
    ],
  ]
  it.each(commitments)('%s', (_, onCommitment, where) => {
    const s = onCommitment?.(JSON.parse(textOf('commitment')))
    // Where the draw itself cannot be run by such an S, its file alone is judged: nothing behind it is reached.
    const text = JSON.stringify(sortedMembers(s))
    expect(placeOf(verify(changed('commitment', text)))).toBe(`commitment ${where}`)
  })

  const transcripts: readonly (readonly [string, NonNullable<DemoOptions['onTranscript']>, string])[] = [
    ['DRW-32 another seed', (t) => ({ ...t, seed: t.commitment }), '/seed'],
    ['DRW-32 another round', (t) => ({ ...t, beacons: t.beacons.map((one) => ({ ...one, round: 1 })) }), '/beacons'],
    [
      'DRW-32 another randomness',
      (t) => ({ ...t, beacons: t.beacons.map((one) => ({ ...one, randomness: t.commitment })) }),
      '/beacons/0/randomness',
    ],
    ['DRW-31 another commitment', (t) => ({ ...t, commitment: t.seed }), '/commitment'],
    ['DRW-31 another hash', (t) => ({ ...t, hash: 'sm3' }), '/hash'],
    ['DRW-31 a stratum renamed', (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, stratum: 'Z' })) }), '/strata'],
    [
      'DRW-31 one drawn object swapped',
      (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.map((d) => ({ ...d, label: t.seed })) })) }),
      '/strata/0/drawn/0/label',
    ],
    [
      'DRW-31 one drawn object too few',
      (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.slice(1) })) }),
      '/strata/0/drawn',
    ],
    ['DRW-31 another cut-off', (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, cutOff: t.seed })) }), '/strata/0/cutOff'],
    ['DRW-16 another order', (t) => ({ ...t, batches: t.batches.map((batch) => batch.toReversed()) }), '/batches/0/0'],
    ['DRW-31 a smaller drawn set', (t) => ({ ...t, drawnSet: t.drawnSet.slice(1) }), '/drawnSet'],
    ['DRW-31 an unsorted drawn set', (t) => ({ ...t, drawnSet: t.drawnSet.toReversed() }), '/drawnSet/1'],
    ['DRW-31 an entry less', (t) => ({ ...t, log: { ...t.log, entries: t.log.entries.slice(1) } }), '/log/entries'],
    [
      'DRW-31 an entry out of its chain',
      (t) => ({ ...t, log: { ...t.log, entries: t.log.entries.map((one) => ({ ...one, previous: t.seed })) } }),
      '/log/entries/0/previous',
    ],
    [
      'DRW-31 an entry of another snapshot',
      (t) => ({
        ...t,
        log: { ...t.log, genesis: { ...t.log.genesis, startedAt: '2020-01-01T00:00:00.001Z' as typeof t.log.genesis.startedAt } },
      }),
      '/log/entries/0/previous',
    ],
    [
      'DRW-31 one key under two names',
      (t) => {
        const [first, second, ...others] = t.log.genesis.keys
        const keys = [first, { ...second, publicKey: first?.publicKey }, ...others] as typeof t.log.genesis.keys
        return { ...t, log: { ...t.log, genesis: { ...t.log.genesis, keys } } }
      },
      '/log/genesis/keys',
    ],
  ]
  it.each(transcripts)('%s', (_, onTranscript, where) => {
    expect(differenceOf({ onTranscript })).toBe(`transcript /transcript${where}`)
  })

  it('DRW-32 a secret that does not open its tip', () => {
    expect(
      differenceOf({ withReveal: true, onTranscript: (t) => ({ ...t, reveals: t.reveals.map((one) => ({ ...one, secret: t.seed })) }) }),
    ).toBe('transcript /transcript/reveals/0/secret')
  })

  it('DRW-32 a pulse that the beacon did not sign', () => {
    const ofNobody = {
      signature: `8${'0'.repeat(94)}1`,
      randomness: toHex(digest('sha256', fromHex(`8${'0'.repeat(94)}1`) ?? new Uint8Array(0))),
    }
    expect(differenceOf({ pulse: (round) => ({ ...ofNobody, round }) })).toBe('transcript /transcript/beacons/0/signature')
  })

  it('DRW-31 signatures by nobody', () => {
    const told: string[] = []
    const places = [0, 1, 2].map((which) => {
      let calls = 0
      const verdict = verify(plainFiles, {
        verifyEd25519: (...given) => {
          told.push(given[0])
          return calls++ === which ? false : demo.verifyEd25519(...given)
        },
      })
      return placeOf(verdict)
    })
    expect(places).toEqual([
      'transcript /transcript/log/entries/0/signature',
      'transcript /transcript/log/entries/1/signature',
      'transcript /signature',
    ])
    expect(new Set(told).size).toBe(2)
  })
})

/** The canonical text's order of members, for values that are not written by this package. */
function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sortedMembers(member)]),
  )
}

describe('changes that nobody signed', () => {
  /** Another character of the same kind, so that the change gets past the parser where it can. */
  const other = (character: string): string => {
    if (/[0-8a-eg-yA-Y]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1)
    return ({ '9': '8', f: 'e', z: 'y', Z: 'Y', '\n': ' ', '"': "'" } as Record<string, string>)[character] ?? 'x'
  }

  it.each(['transcript', 'commitment', 'roster'] as const)(
    'DRW-31 any changed character of the %s is a difference',
    (part) => {
      const text = textOf(part)
      const missed: number[] = []
      // Every 17th, from another beginning in each file: tests/verifier tries them all.
      for (let position = part.length; position < text.length; position += 17) {
        const edited = text.slice(0, position) + other(text[position] ?? '') + text.slice(position + 1)
        if (edited === text || verify(changed(part, edited)).status !== 'DIFFERENT') missed.push(position)
      }
      expect(missed).toEqual([])
    },
    60_000,
  )

  it('DRW-31 names file, line and pointer of what is not canonical', () => {
    const roster = textOf('roster')
    const faultOf = (part: Part, text: string | Uint8Array): unknown => {
      const verdict = verify(changed(part, text))
      return verdict.status === 'DIFFERENT' ? verdict.difference : verdict.status
    }
    expect(faultOf('roster', `${roster}\uFEFF`)).toMatchObject({ where: `line ${roster.split('\n').length}`, code: 'no-line-feed' })
    expect(faultOf('roster', roster.replaceAll('\n', '\r\n'))).toMatchObject({
      where: 'line 1 /stratum',
      code: 'not-canonical',
      character: roster.indexOf('\n') + 1,
    })
    expect(faultOf('roster', roster.replace('{"excluded":false', '{"excluded": false'))).toMatchObject({ code: 'not-canonical' })
    expect(faultOf('roster', roster.replace('{"excluded"', '["excluded"'))).toMatchObject({ where: 'line 1', code: 'not-json' })
    expect(faultOf('roster', roster.slice(0, -1))).toMatchObject({ code: 'no-line-feed' })
    expect(faultOf('roster', Uint8Array.of(0xff, 0x0a))).toMatchObject({ where: '', code: 'not-utf8' })
    expect(faultOf('roster', roster.split('\n').toReversed().join('\n').slice(1).concat('\n'))).toMatchObject({
      where: 'line 2 /label',
      code: 'out-of-order',
    })
    const commitment = textOf('commitment')
    expect(faultOf('commitment', commitment.replace('"attempt":1', '"attempt":1.0'))).toMatchObject({
      where: '/attempt',
      code: 'not-canonical',
      character: commitment.indexOf('"attempt":1') + 12,
    })
    expect(faultOf('commitment', commitment.replace('"mapped":14', '"mapped":014'))).toMatchObject({ code: 'not-json' })
    expect(
      faultOf(
        'commitment',
        commitment.replace(/"numerator":1,|"numerator":1\}/, (m) => m.replace('1', '1e0')),
      ),
    ).toMatchObject({
      where: expect.stringMatching(/^\/strata\/0\/(raw|rule)\/.*numerator$/) as string,
    })
    expect(faultOf('commitment', commitment.replace('"attempt":1', '"attempt":0'))).toEqual({
      file: plainFiles.commitment.name,
      where: '/attempt',
      code: 'not-a',
      expected: 'an integer ≥ 1',
    })
    expect(faultOf('commitment', commitment.replace('{"algorithm"', '{"a/~b":1,"algorithm"'))).toMatchObject({
      where: '/a~1~0b',
      code: 'unknown-member',
    })
    expect(faultOf('commitment', commitment.replace(/"attempt":1,/, ''))).toMatchObject({ where: '/attempt', code: 'missing-member' })
    expect(faultOf('commitment', commitment.replace('"kind":"plan-line"', '"kind":"toString"'))).toMatchObject({ where: '/subject/kind' })
    expect(faultOf('commitment', commitment.replace('2026-03-02T01:05', '2026-02-30T01:05'))).toMatchObject({ where: '/committedAt' })
  })

  it('DRW-31 a signature that is the same number written larger', () => {
    const { signature } = JSON.parse(textOf('transcript')) as { signature: string }
    const reversed = (hex: string): string => toHex((fromHex(hex) ?? new Uint8Array(0)).toReversed())
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const larger = reversed((BigInt(`0x${reversed(signature.slice(64))}`) + order).toString(16).padStart(64, '0'))
    expect(placeOf(verify(changed('transcript', textOf('transcript').replace(signature, signature.slice(0, 64) + larger))))).toBe(
      'transcript /signature',
    )
  })

  it('DRW-31 openings and log entries of something else', () => {
    const lines = textOf('openings').trimEnd().split('\n')
    const entries = textOf('log').trimEnd().split('\n')
    const text = (some: readonly string[]): string => some.map((one) => `${one}\n`).join('')
    const inOpenings = (some: readonly string[]): string => placeOf(verify(changed('openings', text(some))))
    const inLog = (some: readonly string[]): string => placeOf(verify(changed('log', text(some))))
    expect(inOpenings([(lines[0] ?? '').replace(/object-\d+/, 'object-999')])).toBe('openings line 1')
    expect(inOpenings([lines[0] ?? '', ...lines])).toBe('openings line 2')
    expect(inLog(entries.slice(0, 3))).toBe('region (whole file) transcript')
    expect(inLog(entries.toSpliced(2, 1))).toBe('region line 3 /seq')
    expect(inLog(entries.map((one) => one.replace('"kind":"transcript"', '"kind":"void"')))).toBe('region line 4 /record')
    expect(inLog(entries.map((one) => one.replace(`"drawId":"${plain.drawId}"`, '"drawId":null')))).toBe('region line 2 /drawId')
    expect(inLog([])).toBe('region line 1 /record')
    expect(inLog(entries.map((one, index) => (index === 0 ? one.replace('"demo":true', '"demo":false') : one)))).toBe(
      'region line 1 /record',
    )
  })
})

describe('one object’s own opening', { timeout: 30_000 }, () => {
  it('DRW-34 leads from its id to the signed root and its line of the roster', () => {
    for (const opening of plain.ownOpenings())
      expect(verify({ ...plainFiles, opening: openingFile(opening) })).toMatchObject({ status: 'MATCH', bundle: { opening } })
  })

  it('DRW-34 leads nowhere for another id, salt, place, stratum, path or draw', () => {
    const [first, second] = [openingOf(plain, 'object-0'), openingOf(plain, 'object-1')]
    const cases = [
      [{ ...first, id: second.id }, '/label'],
      [{ ...first, salt: second.salt }, '/label'],
      [{ ...second, index: first.index }, '/index'],
      [{ ...first, stratum: 'Z' }, '/index'],
      [{ ...first, size: first.size + 1 }, '/size'],
      [{ ...first, path: first.path.slice(1) }, '/path'],
      [{ ...first, drawId: first.salt }, '/drawId'],
    ] as const
    for (const [opening, where] of cases)
      expect(placeOf(verify({ ...plainFiles, opening: openingFile(opening) }))).toBe(`opening.json ${where}`)
  })
})

describe('any bytes at all', { timeout: 60_000 }, () => {
  const parts = ['transcript', 'commitment', 'roster', 'openings', 'log'] as const
  const known = ['MATCH', 'PENDING', 'DIFFERENT', 'REFUSED']

  it('DRW-31 end in a verdict', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (part, bytes) => {
        expect(known).toContain(verify(changed(part, bytes)).status)
      }),
    )
  })

  it('DRW-31 end in a verdict with any value in the place of another', () => {
    fc.assert(
      fc.property(fc.constantFrom('transcript', 'commitment', 'roster', 'log'), fc.nat(), fc.jsonValue(), (part, pick, value) => {
        const places: [Record<string, unknown>, string][] = []
        const walk = (node: unknown): void => {
          if (typeof node !== 'object' || node === null) return
          for (const [name, member] of Object.entries(node)) {
            places.push([node as Record<string, unknown>, name])
            walk(member)
          }
        }
        const lines = textOf(part).split('\n')
        const line = pick % Math.max(1, lines.length - 1)
        const tree = JSON.parse(lines[line] ?? '') as unknown
        walk(tree)
        const [node, name] = places[pick % places.length] as [Record<string, unknown>, string]
        node[name] = value
        const text = lines.with(line, JSON.stringify(sortedMembers(tree))).join('\n')
        expect(known).toContain(verify(changed(part, text)).status)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('DRW-31 end in a verdict however deep they are nested', () => {
    expect(verify(changed('commitment', '['.repeat(200_000) + ']'.repeat(200_000))).status).toBe('DIFFERENT')
  })
})
