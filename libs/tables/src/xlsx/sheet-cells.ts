import type { MergedCells } from '../sheet/sheet.ts'
import { WorkbookFault } from './archive.ts'
import { unescapeText } from './escaped-text.ts'
import { columnOf, maxColumns } from './sheet-rows.ts'
import { readAllXml } from './xml.ts'

/** A cell as the sheet stores it. */
export interface StoredCell {
  readonly type: string
  readonly style: number
  readonly value: string
  /** Whether there is a value at all: a formula that was never calculated has none. */
  readonly hasValue: boolean
  readonly formula?: string
}

export interface StoredRow {
  /** From 1. */
  readonly line: number
  readonly isHidden: boolean
  readonly cells: ReadonlyMap<number, StoredCell>
}

/** Everything of a sheet that says what its table is. */
export interface StoredSheet {
  readonly rows: readonly StoredRow[]
  readonly merged: readonly MergedCells[]
  readonly hiddenColumns: ReadonlySet<number>
}

const maxMerged = 20_000
const maxRows = 20_000

const tooLarge = (what: string): WorkbookFault =>
  new WorkbookFault('too-many-rows', `工作表${what}，不像一份公布的计划表`, '只留计划表所在的工作表和行，再导入')

function rangeOf(reference: string): MergedCells | undefined {
  const groups = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (groups === null) return undefined
  const [, left = '', top, right = '', bottom] = groups
  return { top: Number(top) - 1, left: columnOf(left) ?? 0, bottom: Number(bottom) - 1, right: columnOf(right) ?? 0 }
}

const isTrue = (attribute: string | undefined): boolean => attribute === '1' || attribute === 'true'

/** Reads a sheet whole: published tables are small, and a merged cell is told of behind all rows. */
export async function readStoredSheet(bytes: AsyncIterable<Uint8Array>): Promise<StoredSheet> {
  const rows: StoredRow[] = []
  const merged: MergedCells[] = []
  const hiddenColumns = new Set<number>()
  let cells = new Map<number, StoredCell>()
  let [line, isHidden] = [0, false]
  let [column, style, type, value, hasValue] = [0, 0, 'n', '', false]
  let formula: string | undefined
  let part: 'value' | 'formula' | undefined
  let isPhonetic = false
  await readAllXml(bytes, {
    open: (name, attribute) => {
      switch (name) {
        case 'col':
          if (!isTrue(attribute('hidden'))) break
          for (let at = Number(attribute('min')); at <= Math.min(Number(attribute('max')), maxColumns); at += 1) hiddenColumns.add(at - 1)
          break
        case 'row':
          cells = new Map()
          line = Number(attribute('r') ?? line + 1)
          isHidden = isTrue(attribute('hidden'))
          column = -1
          break
        case 'c':
          column = columnOf(attribute('r') ?? '') ?? column + 1
          if (column >= maxColumns) throw tooLarge(`第 ${line} 行有第 ${column + 1} 列`)
          type = attribute('t') ?? 'n'
          style = Number(attribute('s') ?? -1)
          value = ''
          hasValue = false
          formula = undefined
          break
        case 'f':
          formula = ''
          break
        case 'rPh':
          isPhonetic = true
          break
        case 'mergeCell': {
          const range = rangeOf(attribute('ref') ?? '')
          if (range !== undefined) merged.push(range)
          if (merged.length > maxMerged) throw tooLarge(`有 ${maxMerged} 处以上合并`)
          break
        }
        default:
      }
      const isText = name === 'v' || (name === 't' && !isPhonetic)
      part = isText ? 'value' : name === 'f' ? 'formula' : undefined
      if (isText) hasValue = true
    },
    text: (text) => {
      if (part === 'value') value += text
      if (part === 'formula') formula = (formula ?? '') + text
    },
    close: (name) => {
      part = undefined
      if (name === 'rPh') isPhonetic = false
      if (name === 'c' && (hasValue || formula !== undefined)) {
        const text = type === 'inlineStr' || type === 'str' ? unescapeText(value) : value
        cells.set(column, { type, style, value: text, hasValue, ...(formula === undefined ? {} : { formula }) })
      }
      if (name === 'row' && cells.size > 0) {
        rows.push({ line, isHidden, cells })
        if (rows.length > maxRows) throw tooLarge(`有 ${maxRows} 行以上`)
      }
    },
  })
  return { rows, merged, hiddenColumns }
}
