import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The checkout this code stands in, built or not. */
export const root = rootAbove(import.meta.dirname)

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error(`no checkout above ${import.meta.dirname}`)
  return rootAbove(above)
}
