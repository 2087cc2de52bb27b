import { compareRatio } from '@dual-random/kernel'
import { z } from 'zod'
import { code, count, distinctIds, grade, key, percent, text } from './definition.ts'

const band = z
  .strictObject({ grade, min: percent, max: percent })
  .refine(({ min, max }) => compareRatio(min, max) <= 0, { error: '下限大于上限' })

const distinctGrades = { error: '等级重复' }

const bands = z.array(band).refine((list) => new Set(list.map((entry) => entry.grade)).size === list.length, distinctGrades)

const grades = z.array(grade).refine((list) => new Set(list).size === list.length, distinctGrades)

/** Where the entries of a credit record come from (003 三(五)). */
const creditEntrySource = z.enum(['MARKET_REGULATION_SUPERVISION', 'OTHER_DEPARTMENTS_CREDIT'])

/** What entries of one kind do to the score; the first rule that names an entry's source and kind is the entry's. */
const gradingRule = z.strictObject({
  id: code,
  text,
  source: creditEntrySource,
  /** Result types of checks, or the categories that other departments use. */
  kinds: z.array(text).min(1),
  /** Of these sub-values of a check result only; of any where absent. */
  subValues: z.array(code).min(1).optional(),
  points: z.int().min(-100).max(100),
  countsForDays: count,
  /** Whether each such entry is a risk to be warned of. */
  warns: z.boolean(),
})

/** A score from 0 to 100, higher for better credit; grades from low risk to high, the last from 0. */
const grading = z
  .strictObject({
    startScore: z.int().min(0).max(100),
    rules: z.array(gradingRule).refine(distinctIds, { error: '标识重复' }),
    grades: z
      .array(z.strictObject({ grade, from: z.int().min(0).max(100) }))
      .min(1)
      .refine((list) => new Set(list.map((each) => each.grade)).size === list.length, distinctGrades)
      .refine((list) => list.every(({ from }, index) => index === 0 || from < (list[index - 1]?.from ?? 0)), { error: '起始分须逐级递减' })
      .refine((list) => list.at(-1)?.from === 0, { error: '最后一级须从 0 分起' }),
    /** A subject that falls to one of these is warned of. */
    warnAt: grades,
  })
  .refine(({ grades: known, warnAt }) => warnAt.every((each) => known.some((one) => one.grade === each)), { error: '预警等级不在等级之内' })

/** A field whose classes build the strata of draws on its items, known by the specialities these need; classes outside the scheme count as a grade of it. */
const professionalStrata = z
  .array(
    z.strictObject({
      field: text,
      specialities: z.array(text).min(1),
      classes: z
        .array(z.strictObject({ class: grade, as: grade }))
        .refine((list) => new Set(list.map((each) => each.class)).size === list.length, { error: '类别重复' })
        .optional(),
    }),
  )
  .min(1)
  .refine((list) => new Set(list.map((each) => each.field)).size === list.length, { error: '领域重复' })

/** Credit grades, check ratios and repeats (sections 2 and 4 of the requirements). */
/** What may provide for drawing a low-risk subject again (CRD-09). */
export const citationKinds = ['LAW', 'REGULATION', 'RULE'] as const

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
  'ratio.rounding': key('抽查数量取整', z.strictObject({ mode: z.enum(['UP', 'NEAREST']), flagOvershoot: z.boolean() })),
  'ratio.unclassified': key(
    '无信用等级对象的处理',
    z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('OWN_STRATUM'), ratioBy: z.literal('PLANNER') }),
      z.strictObject({ mode: z.literal('AS_GRADE'), grade }),
    ]),
  ),
  'ratio.base': key('抽查比例的基数', z.enum(['MAPPED', 'ELIGIBLE'])),
  'ratio.batchOrderThreshold': key('须固定检查批次顺序的抽查比例', percent),
  'credit.module': key(
    '信用监管模块',
    z.strictObject({
      collects: z.array(creditEntrySource).min(1),
      /** Whether the grade it finds is the general result, by which draws are stratified, or stands beside it. */
      grade: z.enum(['AS_GENERAL_RESULT', 'BESIDE_GENERAL_RESULT']),
      warns: z.boolean(),
    }),
  ),
  'credit.grading': key('信用等级评价规则', grading),
  'draw.professionalStrata': key('按专业分类结果分层的领域', professionalStrata),
  'warning.due': key('预警事项处置期限', z.strictObject({ days: count })),
  'repeat.lowRiskBar': key(
    '低风险主体年度内不重复抽查',
    z.strictObject({ period: z.literal('CALENDAR_YEAR'), exceptions: z.array(z.enum(citationKinds)) }),
  ),
  'repeat.scope': key(
    '不重复抽查的范围',
    z.strictObject({ acrossLevels: z.boolean(), acrossJointChecks: z.boolean(), acrossRegions: z.boolean() }),
  ),
  'repeat.allowed': key('必要时可多次检查的主体', z.strictObject({ generalFieldGrades: grades, keyItemSubjects: z.boolean() })),
  'repeat.allowedGrades': key('其他等级重复抽查', z.strictObject({ grades, reasonRequired: z.boolean() })),
}
