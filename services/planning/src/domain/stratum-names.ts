import { ungraded } from './ratio-rules.ts'

const ungradedName = '未分级对象'

/** A stratum as people read it, and as the import knows it again. */
export const stratumName = (stratum: string): string => (stratum === ungraded ? ungradedName : `信用风险${stratum}级`)

/** The stratum that a name in a published table certainly means: a grade of the scheme, by itself or as `stratumName` writes it. */
export function stratumNamed(name: string, grades: readonly string[]): string | undefined {
  return [...grades, ungraded].find((stratum) => name === stratum || name === stratumName(stratum))
}
