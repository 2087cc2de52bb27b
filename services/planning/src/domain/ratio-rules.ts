import { compareRatio, err, formatPercent, ok, type Ratio, type Result } from '@dual-random/kernel'
import { type Band, checkBand, gradeFor, type Policy } from '@dual-random/policy'
import type { CheckItem } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import type { FieldClass, ItemClass, StratumRatio } from './plan.ts'

export const allStrata = 'ALL'
export const ungraded = 'UNGRADED'

interface Classes {
  readonly itemClass: ItemClass
  readonly fieldClass: FieldClass
}

const unset = (pointer: string, { key, message }: { readonly key: string; readonly message: string }): LineProblem => ({
  code: 'policy-unset',
  pointer,
  key,
  message,
})

const bandText = ({ grade, min, max }: Band): string => `${grade} ${formatPercent(min)}–${formatPercent(max)}`

/**
 * The grades whose band a ratio leaves (CRD-04 to CRD-06). One ratio for ALL objects is that ratio in every grade, so it is held against
 * every band; key items have none.
 */
export function bandDepartures(policy: Policy, classes: Classes, ratios: readonly StratumRatio[]): readonly LineProblem[] {
  if (classes.itemClass === 'KEY') return []
  return ratios.flatMap(({ stratum, ratio }, index) => {
    const pointer = `/ratios/${index}`
    const grades = gradesOf(policy, stratum, pointer)
    return grades.ok ? grades.value.flatMap((grade) => departure(policy, classes, { stratum, ratio, grade, pointer })) : [grades.error]
  })
}

function gradesOf(policy: Policy, stratum: string, pointer: string): Result<readonly (string | undefined)[], LineProblem> {
  if (stratum === ungraded) return ok([undefined])
  if (stratum !== allStrata) return ok([stratum])
  const scheme = policy.get('gradeScheme')
  return scheme.ok ? ok(scheme.value.lowToHigh) : err(unset(pointer, scheme.error))
}

interface Planned {
  readonly stratum: string
  readonly ratio: Ratio
  readonly grade: string | undefined
  readonly pointer: string
}

function departure(policy: Policy, classes: Classes, { stratum, ratio, grade, pointer }: Planned): readonly LineProblem[] {
  const check = checkBand(policy, { ...classes, grade }, ratio)
  if (!check.ok) {
    return [check.error.code === 'policy-unset' ? unset(pointer, check.error) : { code: 'stratum-unknown', pointer, stratum }]
  }
  if (check.value.outcome === 'ok') return []
  const { band } = check.value
  return [{ code: 'ratio-outside-band', pointer, stratum, ratio: formatPercent(ratio), grade: band.grade, band: bandText(band) }]
}

/** Whether a ratio of a line lies outside a band of its own, or of any grade where it is one for all. */
export const leavesBand = (policy: Policy, classes: Classes, ratio: StratumRatio): boolean =>
  bandDepartures(policy, classes, [ratio]).some(({ code }) => code === 'ratio-outside-band')

/** Whether a number of objects escapes bands that the line would have: those of its field, which key items have not (CRD-06). */
export const escapesBands = (policy: Policy, { itemClass, fieldClass }: Classes): boolean =>
  itemClass === 'GENERAL' && (policy.find(fieldClass === 'GENERAL' ? 'ratio.bands' : 'ratio.keyFieldBands') ?? []).length > 0

/**
 * Ratios above the upper limit of a general item, in whatever stratum; a key item has no limit (REG-05, REG-06). Unlike a band, the limit is
 * the list owner's own and no reason overrides it.
 */
export function capExcesses(items: readonly CheckItem[], ratios: readonly StratumRatio[]): readonly LineProblem[] {
  return cappedItems(items).flatMap(({ code: itemCode, cap }) =>
    ratios.flatMap(({ stratum, ratio }, index) =>
      compareRatio(ratio, cap) > 0
        ? [
            {
              code: 'ratio-above-cap',
              pointer: `/ratios/${index}`,
              itemCode,
              stratum,
              ratio: formatPercent(ratio),
              cap: formatPercent(cap),
            },
          ]
        : [],
    ),
  )
}

/** The general items that have an upper limit. */
export const cappedItems = (items: readonly CheckItem[]): readonly { readonly code: string; readonly cap: Ratio }[] =>
  items.flatMap(({ itemClass, code, ratioCap }) => (itemClass === 'GENERAL' && ratioCap !== undefined ? [{ code, cap: ratioCap }] : []))

/** Strata as the draw needs them: `ALL` alone, or every grade of the scheme and UNGRADED, each once (CRD-16, PLN-26). */
export function checkStrata(policy: Policy, ratios: readonly StratumRatio[]): Result<readonly StratumRatio[], readonly LineProblem[]> {
  const strata = ratios.map(({ stratum }) => stratum)
  if (strata.includes(allStrata)) return strata.length === 1 ? ok(ratios) : err([{ code: 'stratum-all-not-alone', pointer: '/ratios' }])
  const scheme = policy.get('gradeScheme')
  if (!scheme.ok) return err([unset('/ratios', scheme.error)])
  const wanted = [...scheme.value.lowToHigh, ungraded]
  const problems: LineProblem[] = []
  for (const [index, stratum] of strata.entries()) {
    const pointer = `/ratios/${index}`
    if (!wanted.includes(stratum)) problems.push({ code: 'stratum-unknown', pointer, stratum })
    else if (strata.indexOf(stratum) !== index) problems.push({ code: 'stratum-twice', pointer, stratum })
  }
  if (problems.length > 0) return err(problems)
  const complete: StratumRatio[] = []
  const missing: LineProblem[] = []
  for (const stratum of wanted) {
    const ratio = ratioOfStratum(policy, ratios, stratum)
    if (ratio === undefined) missing.push({ code: 'stratum-missing', pointer: '/ratios', stratum })
    else complete.push({ stratum, ratio })
  }
  return missing.length > 0 ? err(missing) : ok(complete)
}

/** The ratio of a stratum; objects without a grade get that of the grade the policy counts them as. */
function ratioOfStratum(policy: Policy, ratios: readonly StratumRatio[], stratum: string): Ratio | undefined {
  const stated = ratios.find((entry) => entry.stratum === stratum)?.ratio
  if (stated !== undefined || stratum !== ungraded) return stated
  const counted = gradeFor(policy, undefined)
  return counted.ok ? ratios.find((entry) => entry.stratum === counted.value)?.ratio : undefined
}
