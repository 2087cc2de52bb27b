import { chinaDateOf, type LocalDate } from '@dual-random/kernel'
import type { ObjectKind, Publication, Ruled } from './publication.ts'
import { screenText } from './screening.ts'

/** Everything that leaves: the members are listed here one by one, so that nothing else can (SEC-07). */
export interface PublicResult {
  readonly publicationId: string
  readonly regionCode: string
  readonly unitId: string
  readonly objectCode: string
  readonly objectName: string
  readonly objectKind: ObjectKind
  readonly itemCode: string
  readonly itemName: string
  readonly resultType: string
  readonly resultText: string
  readonly subValue?: string
  readonly subValueText?: string
  readonly correctBy?: string
  readonly statement?: string
  readonly checkedOn: LocalDate
  readonly channel: string
}

/** The public form of a record under its object's name (PUB-09). */
export function publicResult({ publicationId, regionCode, unitId, content, end, terms }: Ruled, channel: string): PublicResult {
  const { objectCode, objectName, objectKind, itemCode, itemName, resultType, subValue, correctBy, note } = content
  return {
    publicationId,
    regionCode,
    unitId,
    objectCode,
    objectName,
    objectKind,
    itemCode,
    itemName,
    resultType,
    resultText: terms.resultText,
    ...(subValue === undefined ? {} : { subValue }),
    ...(terms.subValueText === undefined ? {} : { subValueText: terms.subValueText }),
    ...(correctBy === undefined ? {} : { correctBy }),
    ...(terms.statesNote && note !== undefined ? { statement: screenText(note).text } : {}),
    checkedOn: chinaDateOf(end.objectCheckEndedAt),
    channel,
  }
}

/** Whether the public may see a record. */
export const isPublic = (publication: Publication | undefined): publication is Extract<Publication, { readonly status: 'published' }> =>
  publication?.status === 'published'
