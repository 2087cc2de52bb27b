/** What one department of a line checks. */
export interface PublishedDuty {
  readonly unit: string
  readonly itemNames: readonly string[]
}

export type DutiesReading =
  | { readonly kind: 'duties'; readonly duties: readonly PublishedDuty[]; readonly rest: string }
  | { readonly kind: 'unclear' }

const lead = '分工：'
const checks = '检查'
const longestDuties = 4_000

/** `分工：甲局检查事项一、事项二，乙局检查事项三`, which `readDuties` reads back. */
export const writeDuties = (duties: readonly PublishedDuty[]): string =>
  `${lead}${duties.map(({ unit, itemNames }) => `${unit}${checks}${itemNames.join('、')}`).join('，')}`

/** One way of reading a text from a place on: items of the department before it, then other departments, up to where they end. */
interface Way {
  readonly items: readonly string[]
  readonly duties: readonly PublishedDuty[]
  readonly end: number
}

/** Two ways are one too many: more of them need not be told apart. */
const twoOf = (ways: readonly Way[]): readonly Way[] => ways.slice(0, 2)

/** All ways of reading the text from its beginning on. From the end backwards, so that no way is followed twice. */
function waysOf(text: string, units: readonly string[], items: readonly string[]): readonly Way[] {
  const itemsAt: (readonly Way[])[] = []
  const unitsAt: (readonly Way[])[] = []
  const after = (at: number): readonly Way[] => {
    if (at === text.length || text[at] === '；') return [{ items: [], duties: [], end: at }]
    if (text[at] === '、') return itemsAt[at + 1] ?? []
    return text[at] === '，' ? (unitsAt[at + 1] ?? []) : []
  }
  for (let at = text.length; at >= 0; at -= 1) {
    itemsAt[at] = twoOf(
      items
        .filter((item) => text.startsWith(item, at))
        .flatMap((item) => after(at + item.length).map((way) => ({ ...way, items: [item, ...way.items] }))),
    )
    unitsAt[at] = twoOf(
      units
        .map((unit) => ({ unit, start: `${unit}${checks}` }))
        .filter(({ start }) => text.startsWith(start, at))
        .flatMap(({ unit, start }) =>
          (itemsAt[at + start.length] ?? []).map(({ items: itemNames, duties, end }) => ({
            items: [],
            duties: [{ unit, itemNames }, ...duties],
            end,
          })),
        ),
    )
  }
  return unitsAt[0] ?? []
}

/**
 * Reads who checks what at the beginning of a remark, of departments and items that are known: their names may hold any of the marks that part
 * them. `rest` is what follows. Undefined for a remark that does not begin with 分工, `unclear` where it cannot be read in exactly one way.
 */
export function readDuties(remark: string, units: readonly string[], items: readonly string[]): DutiesReading | undefined {
  if (!remark.startsWith(lead)) return undefined
  const text = remark.slice(lead.length)
  const named = (names: readonly string[]): readonly string[] => [...new Set(names)].filter((name) => name !== '')
  const [only, another] = text.length > longestDuties ? [] : waysOf(text, named(units), named(items))
  if (only === undefined || another !== undefined) return { kind: 'unclear' }
  return { kind: 'duties', duties: only.duties, rest: text.slice(only.end).replace(/^；/, '') }
}
