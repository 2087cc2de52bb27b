import { readFileSync } from 'node:fs'
import { type Pulse, quicknet, signPulse, timeOfRound } from '@dual-random/beacon'
import type { LogGenesis, LogKey, ObjectOpening } from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, type Json } from '@dual-random/kernel'
import {
  beaconSecretOf,
  type Checkpoint,
  type DemoFiles,
  type DemoOptions,
  demoBundle,
  drawing,
  type Extra,
  type ExtraOf,
  hex,
  openingText,
  partNames,
  regionChain,
  registry,
  selfChain,
  slowChain,
  superior,
  thirdChain,
  unit,
  witnesses,
} from '@dual-random/verify/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, judgeByLibrary, judgeInNode, type Parts, partsOf } from './judges.ts'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'

/** S is of 01:05:00 with a delay of 30 minutes and a margin of 10: what counts must be witnessed by 01:25:00. */
const deadline = '2026-03-02T01:25:00.000Z' as Instant
const late = addMs(deadline, 1)

interface Asked {
  readonly options?: DemoOptions
  /** Files changed, or left out. */
  readonly parts?: (parts: Required<Parts>) => Partial<Record<keyof Parts, string | undefined>>
  readonly demo?: boolean
  /** One object's own opening, made of those that the bundle has. */
  readonly opening?: (openings: Openings) => ObjectOpening
}
type Openings = Readonly<Record<'drawn' | 'not drawn' | 'excluded', ObjectOpening>>
/** The exit code, the place of a difference, what the verifier's words must hold. */
interface Expected {
  readonly code: number
  readonly place?: string
  readonly says?: string
}
const matches: Expected = { code: 0 }
/** `%` stands for the drawId. */
const differs = (place: string): Expected => ({ code: 1, place })
const refused = (says: string): Expected => ({ code: 2, says })
const pending = (says: string): Expected => ({ code: 3, says })

const published = JSON.parse(readFileSync(new URL('../vectors/draw/drand.json', import.meta.url), 'utf8')) as {
  pulses: readonly Pulse[]
}
const pulse = published.pulses.find(({ round }) => round === 657413)
const onQuicknet: DemoOptions = {
  chains: [quicknet],
  committedAt: addMs(timeOfRound(quicknet, 657413), -1_800_000),
  pulse: () => {
    if (pulse === undefined) throw new Error('no such pulse')
    return pulse
  },
}

/** The slow beacon's round is due at 02:00, its deadline 25 minutes after the other's. */
const onRegions: DemoOptions = { withReveal: false }

const slowOrNot = (round: number, source: string): Pulse =>
  signPulse(beaconSecretOf(source.endsWith('230900') ? regionChain : slowChain), round)

const [first = '', second = '', third = '', fourth = ''] = witnesses.map(({ keyId }) => keyId)
const changed = (text: string | undefined, change: (value: Record<string, Json>) => Record<string, Json>): string =>
  canonicalJson(change(JSON.parse(text ?? '') as Record<string, Json>))
/** The checkpoints with what the witnesses saw of one of them instead: 0 is over S, 1 over the last reveal, 2 over the transcript. */
const saw =
  (index: number, seen: Checkpoint['seen'], last = index): NonNullable<DemoOptions['onCheckpoints']> =>
  (checkpoints) =>
    checkpoints.slice(0, last + 1).map((one, at) => (at === index ? { ...one, seen } : one))
const only =
  (index: number, seen: Checkpoint['seen']): NonNullable<DemoOptions['onCheckpoints']> =>
  (checkpoints) =>
    checkpoints.map((one, at) => ({ ...one, seen: at === index ? seen : at < index ? {} : atOnce(late) }))
const atOnce = (at: Instant): Checkpoint['seen'] => ({ [first]: at, [second]: at, [third]: at })
const voided = ({ drawId }: { readonly drawId: string }): readonly Extra[] => [
  { kind: 'void', drawId, of: { type: 'dual-random/void/v1', drawId, reason: '' }, by: drawing },
]
/** What a unit says that it found when it recomputed the draw (§22). */
const audited =
  (change: Readonly<Record<string, Json>> = {}, by: Extra['by'] = unit) =>
  ({ drawId, after }: ExtraOf): readonly Extra[] => {
    const record = { type: 'dual-random/audited/v1', drawId, findings: 0, match: after, unitId: unit.unitId, ...change }
    return [{ kind: 'audited', drawId, of: record, by }]
  }
const keyRecord = (keyId: string, publicKey: string): Json => ({
  type: 'dual-random/key/v1',
  algorithm: 'ed25519',
  keyId,
  publicKey,
  role: 'unit',
  unitId: unit.unitId,
})

const plainDemo = {
  demo: true,
  options: { demo: true, witnessed: false, withReveal: false },
} as const satisfies Asked
/** A log that begins so long before S, with the keys of both regions' beacons in its genesis. */
const withBeaconsSince =
  (ms: number) =>
  (genesis: LogGenesis): LogGenesis => ({
    ...genesis,
    startedAt: addMs('2026-03-02T01:05:00.000Z' as Instant, -ms),
    keys: [
      ...genesis.keys,
      ...[regionChain, slowChain].map(
        ({ publicKey, source }): LogKey => ({
          keyId: `beacon-of-${source.slice(-6)}`,
          role: 'beacon',
          algorithm: 'bls12381-g2',
          publicKey,
        }),
      ),
    ],
  })

