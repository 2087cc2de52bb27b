import { err, type LocalDate, ok, type RegionCode, type Result, regionContains, type UnitId } from '@dual-random/kernel'
import { type Applicability, appliesTo } from './applicability.ts'
import type { ObjectContent } from './check-object.ts'
import { isWithinIndustry } from './industry.ts'

/** Who supervises a class: the level (监管层次) of the unit. */
export const supervisionLevels = ['PROVINCE', 'CITY', 'COUNTY'] as const
export type SupervisionLevel = (typeof supervisionLevels)[number]

/** Whole percent; they add up to 100 and the grade's is the largest. */
export type ModelWeights = {
  readonly grade: number
  readonly industry: number
  readonly region: number
  readonly riskInformation: number
}

/** A class of the field's own with what it means for supervision: focus (监管重点), frequency (监管频率) and level (监管层次). */
export type ProfessionalClass = {
  readonly grade: string
  /** The lowest score of the class, 0 to 100. */
  readonly from: number
  readonly focus: string
  readonly checksPerYear: number
  readonly level: SupervisionLevel
}

/** What a field lays down; every score is a whole number from 0 (no risk) to 100. */
export type ModelContent = {
  readonly applicability: Applicability
  readonly weights: ModelWeights
  /** Each grade of the region's scheme, never falling from low risk to high. */
  readonly gradeScores: readonly { readonly grade: string; readonly score: number }[]
  /** Industry risk (行业风险度): the longest prefix that fits counts, none is 0. */
  readonly industryScores: readonly { readonly prefix: string; readonly score: number }[]
  /** Key supervision regions (监管重点区域): the smallest region that fits counts, none is 0. */
  readonly regionScores: readonly { readonly regionCode: RegionCode; readonly score: number }[]
  /** Score of each item of risk information of the field; 100 at most in all. */
  readonly scorePerRiskInformation: number
  /** How long an item counts after it was raised, in days. */
  readonly riskInformationDays: number
  /** From the lowest score up; the first begins at 0. */
  readonly classes: readonly ProfessionalClass[]
}

/** The indicator system (专业指标体系) of one field, which stands on the general result (CRD-13). A changed content is the next version. */
export interface ProfessionalModel {
  readonly modelId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly field: string
  readonly modelVersion: number
  readonly effectiveFrom: LocalDate
  readonly content: ModelContent
}

export type ModelProblem =
  | { readonly code: 'model-weights-sum'; readonly sum: number }
  | { readonly code: 'model-grade-not-first' }
  | { readonly code: 'model-grades-differ'; readonly grades: string }
  | { readonly code: 'model-grades-falling'; readonly grade: string }
  | { readonly code: 'model-classes-order'; readonly grade: string }

/** Whether the content weighs the credit-risk grade first and covers the scheme (`lowToHigh`) and every score. */
export function checkModel({ weights, gradeScores, classes }: ModelContent, lowToHigh: readonly string[]): Result<true, ModelProblem> {
  const sum = weights.grade + weights.industry + weights.region + weights.riskInformation
  if (sum !== 100) return err({ code: 'model-weights-sum', sum })
  if (weights.grade <= Math.max(weights.industry, weights.region, weights.riskInformation)) return err({ code: 'model-grade-not-first' })
  if (gradeScores.map(({ grade }) => grade).join() !== lowToHigh.join())
    return err({ code: 'model-grades-differ', grades: lowToHigh.join('、') })
  const falling = gradeScores.find(({ score }, index) => score < (gradeScores[index - 1]?.score ?? 0))
  if (falling !== undefined) return err({ code: 'model-grades-falling', grade: falling.grade })
  const grades = classes.map(({ grade }) => grade)
  const misplaced = classes.find(({ grade, from }, index) => {
    const before = classes[index - 1]
    return (before === undefined ? from !== 0 : from <= before.from) || grades.indexOf(grade) !== index
  })
  return misplaced === undefined ? ok(true) : err({ code: 'model-classes-order', grade: misplaced.grade })
}

/** What is judged of one object: its general grade and how many items of risk information of the field it has. */
export interface Judged {
  readonly content: ObjectContent
  readonly grade: string
  readonly riskInformation: number
}

export const isJudged = ({ applicability }: ModelContent, content: ObjectContent): boolean =>
  content.status === 'ACTIVE' && appliesTo(applicability, content)

/** Whether the model has a score for a general grade: those of an older scheme have none. */
export const scoresGrade = ({ gradeScores }: ModelContent, grade: string): boolean => gradeScores.some((each) => each.grade === grade)

/** Hundredths of a point, so that no division rounds: 100 × the weighted score. */
export function weightedScore(model: ModelContent, { content, grade, riskInformation }: Judged): number {
  const { weights } = model
  const ofGrade = model.gradeScores.find((each) => each.grade === grade)
  if (ofGrade === undefined) throw new Error(`the model scores no grade ${grade}`)
  return (
    weights.grade * ofGrade.score +
    weights.industry * industryScore(model, content.industry) +
    weights.region * regionScore(model, content.regionCode) +
    weights.riskInformation * Math.min(100, riskInformation * model.scorePerRiskInformation)
  )
}

/** The class of an object. */
export function professionalClass(model: ModelContent, judged: Judged): ProfessionalClass {
  const score = weightedScore(model, judged)
  const found = model.classes.findLast(({ from }) => from * 100 <= score)
  if (found === undefined) throw new Error('a model without a class from 0 was kept')
  return found
}

function industryScore({ industryScores }: ModelContent, industry: string): number {
  const fitting = industryScores.filter(({ prefix }) => isWithinIndustry(industry, prefix))
  return fitting.reduce((best, each) => (each.prefix.length > best.prefix.length ? each : best), { prefix: '', score: 0 }).score
}

function regionScore({ regionScores }: ModelContent, regionCode: RegionCode): number {
  const fitting = regionScores.filter((each) => regionContains(each.regionCode, regionCode))
  const smallest = fitting.find(({ regionCode: inner }) => fitting.every((outer) => regionContains(outer.regionCode, inner)))
  return smallest?.score ?? 0
}
