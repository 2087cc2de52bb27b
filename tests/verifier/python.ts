import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const cache = here('../../node_modules/.cache/dual-random')

export const pythonProgram = here('verify.py')

/** The folder with the pinned py_ecc, installed at first use and again when the requirements change. */
export function pythonPackages(): string {
  const requirements = here('requirements.txt')
  const folder = join(cache, `python-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  // Two test files may come here at once: each installs for itself, and one of them is kept.
  const fresh = mkdtempSync(join(cache, 'python-new-'))
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--require-hashes', '--target', fresh, '--requirement', requirements]
  const { status, stderr, error } = spawnSync('python3', pip, { encoding: 'utf8' })
  if (status !== 0) {
    rmSync(fresh, { recursive: true })
    throw new Error(`python3 with pip is needed to test verify.py (Debian: python3-pip): ${error?.message ?? stderr}`)
  }
  try {
    renameSync(fresh, folder)
  } catch {
    rmSync(fresh, { recursive: true })
  }
  return folder
}

export interface ProgramResult {
  readonly code: number | null
  readonly out: string
  readonly errors: string
}

/** Runs verify.py as a stranger would; `packages` is where py_ecc is, without it the program finds none. */
export function runPython(args: readonly string[], packages: string | undefined): ProgramResult {
  const env = { ...process.env, PYTHONPATH: packages ?? '', PYTHONNOUSERSITE: '1' }
  // -S: what the machine's own Python has installed does not count.
  const { status, stdout, stderr } = spawnSync('python3', ['-S', pythonProgram, ...args], { encoding: 'utf8', env })
  return { code: status, out: stdout.trimEnd(), errors: stderr.trimEnd() }
}

/** Runs a line of Python beside verify.py, its input and output JSON. */
export function callPython(code: string, input: unknown): unknown {
  const env = { ...process.env, PYTHONPATH: [here('.'), pythonPackages()].join(delimiter), PYTHONDONTWRITEBYTECODE: '1' }
  const { status, stdout, stderr } = spawnSync('python3', ['-c', code], { input: JSON.stringify(input), encoding: 'utf8', env })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as unknown
}

/** A bundle to judge; parts left out are those of the first case. */
export interface BatchCase {
  readonly demo: boolean
  readonly files: Readonly<Record<string, readonly [name: string, text: string] | null>>
  /** Files of a redraw's family by their names. */
  readonly family?: Readonly<Record<string, string>>
  /** Keys files of the other cities, by their names. */
  readonly jointKeys?: Readonly<Record<string, string>>
}

export interface BatchVerdict {
  readonly code: number
  /** File and place of a difference. */
  readonly place?: string
  readonly missing?: readonly string[]
  readonly said?: string
}

/** Runs verify.py in one process over cases, one a line (see verify_batch.py). */
export function runPythonBatch(cases: readonly BatchCase[]): readonly BatchVerdict[] {
  const input = cases.map((one) => `${JSON.stringify(one)}\n`).join('')
  const env = { ...process.env, PYTHONPATH: pythonPackages(), PYTHONDONTWRITEBYTECODE: '1' }
  const { status, stdout, stderr } = spawnSync('python3', [here('verify_batch.py')], { input, encoding: 'utf8', env, maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`verify_batch.py ended with ${status}: ${stderr}`)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BatchVerdict)
}
