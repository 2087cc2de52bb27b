import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { pythonPackages, runPython } from '@dual-random/verifier-tests/python'
import { root } from './root.ts'

/** The host's own Node, the verifier's users' (20 or later); the one that runs the tests where there is none. */
const hostNode =
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((program) => existsSync(program)) ?? process.execPath

export interface Verdict {
  readonly exitCode: number | null
  readonly output: string
}

/** What a stranger asks of either verifier: this transcript, with the keys that were pinned for its region. */
const argumentsFor = (transcript: string, pinned: string): readonly string[] => {
  const regionCode = /"regionCode":"(\d{6})"/.exec(readFileSync(join(pinned, basename(transcript)), 'utf8'))?.[1]
  return ['--demo', '--keys', join(pinned, `keys-${regionCode}.json`), transcript]
}

/** Runs verify.py on a transcript file; `pinned` is the folder with the keys files and the draw as it was published. */
export function verifyInPython(transcript: string, pinned = dirname(transcript)): Verdict {
  const { code, out, errors } = runPython(argumentsFor(transcript, pinned), pythonPackages())
  return { exitCode: code, output: `${out}${errors}` }
}

/** Runs verify.mjs the same way. */
export async function verify(transcript: string, pinned = dirname(transcript)): Promise<Verdict> {
  const args = ['tests/verifier/verify.mjs', ...argumentsFor(transcript, pinned)]
  const program = spawn(hostNode, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: string[] = []
  for (const stream of [program.stdout, program.stderr]) stream.setEncoding('utf8').on('data', (text: string) => chunks.push(text))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    program.once('error', reject)
    program.once('close', resolve)
  })
  return { exitCode, output: chunks.join('') }
}

/** Runs either verifier with these words alone. */
export function verifyInNode(args: readonly string[]): Verdict {
  const { status, stdout, stderr } = spawnSync(hostNode, ['tests/verifier/verify.mjs', ...args], { cwd: root, encoding: 'utf8' })
  return { exitCode: status, output: `${stdout}${stderr}` }
}

export function verifyWithPython(args: readonly string[]): Verdict {
  const { code, out, errors } = runPython(args, pythonPackages())
  return { exitCode: code, output: `${out}${errors}` }
}

export const bundleFiles = (drawId: string) =>
  [`transcript-${drawId}.json`, `commitment-${drawId}.json`, `rosters/${drawId}.ndjson`] as const

/** Copies a draw's three files, one of them with another character at a place that `seed` chooses; says what was done. */
export function copyWithChange(out: string, folder: string, drawId: string, changed: string, seed: string): string {
  for (const file of bundleFiles(drawId)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(out, file), join(folder, file))
  }
  const text = Array.from(readFileSync(join(out, changed), 'utf8'))
  const place = createHash('sha256').update(`${seed}\n${changed}`).digest().readUInt32BE() % text.length
  const before = text[place] ?? ''
  text[place] = otherCharacter(before)
  writeFileSync(join(folder, changed), text.join(''))
  return `${changed}: character ${place + 1} of ${text.length}, ${JSON.stringify(before)} → ${JSON.stringify(text[place])}`
}

/** Of the same kind where possible, so that the change is a lie rather than a broken file. */
function otherCharacter(character: string): string {
  if (/[0-9]/.test(character)) return String((Number(character) + 1) % 10)
  if (/[a-f]/.test(character)) return character === 'f' ? 'a' : String.fromCharCode(character.charCodeAt(0) + 1)
  return character === 'x' ? 'y' : 'x'
}
