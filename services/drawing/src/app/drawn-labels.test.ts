import { canonicalJson, type DrawId, type RegionCode, type UnitId, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { publishedLine, request } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import type { Draw } from '../domain/draw.ts'
import { drawLineOf, type LineUnit } from '../domain/plan-line.ts'
import { drawnEarlier } from './drawn-labels.ts'
import type { Blobs, Draws } from './ports.ts'

const [own, other] = ['230300', '230400'] as unknown as readonly [RegionCode, RegionCode]
const [first] = publishedLine.units as readonly [LineUnit, ...LineUnit[]]
const theirs = { ...first, unitId: '230400-scj' as UnitId }
const planned = { planType: 'JOINT', planUnitId: first.unitId } as const
const alone = valueOf(drawLineOf({ ...publishedLine, ...planned }, 1))
const cities = [{ regionCode: other, initiatorUnitId: theirs.unitId, unitIds: [theirs.unitId] }]
const together = { ...alone, units: [first, theirs], joint: { merged: true, cities } }

const drawn = (id: string, draw: object): [string, Draw] => [
  id,
  { ...request, line: alone, status: 'MATCHED', transcript: { digest: id, blob: id, drawn: 3 }, ...draw, drawId: id } as unknown as Draw,
]

/** Every draw drew `c`, `a` and `b`, in two check batches. */
function depsOf(...draws: readonly [string, Draw][]) {
  const known = new Map(draws)
  const text = canonicalJson({ transcript: { batches: [['c'], ['a', 'b']] } })
  return {
    draws: { load: async (drawId: string) => known.get(drawId) } as unknown as Draws,
    blobs: { bytes: async () => utf8(text) } as unknown as Blobs,
  }
}

const before = (...ids: readonly string[]) => ({ earlierDrawIds: ids as readonly DrawId[] })

describe('what was drawn before a freeze', () => {
  it('CRD-09 DRW-20 is told with the place of each label, and that it was a joint check', async () => {
    const [told] = await drawnEarlier(depsOf(drawn('d1', {})), own, before('d1'))
    expect(told).toMatchObject({
      drawId: 'd1',
      labels: ['c', 'a', 'b'],
      joint: true,
      tasks: { positions: [1, 2, 3], units: [{ position: 1 }] },
    })
  })

  it('DRW-20 DRW-26 of several cities by the places in their common order', async () => {
    const ofCities = [
      { regionCode: own, labels: ['a'] },
      { regionCode: other, labels: ['b', 'c'] },
    ]
    const deps = depsOf(drawn('d1', { line: together, transcript: { digest: 'd1', blob: 'd1', drawn: 3, ofCities } }))
    expect(await drawnEarlier(deps, own, before('d1'))).toMatchObject([{ regionCode: own, labels: ['a'], tasks: { positions: [2] } }])
    expect(await drawnEarlier(deps, other, before('d1'))).toMatchObject([
      { regionCode: other, labels: ['b', 'c'], tasks: { positions: [3, 1], units: [{ position: 2 }] } },
    ])
  })

  it('DRW-20 DRW-30 numbers a redraw by its parent’s line, and names no task of a re-match', async () => {
    const redraw = (purpose: string) => ({ batch: 2, line: { ...alone, units: [theirs] }, redraw: { purpose, parentDrawId: 'd1' } })
    const parent = drawn('d1', { line: { ...alone, units: [theirs, first] } })
    const deps = depsOf(parent, drawn('d2', redraw('replacement')), drawn('d3', redraw('rematch')))
    const [replacement, rematch] = await drawnEarlier(deps, own, before('d2', 'd3'))
    expect(replacement?.tasks).toMatchObject({ redraw: 2, units: [{ position: 2 }, { position: 1 }] })
    expect(rematch).not.toHaveProperty('tasks')
  })

  it('CRD-09 has on each level what it drew, as its own', async () => {
    const county = '230302' as RegionCode
    const below = drawn('d2', { regionCode: county, line: { ...alone, regionCode: county, planType: 'INTERNAL' } })
    const beside = [{ regionCode: county, logSeq: 4, ...before('d2') }]
    const told = await drawnEarlier(depsOf(drawn('d1', {}), below), own, { ...before('d1'), beside })
    expect(told).toMatchObject([
      { drawId: 'd1', joint: true },
      { drawId: 'd2', joint: false, tasks: { planType: 'INTERNAL' } },
    ])
  })

  it('refuses to name what is not drawn', async () => {
    const deps = depsOf(drawn('d1', { status: 'VOID' }))
    await expect(drawnEarlier(deps, own, before('d1'))).rejects.toThrow('not drawn')
    await expect(drawnEarlier(deps, own, before('d9'))).rejects.toThrow('not drawn')
  })
})