const keyOf = ({ keys: [key] }: LogGenesis): LogKey => {
  if (key === undefined) throw new Error('no keys')
  return key
}
const firstLines = (text: string, count: number): string =>
  text
    .split('\n')
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('')
const anotherGenesis = (JSON.parse(firstLines(demoBundle().log, 1)) as { record: Json }).record
const revealAgain = (drawId: string, commitment: string): Extra => ({
  kind: 'reveal',
  drawId,
  of: { type: 'dual-random/reveal/v1', drawId, unitId: unit.unitId, commitment, secret: hex('reveal', `${drawId} ${unit.unitId}`) },
  by: unit,
})

function openingsOf(files: DemoFiles): Openings {
  const openings = files.ownOpenings()
  const excluded = new Set(
    files.roster
      .split('\n')
      .filter((line) => line.startsWith('{"excluded":true'))
      .map((line) => (JSON.parse(line) as { label: string }).label),
  )
  const find = (is: (opening: ObjectOpening) => boolean): ObjectOpening => {
    const found = openings.find(is)
    if (found === undefined) throw new Error('no such opening')
    return found
  }
  const isDrawn = ({ id }: ObjectOpening): boolean => files.drawnIds.includes(id)
  return {
    drawn: find(isDrawn),
    'not drawn': find((one) => !isDrawn(one) && !excluded.has(one.label)),
    excluded: find(({ label }) => excluded.has(label)),
  }
}

