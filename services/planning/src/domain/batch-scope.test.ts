import { type RegionCode, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, days, item, lineContext, lineId, lineInput, planLine } from '../../tests/support/lines.ts'
import { drawnParts, hasBatchScopes } from './batch-scope.ts'
import type { BatchInput } from './batches.ts'
import { buildLine } from './build-line.ts'
import { asInput } from './line-as-input.ts'
import type { LineContext, LineInput } from './line-input.ts'
import { type ObjectScope, wholeScope } from './object-scope.ts'

const scope = (members: Partial<ObjectScope>): ObjectScope => ({ ...wholeScope, ...members })
const inRegion = (...regions: readonly string[]): ObjectScope => scope({ regionCodes: regions as readonly RegionCode[] })
const spring: BatchInput = { window: days('2026-03-01', '2026-05-31') }
const autumn: BatchInput = { window: days('2026-09-01', '2026-11-30') }

const given = (batches: readonly BatchInput[], members: Partial<LineInput> = {}): LineInput => {
  const { window: _window, ...rest } = lineInput()
  return { ...rest, ...members, batches }
}
const problems = (batches: readonly BatchInput[], members: Partial<LineInput> = {}, context: LineContext = lineContext()) => {
  const built = buildLine(given(batches, members), context, { lineId: lineId('L01'), commandId: 'c1' })
  return built.ok ? [] : built.error.map(({ code: found, pointer }) => [found, pointer])
}
const line = (batches: readonly BatchInput[], members: Partial<LineInput> = {}) => {
  const built = buildLine(given(batches, members), lineContext(), { lineId: lineId('L01'), commandId: 'c-L01' })
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  return built.value
}

describe('what a batch of a line draws from', () => {
  it('PLN-13 stands with the batch, in order, and comes back when the line is built again', () => {
    const built = line([
      { ...autumn, scope: inRegion('230303', '230302') },
      { ...spring, scope: scope({ tags: ['甲'] }) },
    ])
    expect(built.batches.map((batch) => batch.scope)).toEqual([scope({ tags: ['甲'] }), inRegion('230302', '230303')])
    expect(line(asInput(built).batches ?? [])).toEqual(built)
  })

  it('PLN-13 is not there where it narrows nothing, and what it leaves open is the line’s', () => {
    const ofLine = scope({ kinds: ['ENTERPRISE'], tags: ['甲', '乙'] })
    const batches = [
      { ...spring, scope: scope({ tags: ['甲'] }) },
      { ...autumn, scope: scope({ kinds: ['ENTERPRISE'] }) },
    ]
    const built = line(batches, { scope: ofLine })
    expect(built.batches.map((batch) => batch.scope)).toEqual([scope({ kinds: ['ENTERPRISE'], tags: ['甲'] }), undefined])
    expect(line([{ ...spring, scope: wholeScope }]).batches[0]).not.toHaveProperty('scope')
  })

  it.each([
    [inRegion('230302'), []],
    [inRegion('230303'), [['batch-scope-outside-line', '/batches/0/scope']]],
    [inRegion('230302', '230400'), [['scope-outside-region', '/batches/0/scope/regionCodes/1']]],
    [scope({ industryPrefixes: ['F521'] }), []],
    [scope({ industryPrefixes: ['F'] }), [['batch-scope-outside-line', '/batches/0/scope']]],
    [scope({ tags: ['甲'] }), []],
    [scope({ tags: ['甲', '乙'] }), [['batch-scope-outside-line', '/batches/0/scope']]],
  ] as const)('PLN-13 lies within the line’s: %j', (ofBatch, expected) => {
    const ofLine = { ...inRegion('230302'), industryPrefixes: ['F52'], tags: ['甲'] }
    expect(problems([{ ...spring, scope: ofBatch }], { scope: ofLine })).toEqual(expected)
  })

  it('PLN-13 takes in something of at least one item, and names no kind that the line leaves out', () => {
    const applicability = { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] }
    const context = lineContext({ items: new Map([['G1', item('G1', { applicability })]]) })
    const of = (kind: string, members: Partial<LineInput> = {}) =>
      problems([{ ...spring, scope: scope({ kinds: [kind] }) }], { itemCodes: [code('G1')], ...members }, context)
    expect(of('ENTERPRISE')).toEqual([])
    expect(of('PRODUCT')).toEqual([['scope-without-objects', '/batches/0/scope']])
    expect(of('PRODUCT', { scope: scope({ kinds: ['ENTERPRISE'] }) })[0]).toEqual(['batch-scope-outside-line', '/batches/0/scope'])
  })

  it('PLN-13 DRW-26 is of a line that its own city draws alone', () => {
    const joint = { merged: false, cities: [] }
    const found = (batch: BatchInput) => problems([batch], { joint }).map(([each]) => each)
    expect(found({ ...spring, scope: scope({ tags: ['甲'] }) })).toContain('batch-scope-with-cities')
    expect(found(spring)).not.toContain('batch-scope-with-cities')
  })
})

