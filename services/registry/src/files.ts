import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { decodeTable } from '@dual-random/tables'
import { parse } from 'yaml'
import type { PresetFile } from './app/publish-presets.ts'
import type { NationalLists } from './app/registers/fields.ts'
import { readRegionBy } from './domain/divisions.ts'
import { industryCatalogue } from './domain/industry.ts'
import { tagReader } from './domain/tag.ts'
import { newDimension, type TagDimension } from './domain/tag-scheme.ts'

/** The nearest folder above this file that holds `path`: the code runs from `src` and from `dist`. */
function findAbove(path: string): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path)
    if (folder === dirname(folder)) throw new Error(`${path} not found above ${import.meta.dirname}`)
  }
}

/** The rows of a shipped CSV by its header. */
function shippedRows<Column extends string>(name: string): readonly Readonly<Record<Column, string>>[] {
  const table = decodeTable(readFileSync(findAbove(join('data', name))))
  if (!table.ok) throw new Error(`${name}: ${table.error.reason}`)
  const [header, ...rows] = table.value.rows
  return rows.map(
    ({ cells }) => Object.fromEntries(header?.cells.map((column, index) => [column, cells[index] ?? '']) ?? []) as Record<Column, string>,
  )
}

export const readNationalLists = (): NationalLists => ({
  industries: industryCatalogue(shippedRows<'code' | 'name' | 'parent'>('gb-t-4754-2017.csv')),
  readRegion: readRegionBy(shippedRows<'code' | 'name'>('gb-t-2260.csv')),
  readTag: tagReader(readTagDimensions()),
})

/** The dimensions a province begins with (REG-25); what it makes of them is data of its own (REG-26). */
export const readTagDimensions = (): readonly TagDimension[] =>
  shippedRows<'code' | 'name'>('tag-dimensions.csv').map(({ code, name }) => newDimension(code, name))

/** Every preset of the folder and its subfolders; the calendars beside them are another service's. */
export function readPresets(folder = findAbove(join('deploy', 'presets'))): readonly PresetFile[] {
  const names = globSync('**/*.yaml', { cwd: folder })
    .filter((name) => !name.startsWith('calendar'))
    .sort()
  return names.map((name) => ({ name, content: parse(readFileSync(join(folder, name), 'utf8')) as unknown }))
}
