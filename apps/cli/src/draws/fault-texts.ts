import { type Difference, type Finding, faultWords, findingWords, type Words } from '@dual-random/verify'
import { both } from '../text.ts'

const line = (file: string, where: string, what: Words): string => `${file} ${where === '' ? '/' : where}: ${both(what)}`

/** `FILE PLACE: what`, as the verifier says it. */
export const differenceLine = (difference: Difference): string => line(difference.file, difference.where, faultWords(difference))

/** A finding of an audit in the same form. */
export const findingLine = (finding: Finding): string => line(finding.file, finding.where, findingWords(finding))
