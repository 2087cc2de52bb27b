import type { RatioReading } from '../cells/share.ts'
import type { TimesReading } from '../cells/times.ts'
import type { UnitsReading } from '../cells/units.ts'
import type { LevelsReading } from '../cells/words.ts'
import type { SourceCell } from '../merged.ts'
import type { AnsweredField } from '../settle.ts'
import type { ItemField } from './item-columns.ts'

/** What cells of an item say by themselves; a list may leave ratio and frequency to the plan. */
export interface ItemReadings {
  readonly initiator?: UnitsReading
  readonly participants?: UnitsReading
  readonly levels?: LevelsReading
  readonly ratio?: RatioReading
  readonly times?: TimesReading
}

/** The values of an item that need no answer, or no longer do; absent where the table has no such column. */
export interface ItemValues {
  readonly domain: string
  readonly name: string
  readonly contents: readonly string[]
  readonly objectScope: string
  readonly initiator: string
  readonly participants: readonly string[]
  readonly methods: readonly string[]
  readonly basis: string
  readonly itemClass: string
  readonly remarks: string
}

/** An item of a published list; `itemNo` counts rows of the table from 1. */
export interface ParsedItem {
  readonly itemNo: number
  readonly line: number
  readonly cells: Readonly<Partial<Record<ItemField, SourceCell>>>
  readonly readings: ItemReadings
  readonly known: Readonly<Partial<ItemValues>>
}

/** An item with nothing left to ask; `levels` as the table writes them, `answered` names each field that a person settled. */
export interface SettledItem extends Partial<Omit<ItemValues, 'domain' | 'name' | 'contents'>> {
  readonly itemNo: number
  readonly domain: string
  readonly name: string
  readonly contents: readonly string[]
  readonly levels: readonly string[]
  readonly ratio?: RatioReading
  readonly times?: TimesReading
  readonly answered: Readonly<Record<string, AnsweredField>>
}