const table: readonly (readonly [title: string, asked: Asked, expected: Expected])[] = [
  ['MATCH for a witnessed draw with tips', {}, matches],
  ['MATCH by SM3', { options: { hash: 'sm3' } }, matches],
  ['MATCH on a published round of quicknet', { options: onQuicknet }, matches],
  ['MATCH (demo keys) for a demonstration with witnesses', { options: { demo: true }, demo: true }, matches],
  ['PENDING without --keys', { parts: () => ({ keys: undefined }) }, pending('--keys')],
  [
    'PENDING for a demonstration with witnesses and no --keys',
    { options: { demo: true }, demo: true, parts: () => ({ keys: undefined }) },
    pending('--keys'),
  ],
  ['PENDING without the region log', { parts: () => ({ log: undefined }) }, pending('region-log-230300.ndjson')],
  ['PENDING without the checkpoints', { parts: () => ({ checkpoints: undefined }) }, pending('checkpoints-230300.ndjson')],
  ['refused with --demo', { demo: true }, refused('--demo')],
  ['refused without --demo, for a demonstration', { options: { demo: true } }, refused('--demo')],

  // The transcript's entry
  ['PENDING while the transcript is not cosigned', { options: { onCheckpoints: saw(2, {}) } }, pending('0 / 3')],
  [
    'PENDING while a quorum less one cosigned the transcript',
    { options: { onCheckpoints: saw(2, { [first]: deadline, [fourth]: late }) } },
    pending('2 / 3'),
  ],
  [
    'PENDING while a stranger makes up the quorum',
    { options: { onCheckpoints: saw(2, { [first]: deadline, [fourth]: late, stranger: late }) } },
    pending('2 / 3'),
  ],
  ['MATCH as soon as a quorum cosigned the transcript, whenever', { options: { onCheckpoints: saw(2, atOnce(late)) } }, matches],
  [
    'MATCH where the quorum is spread over checkpoints',
    {
      options: {
        onCheckpoints: (all) =>
          all.map((one, index) =>
            index < 2 ? one : { ...one, seen: index === 2 ? { [first]: late } : { [second]: late, [fourth]: late } },
          ),
      },
    },
    matches,
  ],

  // S and its deadline
  ['MATCH where a quorum held S at its deadline', { options: { withReveal: false, onCheckpoints: only(0, atOnce(deadline)) } }, matches],
  [
    'not where one of the quorum held S after its deadline',
    { options: { withReveal: false, onCheckpoints: only(0, { ...atOnce(deadline), [third]: late, [fourth]: late }) } },
    differs('region-log-230300.ndjson line 9'),
  ],
  ['MATCH where a quorum held a later checkpoint by the deadline', { options: { onCheckpoints: only(1, atOnce(deadline)) } }, matches],

  [
    'MATCH on several beacons where a quorum held S by the deadline of the earlier',
    { options: { ...onRegions, onCheckpoints: only(0, atOnce(deadline)) } },
    matches,
  ],
  [
    'not where it held S by the deadline of the later alone',
    { options: { ...onRegions, onCheckpoints: (all) => all.map((one) => ({ ...one, seen: atOnce(late) })) } },
    differs('region-log-230300.ndjson line 9'),
  ],

  // Tips and reveals
  [
    'not where a reveal was seen too late',
    { options: { onCheckpoints: (all) => all.map((one, index) => (index === 0 ? one : { ...one, seen: atOnce(late) })) } },
    differs('commitment-%.json /tips/0'),
  ],
  ['not where a reveal is missing', { options: { withheld: [superior.unitId] } }, differs('commitment-%.json /tips/1')],
  [
    'not where a reveal is for another S',
    { options: { onReveal: (reveal) => ({ ...reveal, commitment: reveal.secret }) } },
    differs('region-log-230300.ndjson line 11 /record/commitment'),
  ],
  [
    'not where a reveal opens nothing',
    { options: { onReveal: (reveal) => ({ ...reveal, secret: reveal.commitment }) } },
    differs('region-log-230300.ndjson line 11 /record/secret'),
  ],
  [
    'not where a unit reveals for another',
    { options: { onReveal: (reveal) => ({ ...reveal, unitId: superior.unitId }) } },
    differs('region-log-230300.ndjson line 11 /record/unitId'),
  ],
  [
    'not where S leaves out a tip of the log',
    { options: { onCommitment: (s) => ({ ...s, tips: s.tips.slice(1) }) } },
    differs('commitment-%.json /tips'),
  ],
  [
    'not where a tip enters after S',
    {
      options: {
        withReveal: false,
        extra: {
          commitment: ({ drawId }) => [
            { kind: 'tip', drawId, of: { type: 'dual-random/tip/v1', drawId, unitId: unit.unitId, tip: drawId }, by: unit },
          ],
        },
      },
    },
    differs('region-log-230300.ndjson line 10 /kind'),
  ],

  // Voids
  ['not where S was voided in time', { options: { extra: { commitment: voided } } }, differs('region-log-230300.ndjson line 11')],
  ['not where the draw was voided before S', { options: { extra: { snapshot: voided } } }, differs('region-log-230300.ndjson line 10')],
  ['MATCH where a void came too late', { options: { extra: { transcript: voided } } }, matches],
  [
    'not where a void was seen in time, though it stands after the transcript',
    {
      options: {
        withReveal: false,
        extra: { transcript: voided },
        onCheckpoints: (all) => all.map((one) => ({ ...one, seen: atOnce(deadline) })),
      },
    },
    differs('region-log-230300.ndjson line 11'),
  ],

  // Entries and keys
  [
    'not with a second commitment of the draw',
    { options: { extra: { commitment: ({ drawId }) => [{ kind: 'commitment', drawId, of: hex('digest', 'twin'), by: drawing }] } } },
    differs('region-log-230300.ndjson line 11 /kind'),
  ],
  [
    'not with a transcript before its commitment',
    { options: { extra: { snapshot: ({ drawId }) => [{ kind: 'transcript', drawId, of: hex('digest', 'early'), by: drawing }] } } },
    differs('region-log-230300.ndjson line 10 /kind'),
  ],
  [
    'not with a snapshot that drawing signed',
    { options: { extra: { match: () => [{ kind: 'snapshot', drawId: hex('digest', 'x'), of: hex('digest', 'x'), by: drawing }] } } },
    differs('region-log-230300.ndjson line 15 /keyId'),
  ],
  [
    'not with a key that nobody but drawing admits',
    { options: { extra: { match: () => [{ kind: 'key', drawId: null, of: keyRecord('k', hex('digest', 'k')), by: drawing }] } } },
    differs('region-log-230300.ndjson line 15 /keyId'),
  ],
  [
    'not with a name of a key that is given twice',
    { options: { extra: { match: () => [{ kind: 'key', drawId: null, of: keyRecord(unit.keyId, hex('digest', 'k')), by: superior }] } } },
    differs('region-log-230300.ndjson line 15 /record/keyId'),
  ],
  [
    'not with a key that has another name already',
    { options: { extra: { match: () => [{ kind: 'key', drawId: null, of: keyRecord('k', registry.publicKey), by: superior }] } } },
    differs('region-log-230300.ndjson line 15 /record/publicKey'),
  ],
  [
    'not with an entry by a key that is not in the log',
    {
      options: {
        extra: { match: audited({}, { ...unit, keyId: 'nobody' }) },
      },
    },
    differs('region-log-230300.ndjson line 15 /keyId'),
  ],
  // Audits (§22)
  ['MATCH with the audit of a unit', { options: { extra: { match: audited() } } }, matches],
  [
    'MATCH with one that found something, by the superior',
    { options: { extra: { match: audited({ findings: 3, unitId: superior.unitId }, superior) } } },
    matches,
  ],
  [
    'MATCH with the audits of two units',
    { options: { extra: { match: (draw) => [...audited()(draw), ...audited({ unitId: superior.unitId }, superior)(draw)] } } },
    matches,
  ],
  [
    'not with two audits of a unit',
    { options: { extra: { match: (draw) => [...audited()(draw), ...audited({ findings: 1 })(draw)] } } },
    differs('region-log-230300.ndjson line 16 /kind'),
  ],
  [
    'not with an audit before the match',
    { options: { extra: { transcript: audited() } } },
    differs('region-log-230300.ndjson line 14 /kind'),
  ],
  [
    'not with the audit of another match',
    { options: { extra: { match: audited({ match: hex('digest', 'x') }) } } },
    differs('region-log-230300.ndjson line 15 /record/match'),
  ],
  [
    'not with an audit that drawing signed',
    { options: { extra: { match: audited({}, drawing) } } },
    differs('region-log-230300.ndjson line 15 /keyId'),
  ],
  [
    'not with an audit in the name of another unit',
    { options: { extra: { match: audited({ unitId: superior.unitId }) } } },
    differs('region-log-230300.ndjson line 15 /record/unitId'),
  ],
  [
    'not with an audit by the organiser',
    { options: { onCommitment: (s) => ({ ...s, organiserUnitId: unit.unitId }), extra: { match: audited() } } },
    differs('region-log-230300.ndjson line 15 /record/unitId'),
  ],
  [
    'not with an audit of another draw behind its digest',
    { options: { extra: { match: audited({ drawId: hex('digest', 'x') }) } } },
    differs('region-log-230300.ndjson line 15 /record/drawId'),
  ],
  [
    'not with fewer than no findings',
    { options: { extra: { match: audited({ findings: -1 }) } } },
    differs('region-log-230300.ndjson line 15 /record/findings'),
  ],
  [
    'not with an audit without its record',
    { options: { extra: { match: ({ drawId }) => [{ kind: 'audited', drawId, of: hex('digest', 'x'), by: unit }] } } },
    differs('region-log-230300.ndjson line 15 /record'),
  ],
  [
    'not with a region beacon that stands nowhere in the log before S',
    { options: { withoutBeaconKey: true } },
    differs('commitment-%.json /beacons/0/publicKey'),
  ],

  [
    'not with a log in which the transcript is not',
    { parts: ({ log, checkpoints }) => ({ log: firstLines(log, 12), checkpoints: firstLines(checkpoints, 3) }) },
    differs('region-log-230300.ndjson (whole file) transcript'),
  ],
  [
    'not with a second reveal of a unit',
    { options: { extra: { transcript: ({ drawId, commitment }) => [revealAgain(drawId, commitment)] } } },
    differs('region-log-230300.ndjson line 14 /kind'),
  ],
  [
    'not with a second genesis',
    { options: { extra: { match: () => [{ kind: 'genesis' as 'match', drawId: null, of: anotherGenesis, by: drawing }] } } },
    differs('region-log-230300.ndjson line 15 /kind'),
  ],

  [
    'not with a void of one draw under the name of another',
    {
      options: {
        extra: {
          match: ({ drawId }) => [
            { kind: 'void', drawId: hex('digest', 'x'), of: { type: 'dual-random/void/v1', drawId, reason: '' }, by: drawing },
          ],
        },
      },
    },
    differs('region-log-230300.ndjson line 15 /record/drawId'),
  ],
  [
    'not with a record that is not behind its digest',
    { parts: ({ log }) => ({ log: log.replace('"reason":"', '"reason":"又') }) },
    differs('region-log-230300.ndjson line 6 /digest'),
  ],
  [
    'not with the fork of a log that other witnesses saw',
    {
      parts: () => {
        const { log, checkpoints } = demoBundle({
          witnessed: true,
          withReveal: true,
          demo: false,
          extra: { snapshot: () => [{ kind: 'snapshot', drawId: hex('digest', 'fork'), of: hex('digest', 'fork'), by: registry }] },
        })
        return { log, checkpoints }
      },
    },
    differs('region-log-230300.ndjson line 10 /head'),
  ],
  [
    'not with a demonstration without witnesses that was voided',
    { ...plainDemo, options: { ...plainDemo.options, extra: { commitment: voided } } },
    differs('region-log-230300.ndjson line 4'),
  ],

  // Checkpoints
  [
    'not with a checkpoint of another head',
    { parts: ({ checkpoints }) => ({ checkpoints: checkpoints.replace(/"head":"[0-9a-f]{64}"/, `"head":"${'0'.repeat(64)}"`) }) },
    differs('checkpoints-230300.ndjson line 1 /checkpoint/head'),
  ],
  [
    'not with a checkpoint of another region',
    { parts: ({ checkpoints }) => ({ checkpoints: checkpoints.replace('"regionCode":"230300"', '"regionCode":"230900"') }) },
    differs('checkpoints-230300.ndjson line 1 /checkpoint/regionCode'),
  ],
  [
    'not with a checkpoint that its keeper did not sign',
    { parts: ({ checkpoints }) => ({ checkpoints: checkpoints.replace(/(?<="keyId":"drawing-230300","signature":")../, '00') }) },
    differs('checkpoints-230300.ndjson line 1 /signature'),
  ],
  [
    'not with cosignatures out of order',
    {
      parts: ({ checkpoints }) => ({
        checkpoints: checkpoints.replace(/(?<="cosignatures":\[)(\{[^}]*\}),(\{[^}]*\})/, '$2,$1'),
      }),
    },
    differs('checkpoints-230300.ndjson line 1 /cosignatures/1'),
  ],
  [
    'not with a cosignature that the pinned witness did not make',
    {
      parts: ({ checkpoints }) => ({
        checkpoints: checkpoints.replace(/"receivedAt":"2026-03-02T01:06:00/, '"receivedAt":"2026-03-02T01:05:00'),
      }),
    },
    differs('checkpoints-230300.ndjson line 2 /cosignatures/0/signature'),
  ],
  [
    'MATCH whatever a stranger signs',
    {
      parts: ({ checkpoints }) => ({
        checkpoints: checkpoints.replaceAll(
          /"signature":"[0-9a-f]{128}","witnessId":"stranger"/g,
          `"signature":"${'0'.repeat(128)}","witnessId":"stranger"`,
        ),
      }),
    },
    matches,
  ],
  [
    'not with a log that ends before its checkpoints',
    { parts: ({ log }) => ({ log: log.slice(0, log.lastIndexOf('{"digest"')) }) },
    differs('checkpoints-230300.ndjson line 5 /checkpoint/seq'),
  ],
  [
    'not with a checkpoint twice',
    { parts: ({ checkpoints }) => ({ checkpoints: `${checkpoints.split('\n')[0]}\n${checkpoints}` }) },
    differs('checkpoints-230300.ndjson line 2 /checkpoint/seq'),
  ],

  // What S says of itself
  ['MATCH for a draw on clues', { options: { onClues: true } }, matches],
  [
    'not on clues out of order',
    {
      options: {
        onClues: true,
        onCommitment: (s) => ({ ...s, subject: { ...s.subject, clueIds: ['clue-2', 'clue-1'] } as typeof s.subject }),
      },
    },
    differs('commitment-%.json /subject/clueIds/1'),
  ],
  [
    'not on no clue',
    { options: { onClues: true, onCommitment: (s) => ({ ...s, subject: { ...s.subject, clueIds: [] } as typeof s.subject }) } },
    differs('commitment-%.json /subject/clueIds'),
  ],
  [
    'not with a pool as of the commitment itself',
    { options: { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, asOf: s.committedAt } }) } },
    differs('commitment-%.json /snapshot/asOf'),
  ],
  [
    'not with beacons out of order',
    { options: { ...onRegions, onCommitment: (s) => ({ ...s, beacons: s.beacons.toReversed() }) } },
    differs('commitment-%.json /beacons/1'),
  ],
  [
    'not with a matching unit twice',
    { options: { onCommitment: (s) => ({ ...s, matchInputs: [...s.matchInputs, ...s.matchInputs] }) } },
    differs('commitment-%.json /matchInputs/1'),
  ],
  [
    'not with a pulse that one of two beacons did not sign',
    {
      options: { ...onRegions, pulse: (round, source) => signPulse(beaconSecretOf({ source: source.replace('230900', '230500') }), round) },
    },
    differs('transcript-%.json /transcript/beacons/1/signature'),
  ],

  [
    'not with exclusions out of order',
    {
      options: {
        onCommitment: (s) => ({
          ...s,
          snapshot: {
            ...s.snapshot,
            exclusions: { ...s.snapshot.exclusions, counts: ['B', 'A'].map((ground, index) => ({ ground, count: 1 + 2 * index })) },
          },
        }),
      },
    },
    differs('commitment-%.json /snapshot/exclusions/counts/1'),
  ],
  [
    'not with tips out of order',
    { options: { onCommitment: (s) => ({ ...s, tips: s.tips.toReversed() }) } },
    differs('commitment-%.json /tips/1'),
  ],
  [
    'not with a delay shorter than reveal window and two margins',
    { options: { onCommitment: (s) => ({ ...s, revealWindowSeconds: 601 }) } },
    differs('commitment-%.json /delaySeconds'),
  ],
  [
    'not with an object twice',
    { parts: ({ roster }) => ({ roster: roster.replace(/.*\n/, '$&$&') }) },
    differs('rosters/%.ndjson line 2 /label'),
  ],
  ['not without a beacon', { options: { onCommitment: (s) => ({ ...s, beacons: [] }) } }, differs('commitment-%.json /beacons')],
  [
    'not with a better assurance',
    { options: { onCommitment: (s) => ({ ...s, assurance: 'public' }) } },
    differs('commitment-%.json /assurance'),
  ],
  ['not with a self beacon', { options: { chains: [selfChain] } }, differs('commitment-%.json /beacons/0/kind')],
  [
    'not with another source that calls itself drand’s',
    { options: { ...onQuicknet, chains: [{ ...quicknet, source: 'drand/other' }] } },
    differs('commitment-%.json /beacons/0/source'),
  ],
  [
    'not with another key in the place of quicknet’s',
    { options: { ...onQuicknet, chains: [{ ...quicknet, publicKey: regionChain.publicKey }] } },
    differs('commitment-%.json /beacons/0/publicKey'),
  ],
  [
    'not with a self beacon whose key is not in the genesis',
    { demo: true, options: { demo: true, chains: [{ ...slowChain, kind: 'self' }] } },
    differs('transcript-%.json /transcript/log/genesis/keys'),
  ],
  [
    'not with another object excluded in the place of one',
    {
      parts: ({ roster }) => ({
        roster: roster
          .replace(/"excluded":true(?=,"label":"[0-9a-f]{64}","stratum":"B")/, '"excluded":null')
          .replace(/"excluded":false(?=,"label":"[0-9a-f]{64}","stratum":"B")/, '"excluded":true')
          .replace('"excluded":null', '"excluded":false'),
      }),
    },
    differs('commitment-%.json /snapshot/rosterDigest'),
  ],
  [
    'not with another S than the one in the log',
    { options: { logged: hex('digest', 'another S') } },
    differs('transcript-%.json /transcript/log/entries/1/digest'),
  ],
  [
    'not with a transcript that names another S',
    { options: { onTranscript: (t) => ({ ...t, commitment: t.seed }) } },
    differs('transcript-%.json /transcript/commitment'),
  ],
  [
    'not with another secret than the one behind the tip',
    { options: { onTranscript: (t) => ({ ...t, reveals: t.reveals.map((one) => ({ ...one, secret: t.seed })) }) } },
    differs('transcript-%.json /transcript/reveals/0/secret'),
  ],
  [
    'not with log entries out of order in the transcript',
    { options: { onTranscript: (t) => ({ ...t, log: { ...t.log, entries: t.log.entries.map((one) => ({ ...one, seq: 1 })) } }) } },
    differs('transcript-%.json /transcript/log/entries/0/previous'),
  ],
  [
    'not with a log entry in the place of the genesis',
    { options: { onTranscript: (t) => ({ ...t, log: { ...t.log, entries: t.log.entries.map((one) => ({ ...one, seq: 0 })) } }) } },
    differs('transcript-%.json /transcript/log/entries/0/seq'),
  ],
  [
    'not with randomness that is not the pulse’s',
    { options: { onTranscript: (t) => ({ ...t, beacons: t.beacons.map((one) => ({ ...one, randomness: t.seed })) }) } },
    differs('transcript-%.json /transcript/beacons/0/randomness'),
  ],
  [
    'not with one drawn object too few',
    { options: { onTranscript: (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.slice(1) })) }) } },
    differs('transcript-%.json /transcript/strata/0/drawn'),
  ],
  [
    'not with a log of another region, for who has no keys',
    { ...plainDemo, options: { ...plainDemo.options, onGenesis: (genesis) => ({ ...genesis, regionCode: '230900' }) } },
    differs('transcript-%.json /transcript/log/genesis/regionCode'),
  ],
  [
    'not with a log by another hash, for who has no keys',
    { ...plainDemo, options: { ...plainDemo.options, onGenesis: (genesis) => ({ ...genesis, hash: 'sm3' }) } },
    differs('transcript-%.json /transcript/log/genesis/hash'),
  ],
  [
    'not with a key twice in the genesis',
    { options: { onGenesis: (genesis) => ({ ...genesis, keys: [...genesis.keys, { ...keyOf(genesis), keyId: 'again' }] }) } },
    differs('transcript-%.json /transcript/log/genesis/keys'),
  ],
  [
    'not with the name of a key twice in the genesis',
    { options: { onGenesis: (genesis) => ({ ...genesis, keys: [...genesis.keys, { ...keyOf(genesis), publicKey: unit.publicKey }] }) } },
    differs('transcript-%.json /transcript/log/genesis/keys'),
  ],

  // Beacons of regions
  ['not with the beacon of one region alone', { options: { chains: [regionChain] } }, differs('commitment-%.json /beacons')],
  [
    'MATCH, federated without tips, with those of three',
    { options: { withReveal: false, chains: [regionChain, slowChain, thirdChain] } },
    matches,
  ],
  [
    'not by the beacons of two regions and a secret of the organiser alone',
    { options: { onCommitment: (s) => ({ ...s, organiserUnitId: unit.unitId, tips: s.tips.slice(0, 1) }) } },
    differs('commitment-%.json /beacons'),
  ],
  [
    'not with a beacon of the draw’s own region',
    {
      options: {
        chains: [regionChain, slowChain].map((chain) => ({ ...chain, source: chain.source.replace('230500', '230300') })),
        pulse: slowOrNot,
      },
    },
    differs('commitment-%.json /beacons/0/source'),
  ],
  [
    'not with a beacon of no region',
    {
      options: {
        chains: [regionChain, slowChain].map((chain) => ({ ...chain, source: chain.source.replace('230500', 'x') })),
        pulse: slowOrNot,
      },
    },
    differs('commitment-%.json /beacons/1/source'),
  ],
  [
    'not with one key for two',
    { options: { chains: [regionChain, { ...slowChain, publicKey: regionChain.publicKey }], withoutBeaconKey: true } },
    differs('commitment-%.json /beacons/1/publicKey'),
  ],
  ['not with two run by one unit', { options: { operator: 'bureau-230900' } }, differs('commitment-%.json /beacons/1/publicKey')],
  ['not with one that the organiser runs', { options: { operator: 'bureau-230300' } }, differs('commitment-%.json /beacons/0/publicKey')],
  ['MATCH with keys that a quorum has seen for 30 days to the millisecond', { options: { keyAgeMs: 30 * 86_400_000 } }, matches],
  [
    'not with keys that are younger by one',
    { options: { keyAgeMs: 30 * 86_400_000 - 1 } },
    differs('commitment-%.json /beacons/0/publicKey'),
  ],
  [
    'MATCH with keys that a quorum has seen for the shorter time that is pinned',
    { options: { keyAgeMs: 90_000, beaconKeyAgeSeconds: 90 } },
    matches,
  ],
  [
    'not with keys that are younger than that by one',
    { options: { keyAgeMs: 89_999, beaconKeyAgeSeconds: 90 } },
    { ...differs('commitment-%.json /beacons/0/publicKey'), says: '入日志不足 90 秒' },
  ],
  ['MATCH with the longer time that is pinned', { options: { keyAgeMs: 86_400_000 * 31, beaconKeyAgeSeconds: 86_400 * 31 } }, matches],
  [
    'not with keys that are younger than the longer time',
    { options: { keyAgeMs: 86_400_000 * 31 - 1, beaconKeyAgeSeconds: 86_400 * 31 } },
    { ...differs('commitment-%.json /beacons/0/publicKey'), says: '入日志不足 31 天' },
  ],
  [
    'MATCH with keys in a genesis as old as is pinned',
    { options: { withoutBeaconKey: true, onGenesis: withBeaconsSince(60_000), beaconKeyAgeSeconds: 60 } },
    matches,
  ],
  [
    'not with a genesis younger by one',
    { options: { withoutBeaconKey: true, onGenesis: withBeaconsSince(59_999), beaconKeyAgeSeconds: 60 } },
    differs('commitment-%.json /beacons/0/publicKey'),
  ],
  ['MATCH with later keys of the beacons, by their names', { options: { beaconKeyId: (of: string) => `beacon-of-${of}-2026` } }, matches],
  [
    'not with a key that the superior admitted for another region',
    { options: { beaconKeyId: (of: string) => `beacon-of-230700-${of}` } },
    differs('commitment-%.json /beacons/0/source'),
  ],
  [
    'not with one whose name says no region',
    { options: { beaconKeyId: (of: string) => `beacon-${of}` } },
    differs('commitment-%.json /beacons/0/source'),
  ],
  ['not with a pinned time of more than ten years', { options: { beaconKeyAgeSeconds: 315_360_001 } }, refused('/beaconKeyAgeSeconds')],
  ['not with a pinned time below nothing', { options: { beaconKeyAgeSeconds: -1 } }, refused('/beaconKeyAgeSeconds')],
  ['MATCH with the margin that is pinned', { options: { leastMarginSeconds: 600 } }, matches],
  ['MATCH with a longer one than is pinned', { options: { leastMarginSeconds: 0 } }, matches],
  ['not with a shorter one than is pinned', { options: { leastMarginSeconds: 601 } }, differs('commitment-%.json /marginSeconds')],
  [
    'not with one of less than 600 seconds where nothing is pinned',
    { options: { onCommitment: (s) => ({ ...s, marginSeconds: 599 }) } },
    differs('commitment-%.json /marginSeconds'),
  ],
  ['not with a pinned margin of more than a day', { options: { leastMarginSeconds: 86_401 } }, refused('/leastMarginSeconds')],
  ['not with a pinned margin below nothing', { options: { leastMarginSeconds: -1 } }, refused('/leastMarginSeconds')],

  // One object's own opening
  ...(['drawn', 'not drawn', 'excluded'] as const).map((state): (typeof table)[number] => [
    `MATCH with the opening of one that was ${state}`,
    { opening: (one) => one[state] },
    matches,
  ]),
  [
    'not with the opening of another draw',
    { opening: ({ drawn }) => ({ ...drawn, drawId: drawn.label }) },
    differs('opening.json /drawId'),
  ],
  ['not with another id in it', { opening: ({ drawn, excluded }) => ({ ...drawn, id: excluded.id }) }, differs('opening.json /label')],
  ['not with another size of the pool', { opening: ({ drawn }) => ({ ...drawn, size: drawn.size + 1 }) }, differs('opening.json /size')],
  ['not with another place in the pool', { opening: ({ drawn }) => ({ ...drawn, index: drawn.size }) }, differs('opening.json /index')],
  ['not with a shorter path', { opening: ({ drawn }) => ({ ...drawn, path: drawn.path.slice(1) }) }, differs('opening.json /path')],
  ['not with a longer path', { opening: ({ drawn }) => ({ ...drawn, path: [...drawn.path, drawn.label] }) }, differs('opening.json /path')],
  [
    'not with another path',
    { opening: ({ drawn }) => ({ ...drawn, path: [drawn.label, ...drawn.path.slice(1)] }) },
    differs('opening.json /path'),
  ],
  [
    'not with public openings out of order',
    { parts: ({ openings }) => ({ openings: openings.replace(/(.*\n)(.*\n)/, '$2$1') }) },
    differs('openings/%.ndjson line 2'),
  ],
  ['not with another stratum', { opening: ({ drawn }) => ({ ...drawn, stratum: 'Z' }) }, differs('opening.json /index')],

  // The pinned keys
  [
    'not with the keys of another log',
    { parts: ({ keys }) => ({ keys: changed(keys, (file) => ({ ...file, genesis: '0'.repeat(64) })) }) },
    differs('transcript-%.json /transcript/log/genesis'),
  ],
  [
    'not with the keys of another region',
    { parts: ({ keys }) => ({ keys: changed(keys, (file) => ({ ...file, regionCode: '230900' })) }) },
    differs('transcript-%.json /transcript/log/genesis/regionCode'),
  ],
  [
    'not with another quorum than S names',
    { parts: ({ keys }) => ({ keys: changed(keys, (file) => ({ ...file, quorum: 4 })) }) },
    differs('commitment-%.json /witnesses/quorum'),
  ],
  [
    'not with keys by which the superior’s is drawing’s own',
    { parts: ({ keys }) => ({ keys: keys.replace(superior.publicKey, drawing.publicKey) }) },
    differs('transcript-%.json /transcript/log/genesis/keys/1'),
  ],
  [
    'refused with witnesses out of order',
    { parts: ({ keys }) => ({ keys: changed(keys, (file) => ({ ...file, witnesses: (file['witnesses'] as Json[]).toReversed() })) }) },
    refused('keys-230300.json /witnesses/1'),
  ],
  [
    'refused with a quorum that two halves could each be',
    { parts: ({ keys }) => ({ keys: changed(keys, (file) => ({ ...file, tolerated: 2 })) }) },
    refused('keys-230300.json /quorum'),
  ],
  [
    'refused with a keys file in which the superior is a witness by the same key',
    { parts: ({ keys }) => ({ keys: keys.replaceAll(witnesses[0]?.publicKey ?? '', superior.publicKey) }) },
    refused('keys-230300.json /witnesses'),
  ],
  ['refused with a keys file that is none', { parts: () => ({ keys: '{}' }) }, refused('keys-230300.json /genesis')],
  [
    'not with a demonstration without witnesses, for who has pinned keys',
    { demo: true, options: { demo: true, onCommitment: (s) => ({ ...s, witnesses: { count: 0, quorum: 0 } }) } },
    differs('commitment-%.json /witnesses/count'),
  ],
  [
    'not with a scheme that the verifier does not know, by its name',
    {
      options: {
        onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ({ ...one, scheme: 'bls-from-nowhere' }) as unknown as typeof one) }),
      },
    },
    differs('commitment-%.json /beacons/0/scheme'),
  ],
]

