import { splitOutsideBrackets, squash } from '../text.ts'
import { readUnitsCell } from './units.ts'

/** What says that several departments check together. */
const together = /联合|配合|会同|联同|协同|协助|参与|参加|共同|一并|牵头|邀请/
/** Words around the names: with whom, and what they do then. */
const around =
  /联合(?!执法|会)|配合|会同|联同|协同|协助|参与|参加|共同|一并|牵头|邀请|开展|进行|实施|检查|抽查|[与由同](?=.{2,}(?:局|委|厅|队|部门|署|关|院))|^(?:需|须|应|请|拟|可|并|视情|必要时)+/
const department = /(?:局|委|委员会|厅|支队|大队|总队|部门|海关|署|办公室)$/

/** The departments that a remark names as checking together with others: 与市公安局联合开展, 由市公安局、市税务局配合. */
export function readRemarkedUnits(remark: string): readonly string[] {
  const clauses = splitOutsideBrackets(squash(remark), '；;。,').filter((clause) => together.test(clause))
  const names = clauses.flatMap((clause) =>
    clause.split(around).flatMap((part) => {
      const reading = readUnitsCell(part)
      return reading?.kind === 'units' ? reading.names.filter((name) => name.length > 2 && department.test(name)) : []
    }),
  )
  return [...new Set(names)]
}
