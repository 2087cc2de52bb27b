import { type DrawChain, singleKeyChain } from '@dual-random/beacon'
import { type Commitment, type RosterEntry, type SignedTranscript, signSnapshot, transcriptDigest } from '@dual-random/draw'
import {
  beaconSecretOf,
  chainsFor,
  cityOf,
  demoJoint,
  demoJointFamily,
  type FamilyFiles,
  hashNamed,
  type JointFamilyFiles,
  type JointOptions,
  partNames,
  type RedrawStep,
  regionChain,
  superior,
  thirdChain,
  unit,
} from '@dual-random/verify/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, type Family, judgeByLibrary, judgeInNode, partsOf } from './judges.ts'
import { type BatchCase, type BatchVerdict, runPythonBatch } from './python.ts'

// Redraws after a draw of several cities (docs/draw-protocol.md §23), each in its city's log, judged by both programs and libs/verify.

interface Asked {
  /** 230600 by default; 230300 organised, 230400 took part too. */
  readonly regionCode?: string
  readonly steps: readonly RedrawStep[]
  readonly options?: JointOptions
  /** The parent has no line in the log. */
  readonly elsewhere?: true
  readonly family?: (files: JointFamilyFiles) => Readonly<Record<string, string | undefined>>
}
interface Expected {
  readonly code: number
  /** `%` stands for the drawId, `^` for the parent's. */
  readonly place?: string
  readonly says?: string
}
const matches: Expected = { code: 0 }
const differs = (place: string): Expected => ({ code: 1, place: place.startsWith('/') ? `commitment-%.json ${place}` : place })
const hash = hashNamed('sha256')

const replacement: RedrawStep = { purpose: 'replacement' }
const all: readonly RedrawStep[] = [replacement, { purpose: 'rematch', labels: [1, 2] }, { purpose: 'escalation', counts: { A: 1, D: 1 } }]
const theirs = demoJointFamily('230400', [replacement])
const [sibling] = theirs.redraws as readonly [FamilyFiles]
const partOf = (regionCode: string): Commitment['snapshot'] => {
  const s = JSON.parse(theirs.parent.commitment) as Commitment
  const part = s.joint?.parts.find(({ snapshot }) => snapshot.regionCode === regionCode)
  if (part === undefined) throw new Error('no part')
  return part.snapshot
}
type OnCommitment = NonNullable<RedrawStep['onCommitment']>
const snapshot =
  (change: Partial<Commitment['snapshot']>): OnCommitment =>
  (s) => {
    const changed = { ...s.snapshot, ...change }
    return { ...s, snapshot: changed, snapshotSignature: signSnapshot(hash, changed, cityOf('230600').registry) }
  }
/** A label that the parent drew in another city. */
const strange = (() => {
  const roster = new Set(theirs.parent.pools.get('230400')?.roster.map(({ label }) => label))
  const { strata } = (JSON.parse(theirs.parent.transcript) as SignedTranscript).transcript
  return strata.flatMap(({ drawn }) => drawn.map(({ label }) => label)).find((label) => roster.has(label)) ?? ''
})()
const naming =
  (labels: readonly string[]): OnCommitment =>
  (s) => ({ ...s, subject: { ...s.subject, labels } as Commitment['subject'] })
/** After a redraw of another city too, whose files are there. */
const afterSibling: RedrawStep['onSubject'] = (subject) => {
  const { transcript } = JSON.parse(sibling.transcript) as SignedTranscript
  const after = [...subject.after, { drawId: sibling.drawId, transcript: transcriptDigest(hash, transcript) }]
  return { ...subject, after: after.sort((a, b) => (a.drawId < b.drawId ? -1 : 1)) }
}
const siblingsAt = [theirs.parent.drawId, sibling.drawId].sort().indexOf(sibling.drawId)
const ofOther: RedrawStep['onRoster'] = (roster) =>
  roster.map(
    (one, index): RosterEntry => (index === 0 ? { ...one, label: theirs.parent.pools.get('230400')?.roster[0]?.label ?? '' } : one),
  )
