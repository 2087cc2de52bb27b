import { addMs, canonicalJson, fromHex, type Instant, type Json, toHex, utf8 } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DemoDraw, type DemoDrawOptions, demoDraw, nodeVerification, openingFile } from '../../tests/demo-draw.ts'
import type { BundleFiles, VerifyOptions } from '../index.ts'
import { type PinnedKeys, readPinnedKeys } from './pinned-keys.ts'
import { verifyBundle } from './verify-bundle.ts'

/** Pulses are believed where they are not the subject: pairings take their time. */
const demo: VerifyOptions = { ...nodeVerification, demo: true, verifyPulse: () => true }
const verify = (files: BundleFiles, change: Partial<VerifyOptions> = {}) => verifyBundle(files, { ...demo, ...change })
const plain = demoDraw()
type Part = 'transcript' | 'commitment' | 'roster' | 'openings' | 'log'
const textOf = (part: Part, { files }: DemoDraw = plain): string => new TextDecoder().decode(files[part].bytes)
const changed = (part: Part, bytes: Uint8Array | string): BundleFiles => ({
  ...plain.files,
  [part]: { name: plain.files[part].name, bytes: typeof bytes === 'string' ? utf8(bytes) : bytes },
})
const placeOf = (verdict: ReturnType<typeof verify>): string =>
  verdict.status === 'DIFFERENT' ? `${verdict.difference.file.split(/[-/]/)[0]} ${verdict.difference.where}` : verdict.status
const differenceOf = (options: DemoDrawOptions): string => placeOf(verify(demoDraw(options).files))

describe('verifying a bundle', { timeout: 30_000 }, () => {
  it.each([{}, { hash: 'sm3' }, { publicOpening: 'full' }, { withReveal: true }, { objects: 1 }, { objects: 0 }] as const)(
    'DRW-31 finds an honest draw %j recomputed alike',
    (options) => {
      const steps: string[] = []
      const { verifyPulse } = nodeVerification
      const verdict = verify(demoDraw(options).files, { verifyPulse, onStep: (step) => void steps.push(step) })
      expect(verdict).toMatchObject({ status: 'MATCH', bundle: { wholeLog: true } })
      expect(steps).toEqual(['commitment', 'roster', 'draw', 'log', 'beacons', 'openings', 'witnesses'])
    },
  )

  it('DRW-25 finds a draw on clues recomputed alike, and refuses one without clues or with unsorted ones', () => {
    const subject = { kind: 'clue-task', taskId: 'task-1', clueIds: ['clue-1', 'clue-2'] } as const
    expect(differenceOf({ subject })).toBe('MATCH')
    const withClues = (clueIds: readonly string[]): string =>
      differenceOf({ subject, onCommitment: (s) => ({ ...s, subject: { ...subject, clueIds } }) })
    expect(withClues([])).toBe('commitment /subject/clueIds')
    expect(withClues(['clue-2', 'clue-1'])).toBe('commitment /subject/clueIds/1')
    expect(withClues(['clue-1', 'clue-1'])).toBe('commitment /subject/clueIds/1')
  })

  it('DRW-31 does without openings and log', () => {
    const { transcript, commitment, roster } = plain.files
    expect(verify({ transcript, commitment, roster })).toMatchObject({ status: 'MATCH', bundle: { wholeLog: false, openings: undefined } })
  })

  it('refuses to judge a demonstration that was not asked for, and any other as one', () => {
    expect(verify(plain.files, { demo: false })).toEqual({ status: 'REFUSED', reason: 'demonstration' })
    const real = demoDraw({ demo: false })
    expect(verify(real.files)).toEqual({ status: 'REFUSED', reason: 'no-demonstration' })
    expect(placeOf(verify(real.files, { demo: false }))).toBe('commitment /beacons/0/kind')
  })

  it('DRW-32 says PENDING of a log that is no demonstration, whose beacon is pinned', () => {
    const asDrand = (source: string) =>
      demoDraw({
        demo: false,
        onCommitment: (s) => ({ ...s, assurance: 'public', beacons: s.beacons.map((one) => ({ ...one, kind: 'drand' as const, source })) }),
      })
    const { files } = asDrand('drand/test')
    const [beacon] = (JSON.parse(new TextDecoder().decode(files.commitment.bytes)) as { beacons: [VerifyOptions['drandChains'][number]] })
      .beacons
    const judged = (pinned: typeof beacon) => placeOf(verify(files, { demo: false, drandChains: [pinned] }))
    expect(judged(beacon)).toBe('PENDING')
    expect(placeOf(verify(files, { demo: false }))).toBe('commitment /beacons/0/source')
    expect(judged({ ...beacon, publicKey: beacon.publicKey.replace(/^../, '00') })).toBe('commitment /beacons/0/publicKey')
    expect(judged({ ...beacon, genesisTime: beacon.genesisTime + 1 })).toBe('commitment /beacons/0/genesisTime')
    expect(judged({ ...beacon, periodSeconds: 3 })).toBe('commitment /beacons/0/periodSeconds')
  })
})

