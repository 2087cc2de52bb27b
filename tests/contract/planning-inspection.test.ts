import { GetCluesResponse, GetUndrawnLineResponse } from '@dual-random/contracts/planning'
import type { Instant, ItemCode, LineId, LocalDate, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkKnownClues } from '../../services/inspection/src/domain/known-clue.ts'
import { type CheckOfLine, plannedMismatches } from '../../services/inspection/src/domain/planned-check.ts'
import { knownClueOf } from '../../services/inspection/src/peers/known-clue.ts'
import { undrawnLineOf } from '../../services/inspection/src/peers/undrawn-line.ts'
import { keptClues } from '../../services/planning/src/app/kept-clues.ts'
import { publishedUndrawnLineOf } from '../../services/planning/src/app/plan-line.ts'
import type { Clue } from '../../services/planning/src/domain/clue.ts'
import type { Plan } from '../../services/planning/src/domain/plan.ts'
import type { UndrawnLine } from '../../services/planning/src/domain/undrawn-line.ts'
import { clueMessage } from '../../services/planning/src/grpc/clue.ts'
import { undrawnLineMessage } from '../../services/planning/src/grpc/get-plan-line.ts'

const unitId = '230300-scj' as UnitId
const window = { start: '2026-04-01' as LocalDate, end: '2026-06-30' as LocalDate }

const keyLine: UndrawnLine = {
  lineId: 'L03' as LineId,
  kind: 'KEY_SUPERVISION',
  taskName: '电梯重点检查',
  field: '特种设备',
  objectScope: '电梯使用单位',
  objects: { kinds: ['ENTERPRISE', 'PROJECT'], industryPrefixes: ['F52'], tags: ['CARRIER:电梯'] },
  itemCodes: ['T1' as ItemCode],
  coveredBy: [],
  initiatorUnitId: unitId,
  unitIds: [unitId],
  window,
  matter: { listId: 'hlj-key', listVersion: 3, matterId: 'ZD-01', name: '电梯使用安全', stages: ['使用'] },
  reasons: [],
  commandId: 'c1',
}
const act = { by: 'planner', at: '2026-01-10T02:00:00.000Z' as Instant }

/** What inspection reads of what planning sends of a line. */
async function read(line: UndrawnLine) {
  const plan: Plan = {
    planId: 'p1' as PlanId,
    regionCode: '230300' as RegionCode,
    unitId,
    year: 2026,
    planType: 'INTERNAL',
    policy: { preset: 'p', version: '1' },
    policyDigest: 'f'.repeat(64),
    drafted: act,
    updatedAt: act.at,
    nextLine: 4,
    versions: [
      { number: 1, lines: [], undrawn: [line], changes: [], state: 'PUBLISHED', publication: { ...act, channels: [], digest: 'd' } },
    ],
  }
  const plans = { load: async () => plan } as unknown as Parameters<typeof publishedUndrawnLineOf>[0]['plans']
  const sent = GetUndrawnLineResponse.encode(undrawnLineMessage(await publishedUndrawnLineOf({ plans }, 'p1', line.lineId))).finish()
  return undrawnLineOf(GetUndrawnLineResponse.decode(sent))
}

