import { maxCellLength } from '../cell-text.ts'
import { neutraliseFormula } from '../formula.ts'
import { escapeText } from './escaped-text.ts'

/** A cell as text, formula characters neutralised; throws a `RangeError` for one that is longer than a spreadsheet holds. */
export function cellXml(cell: string, reference: string, style: number): string {
  const text = neutraliseFormula(cell)
  if (text.length > maxCellLength)
    throw new RangeError(`cell ${reference} has ${text.length} characters; a spreadsheet holds ${maxCellLength}`)
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`
}
