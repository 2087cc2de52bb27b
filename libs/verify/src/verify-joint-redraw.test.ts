import { ed25519Verify } from '@dual-random/beacon'
import { type Commitment, type RosterEntry, type SignedTranscript, signSnapshot } from '@dual-random/draw'
import { utf8 } from '@dual-random/kernel'
import { parseKeysFile } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import {
  cityOf,
  demoJointFamily,
  type FamilyFiles,
  hashNamed,
  type JointFamilyFiles,
  type JointOptions,
  namedFiles,
  type RedrawStep,
} from '../tests/index.ts'
import { partOfCity } from './check-redraw.ts'
import { verifyBundle } from './verify-bundle.ts'

// Redraws of a draw of several cities (docs/draw-protocol.md §23), each in its city's log: 230300 organised, 230400 and 230600 took part.

type Texts = Readonly<Record<string, string | undefined>>

/** The verdict on the last of the redraws, with files of its family changed or left out, and its place with `^` for the parent and `%` for the redraw. */
function judged({ parent, redraws }: JointFamilyFiles, change: Texts = {}): string {
  const files = redraws.at(-1) as FamilyFiles
  const texts: Texts = { ...files.family, ...change }
  const beside = (name: string): Uint8Array | undefined => {
    const text = texts[name]
    return text === undefined ? undefined : utf8(text)
  }
  const keys = parseKeysFile(files.keys ?? '')
  if (!keys.ok) throw new Error(JSON.stringify(keys.error))
  const options = { hash: hashNamed, verifyEd25519: ed25519Verify, demo: false, pinnedKeys: keys.value }
  const verdict = verifyBundle({ ...namedFiles(files), family: beside }, options)
  const told =
    verdict.status === 'DIFFERENT'
      ? `${verdict.difference.file} ${verdict.difference.where}`
      : 'file' in verdict
        ? `${verdict.status} ${verdict.file}`
        : verdict.status
  return told.replaceAll(parent.drawId, '^').replaceAll(files.drawId, '%')
}
const played = (regionCode: string, steps: readonly RedrawStep[], options?: JointOptions) => demoJointFamily(regionCode, steps, options)
const replacement: RedrawStep = { purpose: 'replacement' }
const all: readonly RedrawStep[] = [replacement, { purpose: 'rematch', labels: [1, 2] }, { purpose: 'escalation', counts: { A: 1, D: 1 } }]
const family = played('230600', [replacement])
const { parent } = family
const drawnIn = (regionCode: string): readonly string[] => {
  const own = new Set(parent.pools.get(regionCode)?.roster.map(({ label }) => label))
  const { strata } = (JSON.parse(parent.transcript) as SignedTranscript).transcript
  return strata.flatMap(({ drawn }) => drawn.flatMap(({ label }) => (own.has(label) ? [label] : []))).sort()
}