describe('a draw in front of witnesses', { timeout: 30_000 }, () => {
  const witnessed = demoDraw({ witnessed: true, withReveal: true })
  const keysOf = ({ keys }: DemoDraw, change: object = {}): PinnedKeys => {
    const text = canonicalJson({ ...(JSON.parse(new TextDecoder().decode(keys.bytes)) as Record<string, Json>), ...change })
    const read = readPinnedKeys({ name: 'keys.json', bytes: utf8(text) })
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return read.value
  }
  const pinnedKeys = keysOf(witnessed)
  const judged = (options: DemoDrawOptions, change: Partial<BundleFiles> = {}) => {
    const draw = demoDraw({ witnessed: true, withReveal: true, ...options })
    return placeOf(verify({ ...draw.files, ...change }, { pinnedKeys }))
  }
  const missingOf = (files: BundleFiles, keys?: PinnedKeys): unknown => {
    const verdict = verify(files, { pinnedKeys: keys })
    return verdict.status === 'PENDING' ? verdict.missing : verdict.status
  }

  it.each(['sha256', 'sm3'] as const)(
    'DRW-31 DRW-32 matches under %s with its keys, log and checkpoints, with and without reveals',
    (hash) => {
      for (const withReveal of [true, false]) {
        const draw = demoDraw({ witnessed: true, withReveal, hash })
        expect(missingOf(draw.files, keysOf(draw))).toBe('MATCH')
      }
    },
  )

  it('DRW-31 is pending without them, and says what is missing', () => {
    const { files } = witnessed
    expect(missingOf(files)).toBe('keys')
    expect(missingOf({ ...files, log: undefined }, pinnedKeys)).toBe('log')
    expect(missingOf({ ...files, checkpoints: undefined }, pinnedKeys)).toBe('checkpoints')
    const [first = ''] = new TextDecoder().decode(files.checkpoints.bytes).split('\n')
    expect(missingOf({ ...files, checkpoints: { name: 'checkpoints', bytes: utf8(`${first}\n`) } }, pinnedKeys)).toBe('witnesses')
  })

  it('DRW-32 counts S when a quorum held it by the deadline, and not a millisecond later or one witness fewer', () => {
    const deadline = '2026-03-02T01:25:00.000Z' as Instant
    expect(judged({ seenAt: () => deadline })).toBe('MATCH')
    expect(judged({ seenAt: () => addMs(deadline, 1) })).toBe('region line 5')
    expect(judged({ seenAt: (witness) => (witness === 'w1' ? undefined : deadline) })).toBe('MATCH')
    expect(judged({ seenAt: (witness) => (witness === 'w1' || witness === 'w2' ? undefined : deadline) })).toBe('region line 5')
    expect(judged({ seenAt: (witness) => (witness < 'w3' ? addMs(deadline, 1) : deadline) })).toBe('region line 5')
  })

  it('DRW-32 takes no draw that was voided in time, and heeds no later void', () => {
    expect(judged({ voided: 'in-time' })).toBe('region line 7')
    expect(judged({ voided: 'late' })).toBe('MATCH')
  })

  it('DRW-31 is held to the pinned genesis, quorum and superior', () => {
    const other = (change: object): string => placeOf(verify(witnessed.files, { pinnedKeys: keysOf(witnessed, change) }))
    const { superior, witnesses } = pinnedKeys
    expect(other({ genesis: '0'.repeat(64) })).toBe('transcript /transcript/log/genesis')
    expect(other({ regionCode: '230400' })).toBe('transcript /transcript/log/genesis/regionCode')
    expect(other({ hash: 'sm3' })).toBe('transcript /transcript/log/genesis/hash')
    expect(other({ quorum: 4 })).toBe('commitment /witnesses/quorum')
    expect(other({ superior: { ...superior, publicKey: '0'.repeat(64) } })).toBe('region line 2 /signature')
    const swapped = witnesses.map((one, index) => ({ ...one, publicKey: witnesses[(index + 1) % 4]?.publicKey ?? '' }))
    expect(other({ witnesses: swapped })).toBe('checkpoints line 1 /cosignatures/0/signature')
    // A cosignature by a name that is not pinned counts for nothing.
    const renamed = witnesses.map((one, index) => (index === 3 ? { ...one, witnessId: 'w9' } : one))
    expect(other({ witnesses: renamed })).toBe('MATCH')
    expect(placeOf(verify(plain.files, { pinnedKeys: keysOf(plain) }))).toBe('commitment /witnesses/count')
  })

  it('DRW-32 refuses tips and reveals that are not those of S and transcript', () => {
    const text = new TextDecoder().decode(witnessed.files.log.bytes)
    const inLog = (edit: (lines: readonly string[]) => readonly string[]): string => {
      const bytes = utf8(`${edit(text.trimEnd().split('\n')).join('\n')}\n`)
      return placeOf(verify({ ...witnessed.files, log: { name: 'log', bytes } }, { pinnedKeys }))
    }
    const replaceIn = (index: number, from: string | RegExp, to: string) => (lines: readonly string[]) =>
      lines.with(index, (lines[index] ?? '').replace(from, to))
    expect(inLog(replaceIn(2, /"tip":"[0-9a-f]{64}"/, `"tip":"${'0'.repeat(64)}"`))).toBe('log line 3 /digest')
    expect(inLog(replaceIn(5, /"secret":"[0-9a-f]{64}"/, `"secret":"${'0'.repeat(64)}"`))).toBe('log line 6 /digest')
    expect(inLog(replaceIn(5, /"record":\{[^}]*\},/, ''))).toBe('log line 6 /record')
    expect(inLog(replaceIn(3, '"receivedAt"', '"record":{},"receivedAt"'))).toContain('log line 4')
    expect(inLog(replaceIn(5, /"signature":"../, '"signature":"00'))).toBe('log line 6 /signature')
    expect(judged({ onTranscript: (t) => ({ ...t, reveals: [] }) })).toBe('transcript /transcript/reveals')
  })

  it('DRW-31 refuses checkpoints of another log', () => {
    const lines = new TextDecoder().decode(witnessed.files.checkpoints.bytes).trimEnd().split('\n')
    const inFile = (edited: readonly string[]): string =>
      placeOf(
        verify(
          { ...witnessed.files, checkpoints: { name: 'cp', bytes: utf8(edited.map((line) => `${line}\n`).join('')) } },
          { pinnedKeys },
        ),
      )
    const first = lines[0] ?? ''
    expect(inFile(lines.toReversed())).toBe('cp line 2 /checkpoint/seq')
    expect(inFile([first, ...lines])).toBe('cp line 2 /checkpoint/seq')
    expect(inFile(lines.with(0, first.replace(/"head":"../, '"head":"zz')))).toBe('cp line 1 /checkpoint/head')
    expect(inFile(lines.with(0, first.replace(/"head":"[0-9a-f]{64}/, `"head":"${'0'.repeat(64)}`)))).toBe('cp line 1 /checkpoint/head')
    expect(inFile(lines.with(0, first.replace(/"seq":\d+/, '"seq":99')))).toBe('cp line 1 /checkpoint/head')
    expect(inFile(lines.with(0, first.replace('"regionCode":"230300"', '"regionCode":"230400"')))).toBe('cp line 1 /checkpoint/regionCode')
    expect(inFile(lines.with(0, first.replace(/"receivedAt":"2026-03-02T01:06/, '"receivedAt":"2026-03-02T01:05')))).toBe(
      'cp line 1 /cosignatures/0/signature',
    )
    expect(inFile(lines.with(0, first.replace(/,"signature":"(..)(?=[0-9a-f]*"\}$)/, ',"signature":"00')))).toBe('cp line 1 /signature')
  })

  it('DRW-31 takes no keys file whose quorums need not share an honest witness', () => {
    const faultOf = (change: object): unknown => {
      const text = canonicalJson({ ...(JSON.parse(new TextDecoder().decode(witnessed.keys.bytes)) as Record<string, Json>), ...change })
      const read = readPinnedKeys({ name: 'keys.json', bytes: utf8(text) })
      return read.ok ? 'read' : `${read.error.where} ${read.error.code === 'rule-broken' ? read.error.rule : read.error.code}`
    }
    const { witnesses, superior } = pinnedKeys
    expect(faultOf({})).toBe('read')
    expect(faultOf({ quorum: 4 })).toBe('read')
    expect(faultOf({ quorum: 5 })).toBe('/quorum quorum-unsafe')
    expect(faultOf({ quorum: 2 })).toBe('/quorum quorum-unsafe')
    expect(faultOf({ tolerated: 2 })).toBe('/quorum quorum-unsafe')
    expect(faultOf({ tolerated: 0 })).toBe('/tolerated not-a')
    expect(faultOf({ witnesses: witnesses.toReversed() })).toBe('/witnesses/1 out-of-order')
    expect(faultOf({ superior: { ...superior, publicKey: witnesses[0]?.publicKey } })).toBe('/witnesses repeated-key')
    expect(faultOf({ more: 1 })).toBe('/more unknown-member')
    expect(readPinnedKeys(witnessed.keys).ok).toBe(true)
  })
})

describe('an organiser who signs what the rules do not give', () => {
  const commitments: readonly (readonly [string, DemoDrawOptions['onCommitment'], string])[] = [
    ['DRW-21 another n', (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, n: 2 })), batchSizes: [3, 3] }), '/strata/1/n'],
    [
      'CRD-17 another raw number',
      (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, raw: { numerator: 3, denominator: 1 } })) }),
      '/strata/0/raw/denominator',
    ],
    ['DRW-32 a later round', (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, round: one.round + 1 })) }), '/beacons/0/round'],
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
    const tampered = demoDraw()
    const s = onCommitment?.(JSON.parse(textOf('commitment', tampered)))
    // Where the draw itself cannot be run by such an S, its file alone is judged: nothing behind it is reached.
    const text = JSON.stringify(sortedMembers(s))
    expect(placeOf(verify(changed('commitment', text)))).toBe(`commitment ${where}`)
  })

  const transcripts: readonly (readonly [string, NonNullable<DemoDrawOptions['onTranscript']>, string])[] = [
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
    const asked: string[] = []
    const verifyPulse: VerifyOptions['verifyPulse'] = (publicKey, { round }) => asked.push(`${publicKey} ${round}`) < 0
    expect(placeOf(verify(plain.files, { verifyPulse }))).toBe('transcript /transcript/beacons/0/signature')
    const { beacons } = JSON.parse(textOf('commitment')) as { beacons: readonly { publicKey: string; round: number }[] }
    expect(asked).toEqual([`${beacons[0]?.publicKey} ${beacons[0]?.round}`])
  })

  it('DRW-31 signatures by nobody', () => {
    const told: string[] = []
    const places = [0, 1, 2].map((which) => {
      let calls = 0
      const verdict = verify(plain.files, {
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
      character: 108,
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
      file: plain.files.commitment.name,
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
    expect(inLog(entries.slice(0, 3))).toBe('region ')
    expect(inLog(entries.toSpliced(2, 1))).toBe('region line 3 /seq')
    expect(inLog(entries.map((one) => one.replace('"kind":"transcript"', '"kind":"void"')))).toBe('region line 4 /record')
    expect(inLog(entries.map((one) => one.replace(`"drawId":"${plain.drawId}"`, '"drawId":null')))).toBe('region line 2 /signature')
    expect(inLog([])).toBe('region line 1 /record')
    expect(inLog(entries.map((one, index) => (index === 0 ? one.replace('"demo":true', '"demo":false') : one)))).toBe(
      'region line 1 /record/demo',
    )
  })
})

describe('one object’s own opening', { timeout: 30_000 }, () => {
  it('DRW-34 leads from its id to the signed root and its line of the roster', () => {
    for (const id of plain.ids) {
      const opening = plain.opening(id)
      expect(verify({ ...plain.files, opening: openingFile(opening) })).toMatchObject({ status: 'MATCH', bundle: { opening } })
    }
  })

  it('DRW-34 leads nowhere for another id, salt, place, stratum, path or draw', () => {
    const [first, second] = [plain.opening('object-0'), plain.opening('object-1')]
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
      expect(placeOf(verify({ ...plain.files, opening: openingFile(opening) }))).toBe(`opening.json ${where}`)
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
