import { type Commitment, deriveDrawId, signSnapshot } from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, type Json } from '@dual-random/kernel'
import {
  type Checkpoint,
  cityOf,
  demoBundle,
  demoJoint,
  type Extra,
  fourthChain,
  hashNamed,
  hex,
  type JointFiles,
  type JointOptions,
  openingText,
  partNames,
  plainCommittedAt,
  regionChain,
  registry,
  seenAt,
  slowChain,
  superior,
  thirdChain,
  unit,
} from '@dual-random/verify/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, type Family, judgeByLibrary, judgeInNode, type Parts, partsOf } from './judges.ts'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'

// Draws of several cities (docs/draw-protocol.md §23), each judged by both programs and libs/verify. 230300 organises; 230400 and 230600 take part.

interface Asked {
  readonly options?: JointOptions
  /** Files of the other cities changed, or left out. */
  readonly family?: (files: JointFiles) => Readonly<Record<string, string | undefined>>
  readonly jointKeys?: (files: JointFiles) => Family
  readonly parts?: (files: JointFiles) => Parts
}
interface Expected {
  readonly code: number
  /** `%` stands for the drawId, `#` for a number. */
  readonly place?: string
  readonly says?: string
}
const matches: Expected = { code: 0 }
/** A place in S where no file is named. */
const differs = (place: string): Expected => ({ code: 1, place: place.startsWith('/') ? `commitment-%.json ${place}` : place })
const pending = (says: string): Expected => ({ code: 3, says })
const refused = (says: string): Expected => ({ code: 2, says })

const hash = hashNamed('sha256')
type OnCommitment = NonNullable<JointOptions['onCommitment']>
type Part = NonNullable<Commitment['joint']>['parts'][number]
/** What the organiser's S says of another city instead, its registry signing again. */
const part =
  (index: number, change: (of: Part) => Partial<Part>): OnCommitment =>
  (s) => ({
    ...s,
    joint: {
      merged: s.joint?.merged ?? false,
      parts: (s.joint?.parts ?? []).map((one, at) => (at === index ? { ...one, ...change(one) } : one)),
    },
  })
const snapshot = (index: number, change: (of: Part['snapshot']) => object): OnCommitment =>
  part(index, (of) => {
    const changed = { ...of.snapshot, ...change(of.snapshot) }
    return { snapshot: changed, snapshotSignature: signSnapshot(hash, changed, cityOf(of.snapshot.regionCode).registry) }
  })
const joint =
  (change: (of: NonNullable<Commitment['joint']>) => object): OnCommitment =>
  (s) => ({ ...s, joint: { ...(s.joint as NonNullable<Commitment['joint']>), ...change(s.joint as NonNullable<Commitment['joint']>) } })
/** A redraw that names other cities: everything else of it is by the rules. */
const asRedraw: OnCommitment = (s) => {
  const parentDrawId = hex('digest', 'parent')
  const subject = {
    kind: 'redraw',
    parentDrawId,
    purpose: 'escalation',
    labels: [],
    after: [{ drawId: parentDrawId, transcript: hex('digest', 'transcript') }],
    approval: { approvedAt: plainCommittedAt, unitId: 'superior-230000', reasons: [{ reason: 'recusal', count: 1 }] },
  } as const
  const drawId = deriveDrawId(hash, { ...s, subject })
  return { ...s, subject, drawId, snapshot: { ...s.snapshot, drawId, labelsOf: parentDrawId } }
}

const entry = (kind: Extra['kind'], drawId: string, of: Json, by: Extra['by']): Extra => ({ kind, drawId, of, by })
const extraIn =
  (
    city: string,
    kind: Parameters<NonNullable<JointOptions['extra']>>[1],
    entries: (drawId: string) => readonly Extra[],
  ): NonNullable<JointOptions['extra']> =>
  (regionCode, after, drawId) =>
    regionCode === city && after === kind ? entries(drawId) : []