describe('redraws of a draw of several cities', { timeout: 120_000 }, () => {
  it.each(['230300', '230400', '230600'])('DRW-26 DRW-30 recomputes them in the log of %s, for every purpose', (regionCode) => {
    expect(judged(played(regionCode, all))).toBe('MATCH')
  })

  it('DRW-26 DRW-30 does so where strata merge too, and by the other hash: strata are those of the city’s roster', () => {
    const merged = played('230600', all, { merged: true, hash: 'sm3', objects: [40, 45, 50] })
    expect(judged(merged)).toBe('MATCH')
    const names = merged.redraws.map(({ commitment }) => (JSON.parse(commitment) as Commitment).strata.map(({ stratum }) => stratum))
    expect(names).toEqual([
      ['A', 'B', 'D'],
      ['A', 'B', 'D'],
      ['A', 'B', 'D'],
    ])
  })

  it('DRW-30 lets go only whom its own city has: no label of another’s roster', () => {
    const [stranger = ''] = drawnIn('230400')
    const labels = (of: readonly string[]): Partial<RedrawStep> => ({
      onCommitment: (s) => ({ ...s, subject: { ...s.subject, labels: of } as Commitment['subject'] }),
    })
    expect(judged(played('230600', [{ ...replacement, ...labels([stranger]) }]))).toBe('commitment-%.json /subject/labels/0')
    expect(judged(played('230600', [{ ...replacement, ...labels(drawnIn('230600').slice(0, 2)) }]))).toBe('MATCH')
  })

  it('DRW-30 counts from 1 in each city, without gaps', () => {
    expect(judged(played('230600', [{ ...replacement, number: 2 }]))).toBe('commitment-%.json /batch')
    expect(judged(played('230600', [{ ...replacement, number: 1 }]))).toBe('MATCH')
  })

  it('DRW-26 DRW-30 has root and key of its city’s part, and no other’s', () => {
    const other = parent.pools.get('230400')
    const part = (JSON.parse(parent.commitment) as Commitment).joint?.parts.find(({ snapshot }) => snapshot.regionCode === '230400')
    if (other === undefined || part === undefined) throw new Error('no other city')
    const ofOther =
      (change: Partial<Commitment['snapshot']>): NonNullable<RedrawStep['onCommitment']> =>
      (s) => {
        const snapshot = { ...s.snapshot, ...change }
        return { ...s, snapshot, snapshotSignature: signSnapshot(hashNamed('sha256'), snapshot, cityOf('230600').registry) }
      }
    const { keyDigest, privateFileDigest } = part.snapshot
    expect(judged(played('230600', [{ ...replacement, onCommitment: ofOther({ keyDigest }) }]))).toBe(
      'commitment-%.json /snapshot/keyDigest',
    )
    expect(judged(played('230600', [{ ...replacement, onCommitment: ofOther({ privateFileDigest }) }]))).toBe(
      'commitment-%.json /snapshot/privateFileDigest',
    )
    const strange: RedrawStep['onRoster'] = (roster) =>
      roster.map((one, index): RosterEntry => (index === 0 ? { ...one, label: other.roster[0]?.label ?? '' } : one))
    expect(judged(played('230600', [{ ...replacement, onRoster: strange }]))).toBe('commitment-%.json /snapshot/root')
  })

  it('DRW-26 DRW-30 follows no draw in which its city took no part', () => {
    const s = JSON.parse(parent.commitment) as Commitment
    expect(partOfCity(s, '230600')).toMatchObject({ at: '/joint/parts/1', part: { snapshot: { regionCode: '230600' } } })
    expect(partOfCity(s, '230300')).toMatchObject({ at: '', part: { snapshot: { regionCode: '230300' } } })
    expect(partOfCity(s, '230900')).toBeUndefined()
    // The same parent, after which another city than it names draws again.
    const joint = (of: Commitment): Commitment => {
      const parts = of.joint?.parts.filter(({ snapshot }) => snapshot.regionCode !== '230600') ?? []
      return { ...of, joint: { merged: false, parts } }
    }
    expect(judged(played('230600', [replacement], { onCommitment: joint }))).toBe('commitment-%.json /regionCode')
  })

  it('DRW-26 DRW-30 needs the roster of its own city, under the name that city’s has', () => {
    const [own, organisers] = [`rosters/${parent.drawId}-230600.ndjson`, `rosters/${parent.drawId}.ndjson`]
    expect(judged(family, { [organisers]: undefined, [`rosters/${parent.drawId}-230400.ndjson`]: undefined })).toBe('MATCH')
    expect(judged(family, { [own]: undefined })).toBe('REFUSED rosters/^-230600.ndjson')
    const changed = family.redraws[0]?.family[own]?.replace('"excluded":true', '"excluded":false')
    expect(judged(family, { [own]: changed })).toBe('commitment-^.json /joint/parts/1/snapshot/rosterDigest')
    const inOwn = played('230300', [replacement])
    expect(judged(inOwn, { [own]: undefined })).toBe('MATCH')
    expect(judged(inOwn, { [organisers]: undefined })).toBe('REFUSED rosters/^.ndjson')
  })

  it('DRW-30 finds its parent in its own city’s log', () => {
    const lines = (family.redraws[0]?.log ?? '').split('\n')
    expect(lines.filter((line) => line.includes(parent.drawId) && /"kind":"(commitment|snapshot|transcript)"/.test(line))).toHaveLength(3)
    expect(lines.some((line) => line.includes('"kind":"match"') && line.includes(parent.drawId))).toBe(false)
  })
})