describe('the shares of batches with scopes of their own', () => {
  const [east, west] = [inRegion('230302'), inRegion('230303')]

  it('PLN-13 CRD-04 are of the yearly ratio of the objects that a batch draws from: one batch of a scope takes all of it', () => {
    const shares = (batches: readonly BatchInput[], members: Partial<LineInput> = {}) =>
      line(batches, members).batches.map(({ share }) => share)
    expect(
      shares([
        { ...spring, scope: east },
        { ...autumn, scope: west },
      ]),
    ).toEqual([ratioOf(1, 1), ratioOf(1, 1)])
    expect(
      shares([
        { ...spring, scope: east },
        { ...autumn, scope: east },
      ]),
    ).toEqual([ratioOf(1, 2), ratioOf(1, 2)])
  })

  it('PLN-13 must make the whole for each scope, of a number for all together', () => {
    const halves = [
      { ...spring, scope: east, share: ratioOf(1, 2) },
      { ...autumn, scope: west, share: ratioOf(1, 2) },
    ]
    const wholes = halves.map((batch) => ({ ...batch, share: ratioOf(1, 1) }))
    const number = { ratios: [], count: 10, reasons: [{ rule: 'COUNT_INSTEAD_OF_RATIO', reason: '试点', legalBasis: '通知' }] } as const
    expect(problems(halves)).toEqual([['shares-not-whole', '/batches']])
    expect(problems(wholes)).toEqual([])
    expect(problems(halves, number)).toEqual([])
    expect(problems(wholes, number)).toEqual([['shares-not-whole', '/batches']])
    expect(
      line(
        halves.map(({ share: _share, ...batch }) => batch),
        number,
      ).batches.map(({ share }) => share),
    ).toEqual([ratioOf(1, 2), ratioOf(1, 2)])
  })
})

describe('what a line draws from', () => {
  it('PLN-13 is one part for each scope that its batches have', () => {
    const ofLine = inRegion('230302', '230303')
    const [east, line1] = [inRegion('230302'), { itemCodes: [code('G1')] }]
    expect(drawnParts(planLine('L01', { times: 2 }))).toEqual([line1])
    expect(drawnParts(line([{ ...spring, scope: east }, autumn], { scope: ofLine }))).toEqual([
      { ...line1, scope: east },
      { ...line1, scope: ofLine },
    ])
    expect(
      drawnParts(
        line([
          { ...spring, scope: east },
          { ...autumn, scope: east },
        ]),
      ),
    ).toHaveLength(1)
  })
})

describe('a line with batches of their own scope', () => {
  it('PLN-13 is one of whose batches any is narrowed, be it the last', () => {
    expect(hasBatchScopes(line([spring, autumn]))).toBe(false)
    expect(hasBatchScopes(line([{ ...spring, scope: inRegion('230302') }, autumn]))).toBe(true)
    expect(hasBatchScopes(line([spring, { ...autumn, scope: inRegion('230302') }]))).toBe(true)
  })
})