const voidIn = (city: string): NonNullable<JointOptions['extra']> =>
  extraIn(city, 'commitment', (drawId) => [
    entry('void', drawId, { type: 'dual-random/void/v1', drawId, reason: '退出' }, cityOf(city).drawing),
  ])
/** 0 is over the keys, 1 over S, 2 over the transcript and 3, where there is one, over the log's end. */
const sawIn =
  (city: string, change: (checkpoints: readonly Checkpoint[]) => readonly Checkpoint[]): NonNullable<JointOptions['onCheckpoints']> =>
  (regionCode, checkpoints) =>
    regionCode === city ? change(checkpoints) : checkpoints
/** S is of 01:05:00 with a delay of 30 minutes and a margin of 10. */
const late = seenAt(addMs('2026-03-02T01:25:00.000Z' as Instant, 1))

const aYearLater = seenAt('2027-03-02T01:25:00.000Z' as Instant)

const firstAttempt = deriveDrawId(hash, {
  regionCode: '230300',
  subject: { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-joint' },
  batch: 1,
  attempt: 1,
})
/** The attempt before as the organiser's log has it: frozen, and nothing more; and another city's, where it was drawn. */
const before =
  (isDrawnElsewhere: boolean): NonNullable<JointOptions['extra']> =>
  (regionCode, after) => {
    if (after !== 'keys') return []
    const { registry: own, drawing: keeper } = cityOf(regionCode)
    const frozen = entry('snapshot', firstAttempt, hex('digest', 'before'), own)
    const drawn = (['commitment', 'transcript'] as const).map((kind) => entry(kind, firstAttempt, hex('digest', kind), keeper))
    return regionCode === '230300' ? [frozen] : isDrawnElsewhere && regionCode === '230600' ? [frozen, ...drawn] : []
  }

/** The organiser's first label also stands in the roster of a city after it, whose registry signs it. */
function sharedLabel(): NonNullable<JointOptions['onMembers']> {
  let label: string | undefined
  return (members, regionCode) => {
    if (regionCode === '230300') label = members[0]?.label
    return regionCode !== '230400' ? members : members.map((one, index) => (index === 0 ? { ...one, label: label ?? '' } : one))
  }
}

const withoutJoint: NonNullable<JointOptions['onTranscript']> = (t) => {
  const { joint: others, ...rest } = t
  return others === undefined ? t : rest
}

const json = (text: string | undefined): Record<string, Json> => JSON.parse(text ?? '') as Record<string, Json>
const opening =
  (regionCode: string, change: object = {}): NonNullable<Asked['parts']> =>
  (files) => ({ opening: canonicalJson(json(JSON.stringify({ ...files.ownOpenings(regionCode)[3], ...change }))) })
const other230400 = (files: JointFiles, of: string): string => `${of}/${files.drawId}-230400.ndjson`

const table: readonly (readonly [title: string, asked: Asked, expected: Expected])[] = [
  ['MATCH for two cities with strata of their own', { options: { others: ['230400'] } }, matches],
  ['MATCH for two cities with merged strata', { options: { others: ['230400'], merged: true } }, matches],
  ['MATCH for three cities with strata of their own', {}, matches],
  ['MATCH for three cities with merged strata, secrets and SM3', { options: { merged: true, withReveal: true, hash: 'sm3' } }, matches],
  ['MATCH where everything is opened by id', { options: { merged: true, publicOpening: 'full' } }, matches],
  ['MATCH for a city whose pool is empty', { options: { objects: [20, 0, 9] } }, matches],
  ['MATCH for one object of another city by its own opening', { parts: opening('230400') }, matches],
  ['not where an opening names no city', { parts: opening('230400', { regionCode: undefined }) }, differs('opening.json /regionCode')],
  [
    'not where an opening names a city that takes no part',
    { parts: opening('230400', { regionCode: '230500' }) },
    differs('opening.json /regionCode'),
  ],
  [
    'not where an opening names another city’s roster',
    { parts: opening('230400', { regionCode: '230600' }) },
    differs('opening.json /size'),
  ],

  // One S, with a part of each city.
  ['not without another city', { options: { onCommitment: joint(() => ({ parts: [] })) } }, differs('/joint/parts')],
  [
    'not with parts out of order',
    { options: { onCommitment: joint(({ parts }) => ({ parts: parts.toReversed() })) } },
    differs('/joint/parts/1'),
  ],
  [
    'not with one city twice',
    { options: { onCommitment: joint(({ parts: [one] }) => ({ parts: [one, one] })) } },
    differs('/joint/parts/1'),
  ],
  [
    'not with the organiser’s city among the others',
    { options: { onCommitment: snapshot(0, () => ({ regionCode: '230300' })) } },
    differs('/joint/parts/0/snapshot/regionCode'),
  ],
  ['not with another hash', { options: { onCommitment: snapshot(1, () => ({ hash: 'sm3' })) } }, differs('/joint/parts/1/snapshot/hash')],
  [
    'not with the snapshot of another draw',
    { options: { onCommitment: snapshot(1, () => ({ drawId: firstAttempt.replace(/^./, '0') })) } },
    differs('/joint/parts/1/snapshot/drawId'),
  ],
  [
    'not with labels of another draw',
    { options: { onCommitment: snapshot(0, ({ drawId }) => ({ labelsOf: drawId })) } },
    differs('/joint/parts/0/snapshot/labelsOf'),
  ],
  [
    'not where a city froze after S',
    { options: { onCommitment: snapshot(1, () => ({ asOf: plainCommittedAt })) } },
    differs('/joint/parts/1/snapshot/asOf'),
  ],
  [
    'not where a city’s exclusions do not add up',
    { options: { onCommitment: snapshot(0, () => ({ exclusions: { counts: [], privateFileDigest: hex('digest', 'none') } })) } },
    differs('/joint/parts/0/snapshot/exclusions/counts'),
  ],
  ['not where the strata merge in the draw alone', { options: { onCommitment: joint(() => ({ merged: true })) } }, differs('/strata')],
  [
    'not where they are merged in name alone',
    { options: { merged: true, onCommitment: joint(() => ({ merged: false })) } },
    differs('/strata'),
  ],
  ['not a redraw of several cities', { options: { onCommitment: asRedraw } }, differs('/joint')],
  ['not by the beacon of a city that takes part', { options: { chains: [thirdChain, slowChain] } }, differs('/beacons/0/source')],
  [
    'MATCH by that beacon where the city takes no part',
    { options: { chains: [thirdChain, slowChain, fourthChain], others: ['230600'] } },
    matches,
  ],
  [
    'not with a tip by a unit that runs a beacon',
    { options: { withReveal: true, operator: unit.unitId, chains: [regionChain, slowChain] } },
    differs('/tips/0'),
  ],

  // Rosters.
  ['refused without a city’s roster', { family: (files) => ({ [other230400(files, 'rosters')]: undefined }) }, refused('rosters/')],
  [
    'not with another roster of a city',
    {
      family: (files) => ({
        [other230400(files, 'rosters')]: files.family[other230400(files, 'rosters')]?.split('\n').slice(1).join('\n'),
      }),
    },
    differs('/joint/parts/0/snapshot/strata'),
  ],
  [
    'not with a roster out of order',
    {
      family: (files) => ({
        [other230400(files, 'rosters')]: files.family[other230400(files, 'rosters')]
          ?.trimEnd()
          .split('\n')
          .toReversed()
          .map((line) => `${line}\n`)
          .join(''),
      }),
    },
    differs('rosters/%-230400.ndjson line 2 /label'),
  ],
  [
    'not with the strata of a city exchanged',
    {
      family: (files) => ({
        [other230400(files, 'rosters')]: files.family[other230400(files, 'rosters')]
          ?.replaceAll('"A"', '"x"')
          .replaceAll('"B"', '"A"')
          .replaceAll('"x"', '"B"'),
      }),
    },
    differs('/joint/parts/0/snapshot/#'),
  ],
  ['not with one label in two cities', { options: { onMembers: sharedLabel() } }, differs('rosters/%-230400.ndjson line # /label')],

  // Every city's log.
  [
    'not with a snapshot signed by another city’s registry',
    { options: { onCommitment: part(0, ({ snapshot: of }) => ({ snapshotSignature: signSnapshot(hash, of, registry) })) } },
    differs('transcript-%.json /transcript/joint/0/entries/0/keyId'),
  ],
  [
    'not without the other logs in the transcript',
    { options: { onTranscript: withoutJoint } },
    differs('transcript-%.json /transcript/joint'),
  ],
  [
    'not with them out of order',
    { options: { onTranscript: (t) => ({ ...t, joint: t.joint?.toReversed() ?? [] }) } },
    differs('transcript-%.json /transcript/joint'),
  ],
  [
    'not with a demonstration among them',
    { options: { onGenesis: (genesis) => ({ ...genesis, demo: genesis.regionCode === '230600' }) } },
    differs('transcript-%.json /transcript/joint/1/genesis/demo'),
  ],
  [
    'not with the log of a city that was pinned otherwise',
    {
      jointKeys: ({ jointKeys }) => ({
        ...jointKeys,
        'keys-230400.json': (jointKeys['keys-230400.json'] ?? '')
          .replace(/"genesis":"./, '"genesis":"0')
          .replace('"genesis":"00', '"genesis":"10'),
      }),
    },
    differs('transcript-%.json /transcript/joint/0/genesis'),
  ],
  [
    'not with other witnesses than a city’s pinned ones',
    { options: { onCommitment: part(1, () => ({ witnesses: { count: 4, quorum: 4 } })) } },
    differs('/joint/parts/1/witnesses/quorum'),
  ],
  [
    'not with a fork of one city’s log',
    {
      family: () => ({
        'region-log-230400.ndjson': demoJoint({
          extra: voidIn('230400'),
          onCommitment: (s) => ({ ...s, policyDigest: hex('digest', 'other') }),
        }).family['region-log-230400.ndjson'],
      }),
    },
    differs('region-log-230400.ndjson line 7 /head'),
  ],
  [
    'not where S entered one city’s log as another one',
    {
      family: ({ family }) => ({
        'region-log-230600.ndjson': family['region-log-230600.ndjson']
          ?.split('\n')
          .slice(0, 6)
          .map((line) => `${line}\n`)
          .join(''),
      }),
    },
    differs('region-log-230600.ndjson line 7 /head'),
  ],
  [
    'not without the transcript in one city’s log',
    {
      family: ({ family }) => ({
        'region-log-230600.ndjson': family['region-log-230600.ndjson']
          ?.split('\n')
          .slice(0, 7)
          .map((line) => `${line}\n`)
          .join(''),
      }),
    },
    differs('region-log-230600.ndjson (whole file) transcript'),
  ],
  [
    'not where one city’s witnesses held S too late',
    { options: { onCheckpoints: sawIn('230600', ([keys, s]) => [keys as Checkpoint, { ...(s as Checkpoint), seen: late }]) } },
    differs('region-log-230600.ndjson line 7'),
  ],
  ['not with a void in another city’s log', { options: { extra: voidIn('230400') } }, differs('region-log-230400.ndjson line 8')],
  [
    'MATCH where that void came too late',
    {
      options: {
        extra: voidIn('230400'),
        onCheckpoints: sawIn('230400', ([keys, s, , ...others]) => [
          keys as Checkpoint,
          { ...(s as Checkpoint), seq: 6 },
          { seq: 7, seen: late },
          ...others.filter(({ seq }) => seq > 7),
        ]),
      },
    },
    matches,
  ],
  [
    'PENDING where nobody is shown to have held it too late',
    {
      options: {
        extra: voidIn('230400'),
        onCheckpoints: sawIn('230400', ([keys, s, , ...others]) =>
          [keys as Checkpoint, { ...(s as Checkpoint), seq: 6 }, ...others].filter(({ seq }) => seq !== 7),
        ),
      },
    },
    { code: 3, says: 'witnesses' },
  ],
  [
    'MATCH whatever another city’s superior declares of it once it is matched',
    {
      options: {
        extra: extraIn('230400', 'transcript', (drawId) => [
          entry('failed', drawId, { type: 'dual-random/failed/v1', drawId, reason: 'key-lost', unitId: superior.unitId }, superior),
        ]),
        onCheckpoints: sawIn('230400', (checkpoints) =>
          checkpoints.map((one, index) => (index === 3 ? { ...one, seen: aYearLater } : one)),
        ),
      },
    },
    matches,
  ],
  [
    'not where one city has not held a beacon’s key for long',
    { options: { onCheckpoints: sawIn('230600', (checkpoints) => checkpoints.slice(1)) } },
    differs('/beacons/0/publicKey'),
  ],
  [
    'MATCH whatever tips stand in another city’s log',
    {
      options: {
        withReveal: true,
        extra: extraIn('230400', 'keys', (drawId) => [
          entry('tip', drawId, { type: 'dual-random/tip/v1', drawId, unitId: unit.unitId, tip: hex('digest', 'tip') }, unit),
        ]),
      },
    },
    matches,
  ],
  ['MATCH for a second attempt of which a city’s log has no first', { options: { attempt: 2, extra: before(false) } }, matches],
  ['not where a city’s log has the attempt before as drawn', { options: { attempt: 2, extra: before(true) } }, differs('/attempt')],
  [
    'not with an audit by the organiser in another city’s log',
    {
      options: {
        extra: extraIn('230600', 'transcript', (drawId) => [
          entry('match', drawId, hex('digest', 'match'), cityOf('230600').drawing),
          entry(
            'audited',
            drawId,
            { type: 'dual-random/audited/v1', drawId, findings: 0, match: hex('digest', 'match'), unitId: 'bureau-230300' },
            unit,
          ),
        ]),
      },
    },
    differs('region-log-230600.ndjson line 10 /record/unitId'),
  ],

  // What keeps it from MATCH, by city.
  [
    'PENDING without the keys of one city',
    { jointKeys: ({ jointKeys }) => ({ 'keys-230400.json': jointKeys['keys-230400.json'] ?? '' }) },
    pending('--keys keys-230600.json'),
  ],
  [
    'PENDING without the log of one city',
    { family: () => ({ 'region-log-230400.ndjson': undefined }) },
    pending('region-log-230400.ndjson'),
  ],
  [
    'PENDING without the checkpoints of one city',
    { family: () => ({ 'checkpoints-230600.ndjson': undefined }) },
    pending('checkpoints-230600.ndjson'),
  ],
  [
    'PENDING until the transcript is witnessed in every log',
    { options: { onCheckpoints: sawIn('230600', (checkpoints) => checkpoints.slice(0, 2)) } },
    pending('region-log-230600.ndjson'),
  ],

  // Openings.
  ['MATCH without one city’s openings', { family: (files) => ({ [other230400(files, 'openings')]: undefined }) }, matches],
  [
    'not where one is opened in two files',
    { family: (files) => ({ [other230400(files, 'openings')]: files.openings }) },
    differs('openings/%-230400.ndjson line 1'),
  ],
]

interface Judged {
  readonly drawId: string
  readonly node: BatchVerdict
  readonly library: BatchVerdict
  readonly python: BatchVerdict | undefined
}

function playedFiles({ options = {}, family, jointKeys, parts }: Asked) {
  const files = demoJoint(options)
  const beside = Object.fromEntries(
    Object.entries({ ...files.family, ...family?.(files) }).filter(([, text]) => text !== undefined),
  ) as Family
  const given: Parts = { ...partsOf(files), ...parts?.(files) }
  return { drawId: files.drawId, names: partNames(files), given, beside, keys: jointKeys?.(files) ?? files.jointKeys }
}

/** A place as the table writes it. */
function shown(place: string | undefined, { drawId }: Judged, expected: string): string | undefined {
  const named = place?.replaceAll(drawId, '%')
  if (expected.endsWith('/#')) return named?.replace(/[^/]+$/, '#')
  return expected.includes('#') ? named?.replace(/(?<=line )\d+(?= )/, '#') : named
}

describe('draws of several cities, judged by both programs and the library', () => {
  const judged: Judged[] = []
  beforeAll(async () => {
    const cases: BatchCase[] = []
    const inNode: Omit<Judged, 'python'>[] = []
    for (const [, asked] of table) {
      const { drawId, names, given, beside, keys } = playedFiles(asked)
      const node = await judgeInNode(names, given, false, beside, keys)
      inNode.push({ drawId, node, library: judgeByLibrary(names, given, false, beside, keys) })
      const absent = Object.fromEntries(Object.keys(names).map((one) => [one, null]))
      cases.push({ ...caseOf(names, given, false, beside, keys), files: { ...absent, ...caseOf(names, given, false).files } })
    }
    const inPython = runPythonBatch(cases)
    judged.push(...inNode.map((one, index) => ({ ...one, python: inPython[index] })))
  }, 600_000)

  it.each(table.map(([title, , expected], index) => ({ title, expected, index })))('DRW-26 DRW-31 $title', ({ expected, index }) => {
    const one = judged[index] as Judged
    for (const verdict of [one.node, one.python, one.library]) {
      const said = [...(verdict?.missing ?? []), verdict?.said ?? ''].join(' ')
      expect(verdict?.code, said).toBe(expected.code)
      expect(shown(verdict?.place, one, expected.place ?? ''), said).toBe(expected.place)
      expect(said).toContain(expected.says ?? '')
    }
    expect(one.node.place).toBe(one.python?.place)
  })
})

describe('the record of a draw of several cities', { timeout: 120_000 }, () => {
  it('DRW-26 shows the candidates of each city, and whose each drawn object is', () => {
    const files = demoJoint({ merged: true })
    const s = JSON.parse(files.commitment) as Commitment
    const cities = [s.snapshot, ...(s.joint?.parts.map(({ snapshot: of }) => of) ?? [])]
    expect(cities.map(({ regionCode }) => regionCode)).toEqual(['230300', '230400', '230600'])
    expect(cities.map(({ strata }) => strata.reduce((sum, { mapped }) => sum + mapped, 0))).toEqual([20, 25, 30])
    const rosters = [files.roster, ...['230400', '230600'].map((code) => files.family[`rosters/${files.drawId}-${code}.ndjson`] ?? '')]
    const { transcript } = JSON.parse(files.transcript) as { transcript: { batches: readonly (readonly string[])[] } }
    const owners = transcript.batches.flat().map((label) => rosters.map((text) => text.includes(label)))
    expect(owners.length).toBeGreaterThan(3)
    for (const found of owners) expect(found.filter(Boolean)).toHaveLength(1)
    // The private files say it too, object by object.
    const ownerRegions = [...files.pools].map(([, { members }]) => [...new Set(members.map(({ ownerRegion }) => ownerRegion))])
    expect(ownerRegions).toEqual([['230300'], ['230400'], ['230600']])
  })

  it('DRW-26 an opening of a draw of one city names none', async () => {
    const files = demoBundle({ witnessed: true, withReveal: true, demo: false })
    const own = canonicalJson({ ...json(openingText(files.ownOpenings()[0] as never)), regionCode: '230300' })
    const [names, parts] = [partNames(files), { ...partsOf(files), opening: own }]
    expect((await judgeInNode(names, parts, false)).place).toBe('opening.json /regionCode')
    expect(judgeByLibrary(names, parts, false).place).toBe('opening.json /regionCode')
    expect(runPythonBatch([caseOf(names, parts, false)])[0]?.place).toBe('opening.json /regionCode')
  })
})