const rosterOf = (regionCode?: string): string =>
  `rosters/${theirs.parent.drawId}${regionCode === undefined ? '' : `-${regionCode}`}.ndjson`
/** The parent's S without this city, everything that names it following. */
const withoutCity: JointOptions = {
  onCommitment: (s) => {
    if (s.joint === undefined) return s
    return { ...s, joint: { ...s.joint, parts: s.joint.parts.filter(({ snapshot: of }) => of.regionCode !== '230600') } }
  },
}
/** A key of a city's beacon that the superior admits to the organiser's log long before the redraws. */
const admitted = ({ source, publicKey }: DrawChain): NonNullable<JointOptions['extra']> => {
  const of = source.slice(-6)
  const key = { type: 'dual-random/key/v1', keyId: `beacon-of-${of}`, role: 'beacon', algorithm: 'bls12381-g2', unitId: `bureau-${of}` }
  return (regionCode, after) =>
    regionCode === '230300' && after === 'keys' ? [{ kind: 'key', drawId: null, of: { ...key, publicKey }, by: superior }] : []
}
const organisersChain = singleKeyChain(beaconSecretOf({ source: 'region/230300' }), {
  ...regionChain,
  kind: 'region',
  source: 'region/230300',
})
const threeChains = chainsFor({})
/** The parent's S, in which these units check too. */
const checkedBy = (...unitIds: readonly string[]): JointOptions => ({
  onCommitment: (s) => {
    const [first] = s.matchInputs
    const further = unitIds.map((unitId) => ({ unitId, digest: first?.digest ?? '' }))
    return { ...s, matchInputs: [...s.matchInputs, ...further].sort((a, b) => (a.unitId < b.unitId ? -1 : 1)) }
  },
})
/** Beacons of two regions, with the secrets of two units. */
const withTips: RedrawStep = { ...replacement, withReveal: true }
const insiders = checkedBy(unit.unitId, superior.unitId)

const table: readonly (readonly [title: string, asked: Asked, expected: Expected])[] = [
  ['for every purpose, in the organiser’s log', { regionCode: '230300', steps: all }, matches],
  ['for every purpose, in another city’s log', { steps: all }, matches],
  [
    'of merged strata, under the names of the city’s roster',
    { regionCode: '230400', steps: all, options: { merged: true, objects: [20, 60, 20] } },
    matches,
  ],
  ['by the other hash', { steps: [replacement], options: { hash: 'sm3' } }, matches],
  [
    'not of a label of another city’s roster',
    { steps: [{ ...replacement, onCommitment: naming([strange]) }] },
    differs('/subject/labels/0'),
  ],
  ['not with a gap in the city’s own numbers', { steps: [{ ...replacement, number: 2 }] }, differs('/batch')],
  [
    'not under the key of another part',
    { steps: [{ ...replacement, onCommitment: snapshot({ keyDigest: partOf('230400').keyDigest }) }] },
    differs('/snapshot/keyDigest'),
  ],
  ['not over the roster of another part', { steps: [{ ...replacement, onRoster: ofOther }] }, differs('/snapshot/root')],
  ['not after a parent that has no line in the city’s log', { steps: [replacement], elsewhere: true }, differs('/subject/after')],
  ['not after a parent in which the city took no part', { steps: [replacement], options: withoutCity }, differs('/regionCode')],
  [
    'not after a redraw of another city',
    { steps: [{ ...replacement, onSubject: afterSibling }], family: () => sibling.family },
    differs(`/subject/after/${siblingsAt}/drawId`),
  ],
  [
    'not by the beacon of another city of the parent',
    { steps: [{ ...replacement, chains: [...threeChains, thirdChain] }] },
    differs('/beacons/0/source'),
  ],
  [
    'not by the beacon of the organiser’s city',
    { steps: [{ ...replacement, chains: [...threeChains, organisersChain] }] },
    differs('/beacons/0/source'),
  ],
  [
    'not by such a beacon, whatever unit it is said to be organised by',
    {
      steps: [{ ...replacement, chains: [...threeChains, thirdChain], onCommitment: (s) => ({ ...s, organiserUnitId: 'bureau-230600' }) }],
    },
    differs('/beacons/0/source'),
  ],
  [
    'by the beacon of another city of the parent, in the organiser’s own city',
    {
      regionCode: '230300',
      steps: [{ ...replacement, chains: [...threeChains, thirdChain], day: 40 }],
      options: { extra: admitted(thirdChain) },
    },
    matches,
  ],
  ['by beacons of two regions with tips of units that do not check in the parent', { steps: [withTips] }, matches],
  ['by beacons of two regions where one of the units does not', { steps: [withTips], options: checkedBy(unit.unitId) }, matches],
  ['not by beacons of two regions where all of them do', { steps: [withTips], options: insiders }, differs('/beacons')],
  ['by beacons of three regions all the same', { steps: [{ ...withTips, chains: threeChains }], options: insiders }, matches],
  ['by beacons of two regions in the organiser’s own city', { regionCode: '230300', steps: [withTips], options: insiders }, matches],
  [
    'without the other cities’ rosters',
    { steps: [replacement], family: () => ({ [rosterOf()]: undefined, [rosterOf('230400')]: undefined }) },
    matches,
  ],
  [
    'not without the roster of its own city',
    { steps: [replacement], family: () => ({ [rosterOf('230600')]: undefined }) },
    { code: 2, says: rosterOf('230600') },
  ],
  [
    'not with another roster of its own city',
    {
      steps: [replacement],
      family: ({ redraws }) => ({
        [rosterOf('230600')]: redraws[0]?.family[rosterOf('230600')]?.replace('"excluded":true', '"excluded":false'),
      }),
    },
    differs('commitment-^.json /joint/parts/1/snapshot/rosterDigest'),
  ],
]

