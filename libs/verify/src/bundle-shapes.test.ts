import type { Shape } from '@dual-random/draw/forms'
import type { Json } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { demoBundle, demoFamily, openingOf } from '../tests/index.ts'
import { commitmentShape, openingShape, publicOpeningShape, rosterLineShape, transcriptFileShape } from './bundle-shapes.ts'

type Members = { readonly [name: string]: Json }
const isRecord = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)
const faultOf = (shape: Shape, value: Json): string => shape(value, '')?.where ?? 'good'
const parsed = (text: string): Json => JSON.parse(text) as Json

/** A value with another in the place of a part of it. */
function replaced(value: Json, path: readonly string[], part: (old: Json) => Json): Json {
  const [name, ...rest] = path
  if (name === undefined) return part(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map((one, at) => (String(at) === name ? replaced(one, rest, part) : one))
  return { ...(value as Members), [name]: replaced((value as Members)[name] ?? null, rest, part) }
}
/** Paths of all records in a value, and of its members. */
function recordsIn(value: Json, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly of: Members }[] {
  if (typeof value !== 'object' || value === null) return []
  const own = isRecord(value) ? [{ path, of: value }] : []
  return [...own, ...Object.entries(value).flatMap(([name, member]) => recordsIn(member, [...path, name]))]
}
const pointer = (path: readonly string[]): string => path.map((name) => `/${name}`).join('')

const plain = demoBundle({ withReveal: true })
const clues = demoBundle({ onClues: true, publicOpening: 'full' })
const [, redraw] = demoFamily([{ purpose: 'replacement' }])
if (redraw === undefined) throw new Error('no redraw')
const firstLine = (text: string): Json => parsed(text.split('\n')[0] ?? '')
const commitment = parsed(plain.commitment)

describe.each<readonly [string, Shape, Json]>([
  ['a commitment', commitmentShape, commitment],
  ['that of a draw on clues', commitmentShape, parsed(clues.commitment)],
  ['that of a redraw', commitmentShape, parsed(redraw.commitment)],
  ['a transcript', transcriptFileShape, parsed(plain.transcript)],
  ['a line of a roster', rosterLineShape, firstLine(plain.roster)],
  ['a public opening', publicOpeningShape, firstLine(plain.openings)],
  ['an opening of one’s own', openingShape, openingOf(plain, 'object-1')],
])('%s', (_, shape, value) => {
  const records = recordsIn(value)

  it('DRW-31 has all its members in their forms, in every record of it', () => {
    expect(faultOf(shape, value)).toBe('good')
    for (const { path, of } of records)
      for (const name of Object.keys(of)) {
        const at = pointer([...path, name])
        const without = replaced(value, path, (old) =>
          Object.fromEntries(Object.entries(old as Members).filter(([other]) => other !== name)),
        )
        expect([at, faultOf(shape, without)]).toEqual([at, at === '/snapshot/labelsOf' ? 'good' : at])
        // -1 is in no form; of a record of several kinds it is the kind that is missing.
        expect(
          faultOf(
            shape,
            replaced(value, [...path, name], () => -1),
          ),
        ).toMatch(new RegExp(`^${at}(/kind)?$`))
      }
  })

  it('DRW-31 has no other members', () => {
    for (const { path } of records)
      expect(
        faultOf(
          shape,
          replaced(value, path, (old) => ({ ...(old as Members), zz: 1 })),
        ),
      ).toBe(pointer([...path, 'zz']))
  })
})

describe('the words of the public files', () => {
  const ratio = { numerator: 1, denominator: 2 }
  const rule = (change: Members): Json => ({ kind: 'ratio', ratio, batchShare: ratio, base: 'mapped', rounding: 'up', ...change })

  it.each<readonly [string, readonly Json[]]>([
    ['/hash', ['sha256', 'sm3']],
    ['/assurance', ['public', 'federated', 'self']],
    ['/snapshot/hash', ['sha256', 'sm3']],
    ['/publicOpening', ['drawn-set', 'full']],
    ['/beacons/0/kind', ['drand', 'region', 'self']],
    ['/beacons/0/scheme', ['bls-unchained-g1-rfc9380']],
    ['/type', ['dual-random/commitment/v1']],
    ['/algorithm', ['dual-random/draw/v1']],
    ['/snapshot/type', ['dual-random/snapshot/v1']],
  ])('at %s of a commitment are these and no others', (at, words) => {
    const held = (word: Json) =>
      faultOf(
        commitmentShape,
        replaced(commitment, at.slice(1).split('/'), () => word),
      )
    for (const word of words) expect(held(word)).toBe('good')
    for (const word of ['', 'other', null]) expect(held(word)).toBe(at)
  })

  it('CRD-17 are rules of a share or of a count, by either base and rounding', () => {
    const held = (value: Json) =>
      faultOf(
        commitmentShape,
        replaced(commitment, ['strata', '0', 'rule'], () => value),
      )
    for (const base of ['mapped', 'eligible']) for (const rounding of ['up', 'half-up']) expect(held(rule({ base, rounding }))).toBe('good')
    expect(held({ kind: 'count', count: 0 })).toBe('good')
    expect([held(rule({ base: '' })), held(rule({ rounding: 'down' })), held({ kind: 'all' })]).toEqual([
      '/strata/0/rule/base',
      '/strata/0/rule/rounding',
      '/strata/0/rule/kind',
    ])
    expect(held(rule({ ratio: { numerator: 0, denominator: 0 } }))).toBe('/strata/0/rule/ratio/denominator')
  })

  it('DRW-31 are of a roster whose members may be drawn or not', () => {
    const line = firstLine(plain.roster) as Members
    for (const excluded of [true, false]) expect(faultOf(rosterLineShape, { ...line, excluded })).toBe('good')
  })

  it('DRW-31 are entries of snapshot and S, and strata that may have no cut-off', () => {
    const held = (path: readonly string[], part: Json) =>
      faultOf(
        transcriptFileShape,
        replaced(parsed(plain.transcript), path, () => part),
      )
    const kind = ['transcript', 'log', 'entries', '0', 'kind']
    expect([held(kind, 'snapshot'), held(kind, 'commitment'), held(kind, 'tip')]).toEqual(['good', 'good', pointer(kind)])
    expect(held(['transcript', 'strata', '0', 'cutOff'], null)).toBe('good')
    for (const list of ['batches', 'drawnSet', 'reveals', 'beacons'])
      expect(held(['transcript', list], [0])).toMatch(new RegExp(`^/transcript/${list}/0`))
    expect(held(['transcript', 'batches', '0'], [''])).toBe('/transcript/batches/0/0')
    expect(held(['transcript', 'hash'], 'sm3')).toBe('good')
    for (const name of ['type', 'algorithm', 'hash']) expect(held(['transcript', name], '')).toBe(`/transcript/${name}`)
  })
})
