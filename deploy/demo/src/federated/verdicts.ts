import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pythonPackages, runPython } from '@dual-random/verifier-tests/python'
import { root } from '../world/services.ts'

export interface Verdict {
  readonly program: 'verify.mjs' | 'verify.py'
  /** Whose files were judged. */
  readonly of: string
  /** 0 for MATCH; null where it could not be run. */
  readonly exitCode: number | null
  readonly lines: readonly string[]
}

/** What both verifiers say of a transcript by the pinned keys, asked as a stranger asks: without `--demo`. */
export function verdictsOf(of: string, transcript: string, keysFile: string): readonly Verdict[] {
  const args = ['--keys', keysFile, transcript]
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tests/verifier/verify.mjs'), ...args], { encoding: 'utf8' })
  return [
    { program: 'verify.mjs', of, exitCode: status, lines: linesOf(`${stdout}${stderr}`) },
    { program: 'verify.py', of, ...inPython(args) },
  ]
}

function inPython(args: readonly string[]): Pick<Verdict, 'exitCode' | 'lines'> {
  try {
    const { code, out, errors } = runPython(args, pythonPackages())
    return { exitCode: code, lines: linesOf(`${out}\n${errors}`) }
  } catch (error) {
    // A machine without Python, or without a network for its one library.
    return { exitCode: null, lines: linesOf(error instanceof Error ? error.message : String(error)) }
  }
}

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')