describe('inspection judges a check by the clues that planning keeps', () => {
  const facts = {
    regionCode: '230300' as RegionCode,
    unitId,
    source: 'COMPLAINT',
    receivedAt: act.at,
    matter: '反映预付卡退费难',
    recorded: act,
  }
  const check = { regionCode: '230300' as RegionCode, objectCode: '91230300MA18XXXX0A' }
  const kept: Readonly<Record<string, Clue>> = {
    'clue-group': { ...facts, clueId: 'clue-group', status: 'OPEN' },
    'clue-object': { ...facts, clueId: 'clue-object', status: 'OPEN', object: { code: check.objectCode, name: '示例健身馆' } },
    'clue-clustered': { ...facts, clueId: 'clue-clustered', status: 'CLUSTERED', taskId: 't1' },
    'clue-closed': { ...facts, clueId: 'clue-closed', status: 'CLOSED', closing: { ...act, reason: '重复' } },
    'clue-checked': { ...facts, clueId: 'clue-checked', status: 'CHECKED', check: { at: act.at, checkTaskId: 't2' } },
  }
  /** What inspection makes of what planning sends of the clues. */
  async function judged(clueIds: readonly string[], of: Partial<typeof check> = {}) {
    const clues = { load: async (clueId: string) => kept[clueId] } as unknown as Parameters<typeof keptClues>[0]['clues']
    const sent = GetCluesResponse.encode({ clues: (await keptClues({ clues }, clueIds)).map(clueMessage) }).finish()
    const result = checkKnownClues(GetCluesResponse.decode(sent).clues.map(knownClueOf), { ...check, ...of })
    return result.ok ? 'passes' : `${result.error.code} ${result.error.clueId}`
  }

  it('TGT-15 a check at the object and in the region of its clues passes, and so does an id of another register', async () => {
    expect(await judged(['clue-group', 'clue-object', 'clue-clustered', '12315-1'])).toBe('passes')
    expect(await judged(['clue-group', 'clue-object'], { regionCode: '230302' as RegionCode })).toBe('passes')
    expect(await judged(['12315-1', '12315-2'], { objectCode: 'another', regionCode: '230400' as RegionCode })).toBe('passes')
  })

  it('TGT-15 one at another object, in another region, or for a settled clue does not', async () => {
    expect(await judged(['clue-group', 'clue-object'], { objectCode: '91230300MA18XXXX1B' })).toBe('clue-of-another-object clue-object')
    expect(await judged(['clue-group'], { objectCode: '91230300MA18XXXX1B' })).toBe('passes')
    expect(await judged(['12315-1', 'clue-group'], { regionCode: '230400' as RegionCode })).toBe('clue-of-another-region clue-group')
    expect(await judged(['clue-group'], { regionCode: '230000' as RegionCode })).toBe('clue-of-another-region clue-group')
    expect(await judged(['clue-closed'])).toBe('clue-settled clue-closed')
    expect(await judged(['clue-checked'])).toBe('clue-settled clue-checked')
  })
})

describe('inspection reads the lines that planning publishes without a draw', () => {
  it('PLN-11 TGT-05 a check as the line plans it matches what inspection reads of it, and each other does not', async () => {
    const check: CheckOfLine = {
      planned: { planId: 'p1', lineId: 'L03' },
      matter: { matterId: 'ZD-01', name: '电梯使用安全' },
      regionCode: '230300' as RegionCode,
      unitId,
      window,
      itemCodes: keyLine.itemCodes,
      object: { kind: 'ENTERPRISE', industry: 'F5211', tags: [] },
    }
    const line = await read(keyLine)
    expect(line.objects).toEqual(keyLine.objects)
    const codes = (changes: Partial<CheckOfLine>) => plannedMismatches(line, { ...check, ...changes }).map(({ code }) => code)
    expect(codes({})).toEqual([])
    expect(codes({ object: { kind: 'PROJECT', industry: '', tags: ['CARRIER:电梯'] } })).toEqual([])
    expect(codes({ matter: { matterId: 'ZD-01', name: '锅炉安全' }, unitId: 'x' as UnitId, itemCodes: ['T2' as ItemCode] })).toEqual([
      'planned-matter-name',
      'planned-unit',
      'planned-item',
    ])
    expect(codes({ object: { kind: 'PRODUCT', industry: 'F5211', tags: [] } })).toEqual(['planned-object'])
  })

  it('PLN-11 a line of another kind has no matter, and is read as what it is', async () => {
    const { matter: _matter, ...campaign } = keyLine
    const line = await read({ ...campaign, kind: 'CAMPAIGN', itemCodes: [], basis: '市局部署' })
    expect(line).toMatchObject({ kind: 'CAMPAIGN', itemCodes: [] })
    expect(line).not.toHaveProperty('matter')
    expect(line).not.toHaveProperty('madeBy')
  })

  it('TGT-11 a special check that a draw makes is told from one made in a way like a draw, which is opened', async () => {
    const { matter: _matter, ...facts } = keyLine
    const of = (means: NonNullable<UndrawnLine['problem']>['means']) =>
      read({ ...facts, kind: 'SPECIAL_CHECK', problem: { trigger: { id: 'HIGH_RISK', text: '风险高' }, description: '某类问题', means } })
    expect(await of({ lineId: 'L01' as LineId })).toMatchObject({ madeBy: 'L01' })
    expect(await of({ clueTaskId: 'ct-1' })).toMatchObject({ madeBy: 'ct-1' })
    expect(await of({ similar: '随机抽签' })).not.toHaveProperty('madeBy')
  })

  it('TGT-05 a line of key supervision without its matter is no answer', () => {
    const sent = GetUndrawnLineResponse.fromJSON({
      regionCode: '230300',
      kind: 'KEY_SUPERVISION',
      taskName: '电梯重点检查',
      objects: {},
      window,
    })
    expect(() => undrawnLineOf(sent)).toThrow('matter')
  })
})
