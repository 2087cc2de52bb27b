import type { Instant } from '@dual-random/kernel'
import { decodeTable, everyObject } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { act, items, lineContext, planHeader, units } from '../../../tests/support/lines.ts'
import { valueOf } from '../../../tests/support/shipped.ts'
import { directoryOf } from '../../domain/import/directory.ts'
import type { ImportAnswer } from '../../domain/import/plan-import.ts'
import { takeAnswers } from './answer.ts'
import { type ResolutionContext, readTable, resolveTable } from './resolve.ts'

const joint = lineContext({
  plan: { ...planHeader, planType: 'JOINT', selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', stationUnitIds: [] } },
})
const context: ResolutionContext = { importId: 'i1', directory: directoryOf(items, units), line: joint, received: act }
const heading = '抽查任务名称,抽查事项,抽查对象,抽查比例,抽查频次,抽查日期自,抽查日期至,发起部门,配合部门'

function withShare(share: string) {
  const row = `饭店检查,事项G1,全部对象,${share},1次/年,2026-03-01,2026-06-30,鸡西市市场监督管理局,鸡西市公安局`
  const parsed = readTable(valueOf(decodeTable(new TextEncoder().encode(`${heading}\n${row}`))), context, undefined)
  const at = '2026-01-10T02:00:00.000Z' as Instant
  const take = (...answers: readonly ImportAnswer[]) =>
    valueOf(takeAnswers(answers, [], { parsed, context, act: { by: 'p', at } })).resolution
  return { questions: resolveTable(parsed, [], context).questions, take }
}

describe('a share of one kind of objects alone', () => {
  it.each(['10%的星级饭店', '星级饭店10%', '星级饭店按10%的比例抽取'])('PLN-13 asks whether the line is about that kind: %s', (share) => {
    const { questions } = withShare(share)
    expect(questions.map(({ code }) => code)).not.toContain('stratum-unknown')
    const scope = questions.find(({ questionId }) => questionId === 'line-1/scope')
    expect(scope).toMatchObject({ code: 'object-scope-limited', options: [{ value: everyObject }] })
    expect(scope?.message).toContain('比例只写了“星级饭店”')
  })

  it('PLN-13 is that of every object drawn from once it is said which these are', () => {
    const reason: ImportAnswer = { code: 'ratio-needs-reason', reason: '专项整治', legalBasis: '联查办法' }
    const { lines } = withShare('10%的星级饭店').take({ questionId: 'line-1/scope', value: '标签：业态:星级饭店' }, reason, {
      lineNo: 1,
      units: units.slice(0, 2).map(({ unitId }) => ({ unitId })),
    })
    expect(lines[0]?.input).toMatchObject({
      scope: { tags: ['业态:星级饭店'] },
      ratios: [{ stratum: 'ALL', ratio: { numerator: 1, denominator: 10 } }],
    })
  })

  it.each(['A级10%', '信用风险较高的企业10%', '市级10%', '星级饭店10%、民宿5%'])(
    'PLN-13 of a grade, a level or several kinds asks for the shares of the others: %s',
    (share) => {
      const { questions } = withShare(share)
      expect(questions.map(({ questionId, code }) => `${questionId} ${code}`)).toContain('line-1/quantity stratum-unknown')
    },
  )

  it.each(['10%', '检查对象总数的10%', '星级饭店10%，其余对象5%'])('PLN-13 leaves the objects as they are: %s', (share) => {
    expect(withShare(share).questions.map(({ questionId }) => questionId)).not.toContain('line-1/scope')
  })
})
