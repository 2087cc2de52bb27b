import { compareRatio } from '@dual-random/kernel'
import { z } from 'zod'
import { count, grade, key, percent } from './definition.ts'

const band = z
  .strictObject({ grade, min: percent, max: percent })
  .refine(({ min, max }) => compareRatio(min, max) <= 0, { error: '下限大于上限' })

const distinctGrades = { error: '等级重复' }

const bands = z.array(band).refine((list) => new Set(list.map((entry) => entry.grade)).size === list.length, distinctGrades)

const grades = z.array(grade).refine((list) => new Set(list).size === list.length, distinctGrades)

/** Credit grades, check ratios and repeats (sections 2 and 4 of the requirements). */
export const creditKeys = {
  gradeScheme: key('信用风险等级', z.strictObject({ lowToHigh: grades.min(1) })),
  lowRiskGrades: key('信用风险低的等级', grades),
  'ratio.bands': key('一般领域抽查比例区间', bands),
  'ratio.keyFieldBands': key('重点领域抽查比例区间', bands),
  'ratio.yearFloor': key('年度抽查下限', percent),
  'ratio.yearFloor.count': key(
    '年度抽查下限的口径',
    z.strictObject({ numerator: z.enum(['DISTINCT_ENTERPRISES', 'DRAWS']), denominatorAsOf: z.enum(['PLAN_FILING', 'YEAR_START']) }),
  ),
  'ratio.rounding': key('抽查数量取整', z.strictObject({ mode: z.enum(['UP', 'DOWN']), flagOvershoot: z.boolean() })),
  'ratio.unclassified': key(
    '无信用等级对象的处理',
    z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('OWN_STRATUM'), ratioBy: z.literal('PLANNER') }),
      z.strictObject({ mode: z.literal('AS_GRADE'), grade }),
    ]),
  ),
  'ratio.base': key('抽查比例的基数', z.enum(['MAPPED', 'ELIGIBLE'])),
  'ratio.batchOrderThreshold': key('须固定检查批次顺序的抽查比例', percent),
  'warning.due': key('预警事项处置期限', z.strictObject({ days: count })),
  'repeat.lowRiskBar': key(
    '低风险主体年度内不重复抽查',
    z.strictObject({ period: z.literal('CALENDAR_YEAR'), exceptions: z.array(z.enum(['LAW', 'REGULATION', 'RULE'])) }),
  ),
  'repeat.scope': key(
    '不重复抽查的范围',
    z.strictObject({ acrossLevels: z.boolean(), acrossJointChecks: z.boolean(), acrossRegions: z.boolean() }),
  ),
  'repeat.allowed': key('必要时可多次检查的主体', z.strictObject({ generalFieldGrades: grades, keyItemSubjects: z.boolean() })),
  'repeat.allowedGrades': key('其他等级重复抽查', z.strictObject({ grades, reasonRequired: z.boolean() })),
}
