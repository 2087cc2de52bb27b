import { type Instant, type PlanId, type RegionCode, ratioOf } from '@dual-random/kernel'
import { policyOf } from '@dual-random/policy'
import { decodeTable, planSheet, writeSheetCsv } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import {
  act,
  bureauWide,
  code,
  days,
  delegates,
  gaj,
  inBands,
  items,
  lineContext,
  lineId,
  lineInput,
  planHeader,
  scj,
  units,
} from '../../../tests/support/lines.ts'
import { fourCoalCities, shaoxing, valueOf } from '../../../tests/support/shipped.ts'
import { buildLine } from '../../domain/build-line.ts'
import { directoryOf } from '../../domain/import/directory.ts'
import type { ImportAnswer } from '../../domain/import/plan-import.ts'
import type { LineInput } from '../../domain/line-input.ts'
import { type ObjectScope, wholeScope } from '../../domain/object-scope.ts'
import type { Plan, PlanLine, PlanVersion } from '../../domain/plan.ts'
import { type Names, type PolicyWords, planDocument } from '../plan-document.ts'
import { takeAnswers } from './answer.ts'
import { type ResolutionContext, readTable, resolveTable } from './resolve.ts'

const identity = { lineId: lineId('L01'), commandId: 'c' }
const names: Names = {
  item: (itemCode) => items.find((item) => item.code === itemCode)?.name ?? itemCode,
  unit: (id) => [...units, ...delegates].find(({ unitId }) => unitId === id)?.name ?? id,
}

const words: PolicyWords = { mode: (mode) => mode, ground: (ground) => ground, aspect: (aspect) => aspect, leastTeam: 2 }

const joint = lineContext({
  plan: { ...planHeader, planType: 'JOINT', selection: bureauWide },
})
const context: ResolutionContext = { importId: 'i1', directory: directoryOf(items, units), line: joint, received: act }

const spring = { window: days('2026-03-01', '2026-04-30'), share: ratioOf(1, 4) }
const autumn = { window: days('2026-09-01', '2026-11-15'), share: ratioOf(3, 4) }
const both: Partial<LineInput> = {
  objectScope: '零售企业',
  itemCodes: [code('G1'), code('P1')],
  ratios: [{ stratum: 'ALL', ratio: ratioOf(1, 20) }],
  reasons: [{ rule: 'RATIO_BAND', reason: '专项整治', legalBasis: '联查办法' }],
  units: [{ unitId: scj }, { unitId: gaj, itemCodes: [code('P1')] }],
  initiatorUnitId: scj,
}

function lineOf(members: Partial<LineInput>): PlanLine {
  const { window: _window, ...rest } = lineInput()
  return valueOf(buildLine({ ...rest, ...both, ...members }, joint, identity))
}

/** The line as the import of its export reads it. */
function imported(line: PlanLine, within: ResolutionContext = context) {
  const version: PlanVersion = { number: 1, state: 'DRAFT', lines: [line], changes: [] }
  const members: Partial<Plan> = { planId: 'p1' as PlanId, planType: 'JOINT', selection: bureauWide, versions: [version] }
  const csv = writeSheetCsv(planSheet(planDocument({ ...planHeader, ...members } as Plan, version, names, words)))
  const parsed = readTable(valueOf(decodeTable(new TextEncoder().encode(csv))), within, undefined)
  const at = '2026-01-10T02:00:00.000Z' as Instant
  const take = (answers: readonly ImportAnswer[]) =>
    valueOf(takeAnswers(answers, [], { parsed, context: within, act: { by: 'p', at } })).resolution
  return { resolution: resolveTable(parsed, [], within), take }
}

/** What stays open of a rule that the line broke for a reason: the table does not say by which rule a reason stands. */
const reason: ImportAnswer = { lineNo: 1, ratios: inBands }
const codesOf = ({ questions }: ReturnType<typeof imported>['resolution']) => questions.map(({ code: asked }) => asked)