interface Judged {
  readonly drawId: string
  readonly parentDrawId: string
  readonly node: BatchVerdict
  readonly library: BatchVerdict
  readonly python: BatchVerdict | undefined
}

describe('redraws of a draw of several cities, judged by both programs and the library', () => {
  const judged: Judged[] = []
  beforeAll(async () => {
    const cases: BatchCase[] = []
    const inNode: Omit<Judged, 'python'>[] = []
    for (const [, { regionCode = '230600', steps, options = {}, elsewhere, family }] of table) {
      const log = elsewhere === undefined ? undefined : demoJoint({ ...options, attempt: 2 })
      const played = demoJointFamily(regionCode, steps, options, log)
      const files = played.redraws.at(-1)
      if (files === undefined) throw new Error('nothing played')
      const changed = { ...files.family, ...family?.(played) }
      const beside = Object.fromEntries(Object.entries(changed).filter(([, text]) => text !== undefined)) as Family
      const [names, given] = [partNames(files, regionCode), partsOf(files)]
      inNode.push({
        drawId: files.drawId,
        parentDrawId: played.parent.drawId,
        node: await judgeInNode(names, given, false, beside),
        library: judgeByLibrary(names, given, false, beside),
      })
      const absent = Object.fromEntries(Object.keys(names).map((part) => [part, null]))
      cases.push({ demo: false, files: { ...absent, ...caseOf(names, given, false).files }, family: beside })
    }
    const inPython = runPythonBatch(cases)
    judged.push(...inNode.map((one, index) => ({ ...one, python: inPython[index] })))
  }, 600_000)

  it.each(table.map(([title, , expected], index) => ({ title, expected, index })))('DRW-26 DRW-30 $title', ({ expected, index }) => {
    const one = judged[index] as Judged
    for (const verdict of [one.node, one.python, one.library]) {
      const said = [...(verdict?.missing ?? []), verdict?.said ?? ''].join(' ')
      expect(verdict?.code, said).toBe(expected.code)
      expect(verdict?.place?.replaceAll(one.drawId, '%').replaceAll(one.parentDrawId, '^'), said).toBe(expected.place)
      expect(said).toContain(expected.says ?? '')
    }
  })
})
