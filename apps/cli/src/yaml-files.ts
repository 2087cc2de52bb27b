import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '@dual-random/kernel'
import { parse } from 'yaml'
import { UsageError } from './command.ts'

interface Fault {
  readonly path: string
  readonly message: string
}

/** A file read by its parser; throws a `UsageError` that names all that is wrong with it. */
export function readYaml<T>(file: string, parser: (content: unknown) => Result<T, readonly Fault[]>): T {
  const parsed = parser(contentOf(file))
  if (parsed.ok) return parsed.value
  throw new UsageError(parsed.error.map(({ path, message }) => `${file}: ${path} ${message}`))
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    throw new UsageError([`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`])
  }
}

/** The YAML files below a folder that are wanted, by name; throws a `UsageError` when there are none. */
export function yamlFilesOf(folder: string, wanted: (name: string) => boolean = () => true): readonly string[] {
  const names = globSync('**/*.yaml', { cwd: folder }).filter(wanted).sort()
  if (names.length === 0) throw new UsageError([`${folder}: 没有 YAML 文件 (holds no YAML files)`])
  return names.map((name) => join(folder, name))
}
