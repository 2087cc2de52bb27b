import { squash } from '../text.ts'
import { boundOf, boundWords, spread } from './percent.ts'

/** A number of objects; `proviso` is the bracketed remark that makes it preliminary. */
export type CountReading =
  | { readonly kind: 'count'; readonly min?: number; readonly max?: number; readonly grade?: string; readonly proviso?: string }
  | { readonly kind: 'unclear' }

const form = new RegExp(
  String.raw`^(?:(?<grade>低风险|一般风险|中风险|较高风险|高风险)(?:对象|企业)?)?(?<bound>${boundWords})?(?<low>\d{1,7})(?:-(?<high>\d{1,7}))?(?<unit>户次|户|家次|家|个|所|名|人|处|批次)?(?<after>以上|及以上|以下|及以下)?(?<proviso>\(.*为准[。.]?\))?[。.]?$`,
)

/** Reads a cell with a number of objects, `3`, `46家`, `5-10户`; undefined when it is blank. */
export function readCountCell(text: string): CountReading | undefined {
  const plain = squash(text)
  if (plain === '') return undefined
  const groups = form.exec(plain)?.groups
  if (groups === undefined) return { kind: 'unclear' }
  const low = Number(groups['low'])
  const high = groups['high'] === undefined ? undefined : Number(groups['high'])
  const bound = boundOf(groups['bound'], groups['after'])
  if (bound === undefined || (high !== undefined && (bound !== 'exact' || high < low))) return { kind: 'unclear' }
  const { grade, proviso } = groups
  return {
    kind: 'count',
    ...(high === undefined ? spread(bound, low) : { min: low, max: high }),
    ...(grade === undefined ? {} : { grade }),
    ...(proviso === undefined ? {} : { proviso: proviso.slice(1, -1) }),
  }
}