interface Judged {
  readonly drawId: string
  readonly node: BatchVerdict
  readonly library: BatchVerdict
  readonly python: BatchVerdict | undefined
}

describe('a witnessed draw, judged by both programs and the library', () => {
  const judged: Judged[] = []
  beforeAll(async () => {
    const cases: BatchCase[] = []
    const here: Omit<Judged, 'python'>[] = []
    for (const [, { options = {}, parts: change, demo = false, opening }] of table) {
      const files = demoBundle({ witnessed: true, withReveal: true, demo: false, ...options })
      const whole = partsOf(files)
      const given = Object.fromEntries(
        Object.entries({
          ...whole,
          ...(opening === undefined ? {} : { opening: openingText(opening(openingsOf(files))) }),
          ...change?.(whole as Required<Parts>),
        }).filter(([, text]) => text !== undefined),
      ) as Parts
      const names = partNames(files)
      here.push({ drawId: files.drawId, node: await judgeInNode(names, given, demo), library: judgeByLibrary(names, given, demo) })
      const absent = Object.fromEntries(Object.keys(names).map((part) => [part, null]))
      cases.push({ demo, files: { ...absent, ...caseOf(names, given, demo).files } })
    }
    const inPython = runPythonBatch(cases)
    judged.push(...here.map((one, index) => ({ ...one, python: inPython[index] })))
  }, 600_000)

  it.each(table.map(([title, , expected], index) => ({ title, expected, index })))('DRW-31 DRW-32 $title', ({ expected, index }) => {
    const { drawId, node, python, library } = judged[index] as Judged
    const of = (verdict: BatchVerdict | undefined) => ({ code: verdict?.code, place: verdict?.place?.replace(drawId, '%') })
    const said = (verdict: BatchVerdict | undefined): string => [...(verdict?.missing ?? []), verdict?.said ?? ''].join(' ')
    expect(of(node), said(node)).toEqual({ code: expected.code, place: expected.place })
    for (const verdict of [python, library]) expect(of(verdict), said(verdict)).toEqual({ code: expected.code, place: expected.place })
    expect(library.missing?.length).toBe(node.missing?.length)
    for (const verdict of [node, python]) expect(said(verdict)).toContain(expected.says ?? '')
  })
})
