import { ed25519Verify } from '@dual-random/beacon'
import { addMs, utf8 } from '@dual-random/kernel'
import { type KeysFile, parseKeysFile } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { type DemoOptions, demoFamily, type FamilyFiles, hashNamed, namedFiles, type RedrawStep } from '../tests/index.ts'
import { type Verdict, verifyBundle } from './verify-bundle.ts'

// tests/verifier holds every rule of redraws against the two programs; here is what the library reads of their files.

type Texts = Readonly<Record<string, string | undefined>>

/** The verdict on the last of a family, with files of it changed or left out. */
function judged(family: readonly FamilyFiles[], change: Texts = {}, pinnedKeys?: KeysFile): Verdict {
  const files = family.at(-1) as FamilyFiles
  const texts: Texts = { ...files.family, ...change }
  const beside = (name: string): Uint8Array | undefined => {
    const text = texts[name]
    return text === undefined ? undefined : utf8(text)
  }
  return verifyBundle({ ...namedFiles(files), family: beside }, { hash: hashNamed, verifyEd25519: ed25519Verify, demo: true, pinnedKeys })
}
const placeOf = (verdict: Verdict): string =>
  verdict.status === 'DIFFERENT' ? `${verdict.difference.file} ${verdict.difference.where}` : verdict.status
const played = (steps: readonly RedrawStep[], options: DemoOptions = {}) => demoFamily(steps, options)
const replacement: RedrawStep = { purpose: 'replacement' }
const family = played([replacement])
const [parent, redraw] = family as readonly [FamilyFiles, FamilyFiles]
const twice = played([replacement, { purpose: 'rematch', labels: [3, 2] }])
const [, first] = twice as readonly [FamilyFiles, FamilyFiles]

describe('verifying a redraw', { timeout: 60_000 }, () => {
  it('DRW-30 recomputes it and reads the files of its family', () => {
    expect(judged(family)).toMatchObject({ status: 'MATCH', bundle: { commitment: { drawId: redraw.drawId } } })
    expect(judged(twice)).toMatchObject({ status: 'MATCH' })
    expect(judged(played([{ purpose: 'escalation', counts: { A: 2, D: 1 } }], { hash: 'sm3' }))).toMatchObject({ status: 'MATCH' })
  })

  it('DRW-30 does without them in a draw that follows none', () => {
    expect(judged([parent], Object.fromEntries(Object.keys(parent.family).map((name) => [name, undefined])))).toMatchObject({
      status: 'MATCH',
    })
  })

  it('DRW-30 judges no redraw without the files of its family, and names the first that is missing', () => {
    const missing = (file: string, part: string, isOfParent: boolean, of = family) =>
      expect(judged(of, { [file]: undefined })).toEqual({
        status: 'REFUSED',
        reason: 'family-file-missing',
        file,
        part,
        of: isOfParent ? 'parent' : 'redraw',
      })
    missing(`transcript-${parent.drawId}.json`, 'transcript', true)
    missing(`commitment-${parent.drawId}.json`, 'commitment', true)
    missing(`rosters/${parent.drawId}.ndjson`, 'roster', true)
    missing(`transcript-${first.drawId}.json`, 'transcript', false, twice)
    missing(`commitment-${first.drawId}.json`, 'commitment', false, twice)
    expect(judged(twice, { [`rosters/${first.drawId}.ndjson`]: undefined })).toMatchObject({ status: 'MATCH' })
    const { family: _, ...alone } = redraw
    expect(verifyBundle(namedFiles(alone), { hash: hashNamed, verifyEd25519: ed25519Verify, demo: true })).toMatchObject({
      status: 'REFUSED',
      reason: 'family-file-missing',
      of: 'parent',
    })
  })

  it.each<readonly [string, (name: (part: string) => string) => Texts, string]>([
    ['a transcript that is none', (name) => ({ [name('transcript')]: '{}' }), 'transcript-^.json /keyId'],
    ['an S that is none', (name) => ({ [name('commitment')]: '{}' }), 'commitment-^.json /algorithm'],
    ['a roster that is none', (name) => ({ [name('roster')]: '{}\n' }), 'rosters/^.ndjson line 1 /excluded'],
    [
      'another S',
      (name) => ({ [name('commitment')]: parent.commitment.replace('line-03', 'line-04') }),
      'transcript-^.json /transcript/commitment',
    ],
    [
      'another roster, by which somebody was not excluded',
      (name) => ({ [name('roster')]: parent.roster.replace('"excluded":true', '"excluded":false') }),
      'commitment-^.json /snapshot/rosterDigest',
    ],
    [
      'another transcript, by which others were drawn',
      (name) => ({ [name('transcript')]: parent.transcript.replace(/"label":"[0-9a-f]{8}/, '"label":"00000000') }),
      'commitment-%.json /subject/after/0/transcript',
    ],
  ])('DRW-30 takes for the parent’s no %s', (_, change, place) => {
    const nameOf = (part: string): string => (part === 'roster' ? `rosters/${parent.drawId}.ndjson` : `${part}-${parent.drawId}.json`)
    const found = placeOf(judged(family, change(nameOf)))
    expect(found.replaceAll(parent.drawId, '^').replaceAll(redraw.drawId, '%')).toBe(place)
  })

  it('DRW-30 finds what the redraw itself breaks, by subject, family, roster and log', () => {
    const place = (step: Partial<RedrawStep>): string => {
      const of = played([{ ...replacement, ...step }])
      return placeOf(judged(of)).replaceAll(of.at(-1)?.drawId ?? '', '%')
    }
    const subject = (change: object): Partial<RedrawStep> => ({
      onCommitment: (s) => ({ ...s, subject: { ...s.subject, ...change } }),
    })
    expect(place(subject({ labels: [] }))).toBe('commitment-%.json /subject/labels')
    expect(place({ onCommitment: (s) => ({ ...s, committedAt: s.committedAt, organiserUnitId: 'bureau-230900' }) })).toBe(
      'commitment-%.json /organiserUnitId',
    )
    expect(place({ day: 0, onCommitment: (s) => ({ ...s, committedAt: addMs(s.committedAt, -1) }) })).toMatch(/^commitment-%\.json \//)
    const drawable: RedrawStep['onRoster'] = (roster, [of]) =>
      roster.map((one) => (one.label === of?.drawn[0] ? { ...one, excluded: false } : one))
    expect(place({ onRoster: drawable })).toMatch(/^rosters\/%\.ndjson line \d+ \/excluded$/)
    expect(place({ number: 2 })).toBe('commitment-%.json /batch')
    expect(place({ attempt: 2 })).toBe('commitment-%.json /attempt')
    expect(place({ attempt: 2, before: ['snapshot', 'void'] })).toBe('MATCH')
  })

  it('DRW-30 DRW-32 stands in front of the witnesses of its region', () => {
    const witnessed = played([replacement], { witnessed: true, withReveal: true })
    const keys = parseKeysFile(witnessed[0]?.keys ?? '')
    if (!keys.ok) throw new Error(JSON.stringify(keys.error))
    expect(judged(witnessed, {}, keys.value)).toMatchObject({ status: 'MATCH' })
    expect(judged(witnessed)).toMatchObject({ status: 'PENDING', missing: ['keys'] })
  })
})
