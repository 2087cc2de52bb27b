import { type Archive, brokenWorkbook } from './archive.ts'
import { readAllXml } from './xml.ts'

export interface SheetPart {
  readonly name: string
  readonly part: string
  /** Whoever opens the workbook does not see it. */
  readonly isHidden: boolean
}

export interface Workbook {
  readonly named: readonly SheetPart[]
  /** The parts of its sheets in their order, one at least. */
  readonly sheets: readonly string[]
  /** Day 0 is 1904-01-01 (ECMA-376, 18.17.4.1), as old Macintosh files have it. */
  readonly is1904: boolean
}

/** What the parts of a workbook are called, whoever wrote it (ECMA-376, 18.2). */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const found: { readonly name: string; readonly relation: string; readonly isHidden: boolean }[] = []
  let is1904 = false
  await readAllXml(await archive.open('xl/workbook.xml'), {
    open: (name, attribute) => {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attribute('date1904') ?? '')
      if (name === 'sheet')
        found.push({
          name: attribute('name') ?? '',
          relation: attribute('id') ?? '',
          isHidden: (attribute('state') ?? 'visible') !== 'visible',
        })
    },
  })
  const targets = new Map<string, string>()
  await readAllXml(await archive.open('xl/_rels/workbook.xml.rels'), {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '')
    },
  })
  if (targets.get(found[0]?.relation ?? '') === undefined) throw brokenWorkbook()
  const named = found.flatMap(({ name, relation, isHidden }): readonly SheetPart[] => {
    const target = targets.get(relation)
    return target === undefined ? [] : [{ name, part: target.startsWith('/') ? target.slice(1) : `xl/${target}`, isHidden }]
  })
  return { named, sheets: named.map(({ part }) => part), is1904 }
}
