import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { ObjectContent } from './check-object.ts'
import {
  checkModel,
  isJudged,
  type Judged,
  type ModelContent,
  professionalClass,
  scoresGrade,
  weightedScore,
} from './professional-model.ts'

const scheme = ['A', 'B', 'C', 'D']
const model: ModelContent = {
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['H62'], tags: [] },
  weights: { grade: 50, industry: 20, region: 10, riskInformation: 20 },
  gradeScores: scheme.map((grade, index) => ({ grade, score: [0, 20, 60, 100][index] ?? 0 })),
  industryScores: [
    { prefix: 'H62', score: 40 },
    { prefix: 'H621', score: 100 },
  ],
  regionScores: [
    { regionCode: '230300' as RegionCode, score: 10 },
    { regionCode: '230302' as RegionCode, score: 100 },
  ],
  scorePerRiskInformation: 50,
  riskInformationDays: 365,
  classes: [
    { grade: 'L', from: 0, focus: '信用承诺', checksPerYear: 1, level: 'COUNTY' },
    { grade: 'M', from: 50, focus: '进货查验', checksPerYear: 2, level: 'COUNTY' },
    { grade: 'H', from: 80, focus: '全项检查', checksPerYear: 4, level: 'CITY' },
  ],
}
const content: ObjectContent = {
  name: '示例餐馆',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '示例路1号',
  tags: [],
  status: 'ACTIVE',
}
const judged = (grade: string, riskInformation = 0, changes: Partial<ObjectContent> = {}): Judged => ({
  content: { ...content, ...changes },
  grade,
  riskInformation,
})
const problemOf = (changes: Partial<ModelContent>) => {
  const checked = checkModel({ ...model, ...changes }, scheme)
  return checked.ok ? undefined : checked.error.code
}

describe('professional classification', () => {
  it('CRD-13 stands on the general grade: the same object rises with it', () => {
    expect(scheme.map((grade) => weightedScore(model, judged(grade)))).toEqual([3000, 4000, 6000, 8000])
    expect(scheme.map((grade) => professionalClass(model, judged(grade)).grade)).toEqual(['L', 'L', 'M', 'H'])
  })

  it('CRD-13 weighs industry risk and key regions after it, the closest of each', () => {
    expect(weightedScore(model, judged('A', 0, { industry: 'H6220', regionCode: '230302' as RegionCode }))).toBe(1800)
    expect(weightedScore(model, judged('A', 0, { industry: 'H6220', regionCode: '230303' as RegionCode }))).toBe(900)
    const mirrored = { ...model, industryScores: model.industryScores.toReversed(), regionScores: model.regionScores.toReversed() }
    expect(weightedScore(mirrored, judged('A'))).toBe(weightedScore(model, judged('A')))
    expect(weightedScore(model, judged('A', 0, { industry: 'C1310', regionCode: '230500' as RegionCode }))).toBe(0)
  })

  it('CRD-13 a class begins at its score, and says focus, frequency and level', () => {
    const classes = model.classes.map((each) => (each.grade === 'H' ? { ...each, from: 81 } : each))
    expect(professionalClass(model, judged('D'))).toMatchObject({ focus: '全项检查', checksPerYear: 4, level: 'CITY' })
    expect(professionalClass({ ...model, classes }, judged('D')).grade).toBe('M')
    expect(() => professionalClass({ ...model, classes: [] }, judged('D'))).toThrow('class from 0')
  })

  it('CRD-20 risk information of the field raises the class, up to its weight', () => {
    expect([0, 1, 2, 9].map((count) => weightedScore(model, judged('B', count)))).toEqual([4000, 5000, 6000, 6000])
    expect([0, 1].map((count) => professionalClass(model, judged('B', count)).grade)).toEqual(['L', 'M'])
  })

  it('CRD-13 refuses a model that does not weigh the grade first', () => {
    expect(checkModel(model, scheme)).toEqual({ ok: true, value: true })
    expect(problemOf({ weights: { grade: 40, industry: 40, region: 10, riskInformation: 10 } })).toBe('model-grade-not-first')
    expect(problemOf({ weights: { grade: 41, industry: 39, region: 10, riskInformation: 10 } })).toBeUndefined()
    expect(problemOf({ weights: { grade: 50, industry: 20, region: 10, riskInformation: 21 } })).toBe('model-weights-sum')
  })

  it('CRD-13 refuses other grades than the scheme’s, scores that fall, and classes that leave a score out', () => {
    expect(problemOf({ gradeScores: model.gradeScores.slice(1) })).toBe('model-grades-differ')
    expect(checkModel({ ...model, gradeScores: [] }, scheme)).toEqual({
      ok: false,
      error: { code: 'model-grades-differ', grades: 'A、B、C、D' },
    })
    const falling = model.gradeScores.map((each) => (each.grade === 'C' ? { ...each, score: 19 } : each))
    expect(problemOf({ gradeScores: falling })).toBe('model-grades-falling')
    expect(problemOf({ classes: model.classes.slice(1) })).toBe('model-classes-order')
    expect(problemOf({ classes: model.classes.toReversed() })).toBe('model-classes-order')
    expect(problemOf({ classes: model.classes.map((each) => ({ ...each, grade: 'L' })) })).toBe('model-classes-order')
    const highFrom = (from: number) => model.classes.map((each) => (each.grade === 'H' ? { ...each, from } : each))
    expect([49, 50, 51].map((from) => problemOf({ classes: highFrom(from) }))).toEqual([
      'model-classes-order',
      'model-classes-order',
      undefined,
    ])
  })

  it('CRD-13 scores no grade of another scheme', () => {
    expect(['A', 'D', 'E'].map((grade) => scoresGrade(model, grade))).toEqual([true, true, false])
    expect(() => weightedScore(model, judged('E'))).toThrow('no grade E')
  })

  it('CRD-13 judges the active objects the field applies to', () => {
    expect(isJudged(model, content)).toBe(true)
    expect(isJudged(model, { ...content, status: 'DEREGISTERED' })).toBe(false)
    expect(isJudged(model, { ...content, industry: 'C1310' })).toBe(false)
  })
})
