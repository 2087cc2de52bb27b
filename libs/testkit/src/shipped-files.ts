import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

const folder = new URL('../../../deploy/presets/', import.meta.url)

/** The YAML files that ship below `deploy/presets/<below>`, parsed, in the order of their names. */
export const shippedFiles = (below: string, wanted: (path: string) => boolean): readonly unknown[] =>
  readdirSync(new URL(below, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && wanted(path))
    .sort()
    .map((path) => parse(readFileSync(new URL(`${below}${path}`, folder), 'utf8')))
