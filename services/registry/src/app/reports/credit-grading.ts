import { creditModules } from '../credit-modules.ts'
import { type GradeRecordsDeps, gradeCreditRecords } from '../grade-credit-records.ts'
import type { Units } from '../ports.ts'
import { citiesOf } from './cities.ts'
import type { ReportDefinition } from './definition.ts'

/** Grades the market subjects of every city whose policy has the credit module and its rules, day by day (CRD-19). */
export const creditGradingReport = (deps: GradeRecordsDeps & { readonly units: Units }): ReportDefinition => ({
  kind: 'CREDIT_GRADING',
  subjects: async () => {
    const moduleOf = creditModules(deps)
    const cities = []
    for (const regionCode of await citiesOf(deps.units)) {
      if ((await moduleOf(regionCode))?.rules !== undefined) cities.push({ subject: regionCode, regionCode })
    }
    return cities
  },
  run: async ({ regionCode }) => {
    const { marketSubjects, changed, warned, byGrade } = await gradeCreditRecords(deps, regionCode, '')
    const grades = Object.fromEntries(Object.entries(byGrade).map(([grade, count]) => [`grade${grade}`, count]))
    return { figures: { marketSubjects, changed, warned, ...grades }, source: null, rows: [] }
  },
})