describe('a line that was exported and is imported', () => {
  it.each([
    ['batches of its own', { batches: [spring, autumn] }],
    [
      'a batch of some of its objects',
      {
        batches: [
          { ...spring, share: ratioOf(1, 1), scope: { ...wholeScope, tags: ['超市（连锁）'], regionCodes: ['230302' as RegionCode] } },
          { ...autumn, share: ratioOf(1, 1) },
        ],
      },
    ],
    ['one batch, of some of its objects', { batches: [{ ...spring, share: ratioOf(1, 1), scope: { ...wholeScope, tags: ['甲'] } }] }],
    ['batches that meet', { batches: [spring, { ...autumn, window: days('2026-04-01', '2026-12-31') }] }],
    [
      'batches in one month',
      { batches: [spring, autumn].map(({ share }, index) => ({ window: days(`2026-03-1${index}`, '2026-03-20'), share })) },
    ],
    ['even batches', { window: days('2026-03-01', '2026-12-31'), times: 3 }],
    ['one batch', { window: days('2026-03-01', '2026-12-31') }],
  ])('PLN-13 PLN-25 has the same batches: %s', (_, members) => {
    const line = lineOf(members)
    const { resolution, take } = imported(line)
    expect(codesOf(resolution)).toEqual(['ratio-needs-reason'])
    const [read] = take([reason]).lines
    expect(read?.ready).toBe(true)
    const again = valueOf(buildLine(read?.input ?? lineInput(), joint, identity))
    expect(again.batches).toEqual(line.batches)
  })

  it.each([
    [
      'each its own',
      [
        { unitId: scj, itemCodes: [code('G1')] },
        { unitId: gaj, itemCodes: [code('P1')] },
      ],
    ],
    [
      'against the checking bodies',
      [
        { unitId: scj, itemCodes: [code('P1')] },
        { unitId: gaj, itemCodes: [code('G1')] },
      ],
    ],
    ['all of them', [{ unitId: gaj }, { unitId: scj }]],
  ])('PLN-13 JNT-11 has the same departments for the same items: %s', (_, given) => {
    const line = lineOf({ window: days('2026-03-01', '2026-12-31'), units: given })
    const [read] = imported(line).take([reason]).lines
    const again = valueOf(buildLine(read?.input ?? lineInput(), joint, identity))
    expect(again.units).toEqual(line.units)
  })

  it.each<[string, ObjectScope | undefined]>([
    ['every object of the items', undefined],
    ['kinds', { ...wholeScope, kinds: ['ENTERPRISE'] }],
    [
      'all that can narrow them',
      { kinds: ['ENTERPRISE'], industryPrefixes: ['F52', 'H62'], tags: ['业态:零售', '连锁'], regionCodes: ['230302' as RegionCode] },
    ],
  ])('PLN-13 has the same objects, and nothing is asked about them: %s', (_, scope) => {
    const line = lineOf({ batches: [spring, autumn], objectScope: '城区连锁零售店', ...(scope === undefined ? {} : { scope }) })
    const { resolution, take } = imported(line)
    expect(codesOf(resolution)).toEqual(['ratio-needs-reason'])
    const [read] = take([reason]).lines
    const again = valueOf(buildLine(read?.input ?? lineInput(), joint, identity))
    expect([again.objectScope, again.scope]).toEqual([line.objectScope, line.scope])
  })

  it('DRW-16 PLN-13 has the same check batches, and an answer of the importer’s goes before them', () => {
    const line = lineOf({ batches: [spring, autumn], checkBatches: 3 })
    const { resolution, take } = imported(line)
    expect(codesOf(resolution)).toEqual(['ratio-needs-reason'])
    expect(take([reason]).lines[0]?.input?.checkBatches).toBe(3)
    expect(take([{ ...reason, checkBatches: 5 }]).lines[0]?.input?.checkBatches).toBe(5)
    expect(imported(lineOf({ batches: [spring, autumn] })).take([reason]).lines[0]?.input).not.toHaveProperty('checkBatches')
  })

  it('PLN-13 without words for its objects has the same ones by the marks alone, and nothing is asked about them', () => {
    const { window: _window, objectScope: _words, ...wordless } = { ...lineInput(), ...both }
    const line = valueOf(buildLine({ ...wordless, batches: [spring, autumn] }, joint, identity))
    const { resolution, take } = imported(line)
    expect(codesOf(resolution)).toEqual(['ratio-needs-reason'])
    const again = valueOf(buildLine(take([reason]).lines[0]?.input ?? lineInput(), joint, identity))
    expect([again.objectScope, again.scope]).toEqual([undefined, undefined])
    expect(again).toEqual({ ...line, ratios: again.ratios, reasons: again.reasons, source: again.source, creditRule: again.creditRule })
  })

  it('PLN-13 asks where what stands for the objects is no mark of this register, and takes the answer', () => {
    const line = lineOf({ batches: [spring, autumn] })
    const { resolution, take } = imported({ ...line, scope: { ...wholeScope, kinds: ['船舶'] } })
    expect(codesOf(resolution)).toContain('object-scope-unclear')
    const settled = take([reason, { lineNo: 1, scope: { ...wholeScope, kinds: ['ENTERPRISE'] } }])
    expect(settled).toMatchObject({ questions: [], lines: [{ ready: true, input: { scope: { kinds: ['ENTERPRISE'] } } }] })
  })

  it('PLN-13 asks who checks what where a person changes the departments, and takes the answer', () => {
    const { take } = imported(lineOf({ batches: [spring, autumn] }))
    const changed = take([reason, { lineNo: 1, participantUnitIds: [] }])
    expect(codesOf(changed)).toEqual(['unit-items-unclear'])
    const settled = take([
      reason,
      {
        lineNo: 1,
        units: [
          { unitId: scj, itemCodes: [code('G1'), code('P1')] },
          { unitId: gaj, itemCodes: [code('G1')] },
        ],
      },
    ])
    expect(settled.lines[0]).toMatchObject({ ready: true, input: { units: [{ unitId: scj }, { unitId: gaj, itemCodes: ['G1'] }] } })
  })

  it('PLN-25 has batches cut anew where a person gives another time or number, and those that a person gives', () => {
    const { take } = imported(lineOf({ batches: [spring, autumn] }))
    const inputOf = (answer: ImportAnswer) => take([reason, answer]).lines[0]?.input
    expect(inputOf({ lineNo: 1, taskName: '甲' })?.batches).toEqual([spring, autumn])
    const window = days('2026-03-01', '2026-12-31')
    expect(inputOf({ lineNo: 1, window })).toMatchObject({ window, times: 2 })
    expect(inputOf({ lineNo: 1, window })).not.toHaveProperty('batches')
    expect(inputOf({ lineNo: 1, times: 3 })).not.toHaveProperty('batches')
    const given = [{ window, share: ratioOf(1, 1) }]
    expect(inputOf({ lineNo: 1, batches: given })?.batches).toEqual(given)
  })

  it('PLN-25 asks what each batch draws from where a batch of the table says and a person gives another time or number', () => {
    const scope = { ...wholeScope, regionCodes: ['230302' as RegionCode] }
    const scoped = [
      { ...spring, share: ratioOf(1, 1), scope },
      { ...autumn, share: ratioOf(1, 1) },
    ]
    const { take } = imported(lineOf({ batches: scoped }))
    const open = ({ lines, questions }: ReturnType<typeof take>) => [lines[0]?.ready, ...questions.map(({ code: asked }) => asked)]
    const window = days('2026-03-01', '2026-12-31')
    for (const other of [{ times: 3 }, { window }]) {
      const asked = take([reason, { lineNo: 1, ...other }])
      expect(open(asked)).toEqual([false, 'batch-scope-unclear'])
      expect(asked.questions[0]).toMatchObject({ questionId: 'line-1/batches', accepts: ['batches', 'omit'] })
      const given = [{ window, scope, share: ratioOf(1, 1) }]
      const settled = take([reason, { lineNo: 1, ...other }, { questionId: 'line-1/batches', batches: given }])
      expect(settled).toMatchObject({ questions: [], lines: [{ ready: true, input: { batches: given } }] })
    }
    expect(open(take([reason, { lineNo: 1, times: 2 }]))).toEqual([true])
    expect(open(imported(lineOf({ batches: [spring, autumn] })).take([reason, { lineNo: 1, times: 3 }]))).toEqual([true])
  })

  it('PLN-25 asks what each batch draws from where a batch of the table says and a person has them even', () => {
    const scope = { ...wholeScope, regionCodes: ['230302' as RegionCode] }
    const line = lineOf({ batches: [spring, autumn] })
    const of2025 = (members: object) =>
      imported({ ...line, batches: line.batches.map((batch) => ({ ...batch, ...members, window: days('2025-03-01', '2025-04-30') })) })
    const even = [
      reason,
      { questionId: 'line-1/window', value: '2026-03-01/2026-10-31' },
      { questionId: 'line-1/remarkedBatches', value: 'even' },
    ]
    const narrowed = of2025({ scope }).take(even)
    expect([narrowed.lines[0]?.ready, codesOf(narrowed)]).toEqual([false, ['batch-scope-unclear']])
    const batches = [{ window: days('2026-03-01', '2026-10-31'), scope, share: ratioOf(1, 1) }]
    const settled = of2025({ scope }).take([...even, { questionId: 'line-1/batches', batches }])
    expect(settled).toMatchObject({ questions: [], lines: [{ ready: true, input: { batches } }] })
    expect(of2025({}).take(even)).toMatchObject({ questions: [], lines: [{ ready: true, input: { times: 2 } }] })
  })

  it('PLN-13 takes batches that a person gives for those of the remarks that do not fit', () => {
    const line = lineOf({ batches: [spring, autumn] })
    const { resolution, take } = imported({
      ...line,
      batches: line.batches.map((batch) => ({ ...batch, window: days('2025-03-01', '2025-04-30') })),
    })
    expect(codesOf(resolution)).toEqual(['window-before-plan-year', 'batches-outside-plan-year'])
    const batches = [spring, autumn]
    const settled = take([reason, { lineNo: 1, batches }])
    expect(settled).toMatchObject({ questions: [], lines: [{ ready: true, input: { batches } }] })
  })

  it('PLN-13 DRW-09 asks by name about a mode other than the plan’s and a larger team, and then goes on with the plan’s', () => {
    const selection = { ...bureauWide, ground: 'SPECIALITY' } as const
    const line = lineOf({
      batches: [spring, autumn],
      units: [
        { unitId: scj, teamSize: 3 },
        { unitId: gaj, itemCodes: [code('P1')], selection },
      ],
    })
    const { resolution, take } = imported({ ...line, jointException: { ground: 'SUPERIOR', basis: '省局文件', ...act } })
    const told = resolution.questions.map(({ questionId, code: asked, message }) => [
      questionId,
      asked,
      message.match(/“[^”]*”/g)?.join(''),
    ])
    expect(told.filter(([, asked]) => asked === 'selections-not-read')).toEqual([
      ['line-1/selections', 'selections-not-read', '“选派：鸡西市市场监督管理局每组3人”“选派：鸡西市公安局BUREAU_WIDE，依据专业要求”'],
    ])
    const [read] = take([{ questionId: 'line-1/selections', value: 'without' }, reason]).lines
    expect(read).toMatchObject({ ready: true, input: { batches: [spring, autumn] } })
    expect(valueOf(buildLine(read?.input ?? lineInput(), joint, identity)).units).toMatchObject([
      { unitId: scj, teamSize: 2, selection: bureauWide },
      { unitId: gaj, selection: bureauWide },
    ])
  })

  it('DRW-10 DRW-26 asks about a delegation and about other cities by name, and then goes on without', () => {
    const line = lineOf({ batches: [spring, autumn] })
    const delegation = { toUnitId: '230302-scj' as never, toRegionCode: '230302' as RegionCode, kind: 'SUBORDINATE' as const }
    const { resolution, take } = imported({
      ...line,
      units: line.units.map((unit) => (unit.unitId === scj ? { ...unit, delegation } : unit)),
      joint: { merged: true, cities: [{ regionCode: '230500' as RegionCode, initiatorUnitId: gaj, unitIds: [] }] },
    })
    const told = resolution.questions.map(({ questionId, code: asked, message }) => [questionId, asked, /“.*”/.exec(message)?.[0]])
    expect(told).toEqual([
      ['line-1/delegation', 'delegation-not-read', '“鸡西市市场监督管理局委托230302-scj检查”'],
      ['line-1/cities', 'cities-not-read', '“与230500一并抽取，名录库合并”'],
    ])
    const without = ['delegation', 'cities'].map((field): ImportAnswer => ({ questionId: `line-1/${field}`, value: 'without' }))
    expect(take([...without, reason])).toMatchObject({ questions: [], lines: [{ ready: true, input: { batches: [spring, autumn] } }] })
    expect(take([{ lineNo: 1, omit: true, reason: '委托另报' }]).questions).toEqual([])
  })

  function withinLineFields(strength: 'shall' | 'by-default'): ResolutionContext {
    const { content } = fourCoalCities
    const asked = shaoxing.content.values.get('plan.lineFields')
    if (asked === undefined) throw new Error('plan.lineFields is not set')
    const documents = [...content.documents, ...shaoxing.content.documents]
    const policy = policyOf({ ...content, documents, values: new Map(content.values).set('plan.lineFields', { ...asked, strength }) })
    return { ...context, line: { ...joint, policy } }
  }
  const byNumber: Partial<LineInput> = {
    batches: [spring, autumn],
    ratios: [],
    count: 12,
    reasons: [{ rule: 'COUNT_INSTEAD_OF_RATIO', reason: '试点', legalBasis: '联查办法' }],
  }
  const why: ImportAnswer = { code: 'count-needs-reason', reason: '试点', legalBasis: '联查办法' }

  it('PLN-13 asks for what policy has a line state and the table does not, before filing would refuse it', () => {
    const within = withinLineFields('shall')
    const counted = lineOf(byNumber)
    expect(imported(counted).take([why]).questions).toEqual([])
    const { questions, lines } = imported(counted, within).take([why])
    expect(questions).toMatchObject([{ field: 'missingRatio', code: 'line-field-missing', lineNo: 1 }])
    expect(questions[0]?.message).toContain('须写明抽查比例，')
    expect(lines[0]?.ready).toBe(false)
    expect(imported(counted, within).take([reason])).toMatchObject({ questions: [], lines: [{ ready: true }] })
  })

  it('PLN-13 POL-07 asks for each of two fields by itself, in any order; one reason settles both where policy allows it', () => {
    const { window: _window, objectScope: _words, ...wordless } = { ...lineInput(), ...both, ...byNumber }
    const line = valueOf(buildLine(wordless, joint, identity))
    const asked = (answers: readonly ImportAnswer[], strength: 'shall' | 'by-default' = 'shall') =>
      imported(line, withinLineFields(strength))
        .take([why, ...answers])
        .questions.map(({ questionId }) => questionId)
    const objects: ImportAnswer = { questionId: 'line-1/missingObjects', scope: { ...wholeScope, tags: ['甲'] } }
    const ratio: ImportAnswer = { questionId: 'line-1/missingRatio', ratios: inBands }
    expect(asked([])).toEqual(['line-1/missingObjects', 'line-1/missingRatio'])
    expect(asked([objects])).toEqual(['line-1/missingRatio'])
    expect(asked([ratio])).toEqual(['line-1/missingObjects'])
    expect(asked([objects, ratio])).toEqual([])
    const without: ImportAnswer = { questionId: 'line-1/missingRatio', reason: '试点', legalBasis: '通知四(一)' }
    expect(asked([without], 'by-default')).toEqual([])
  })
})
