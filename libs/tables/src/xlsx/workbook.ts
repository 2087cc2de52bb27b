import { type Archive, brokenWorkbook } from './archive.ts'
import { readAllXml } from './xml.ts'

export interface Workbook {
  /** The parts of its sheets in their order, one at least. */
  readonly sheets: readonly string[]
  /** Day 0 is 1904-01-01 (ECMA-376, 18.17.4.1), as old Macintosh files have it. */
  readonly is1904: boolean
}

/** What the parts of a workbook are called, whoever wrote it (ECMA-376, 18.2). */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const relations: string[] = []
  let is1904 = false
  await readAllXml(await archive.open('xl/workbook.xml'), {
    open: (name, attribute) => {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attribute('date1904') ?? '')
      if (name === 'sheet') relations.push(attribute('id') ?? '')
    },
  })
  const targets = new Map<string, string>()
  await readAllXml(await archive.open('xl/_rels/workbook.xml.rels'), {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '')
    },
  })
  const found = relations.map((relation) => targets.get(relation))
  if (found[0] === undefined) throw brokenWorkbook()
  const sheets = found.flatMap((target) => (target === undefined ? [] : [target.startsWith('/') ? target.slice(1) : `xl/${target}`]))
  return { sheets, is1904 }
}
