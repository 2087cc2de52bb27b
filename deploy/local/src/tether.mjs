// Runs one command in its own process group and ends it when the parent's pipe (stdin) closes, however the parent died.
// stdin: the spec as one line of JSON, then `stop SIGNAL` lines, or `keep`: the folders are another's to remove now.
// Descriptor 3: one line of JSON per report.
import { spawn } from 'node:child_process'
import { rmSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

/** @typedef {{ readonly command: string, readonly args: readonly string[] }} Command */
/** @typedef {{ readonly prepare?: Command, readonly run: Command, readonly cwd?: string, readonly env: NodeJS.ProcessEnv, readonly graceMs: number, readonly removeAfter: readonly string[] }} Spec */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, error?: string }} Exit */

/** @type {NodeJS.Signals | undefined} */
let stopSignal
/** @type {number | undefined} */
let group
let graceMs = 0
let keeps = false

/** @param {object} message */
function report(message) {
  try {
    writeSync(3, `${JSON.stringify(message)}\n`)
  } catch {
    // The parent is gone; there is nobody left to tell.
  }
}

/** @param {NodeJS.Signals | 0} signal @returns {boolean} whether the group still has a member */
function signalGroup(signal) {
  if (group === undefined) return false
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false
  }
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (stopSignal !== undefined && signal !== 'SIGKILL') return
  stopSignal = signal
  signalGroup(signal)
  // A suspended command must go on to be able to end.
  signalGroup('SIGCONT')
  setTimeout(() => signalGroup('SIGKILL'), graceMs).unref()
}

/** What the command left running in its group dies with it. Zombies of a container without an init never leave, hence the bound. */
async function clearGroup() {
  for (let round = 0; round < 50 && signalGroup('SIGKILL'); round += 1) await delay(20)
  group = undefined
}

/** @param {Command} command @param {Spec} spec @param {(pid: number) => void} onStarted @returns {Promise<Exit>} */
async function run(command, spec, onStarted) {
  const child = spawn(command.command, [...command.args], {
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    env: spec.env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  group = child.pid
  if (child.pid !== undefined) onStarted(child.pid)
  /** @type {Exit} */
  const exit = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error: error.message }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  await clearGroup()
  return exit
}

/** @param {Spec} spec @returns {Promise<Exit>} */
async function runAll(spec) {
  if (stopSignal !== undefined) return { code: null, signal: stopSignal }
  if (spec.prepare !== undefined) {
    const exit = await run(spec.prepare, spec, () => undefined)
    if (exit.code !== 0) return exit
    if (stopSignal !== undefined) return { code: null, signal: stopSignal }
  }
  return run(spec.run, spec, (pid) => report({ started: pid }))
}

const lines = createInterface({ input: process.stdin })
const parentGone = new Promise((resolve) => lines.once('close', resolve))

/** @param {Spec} spec */
async function hold(spec) {
  graceMs = spec.graceMs
  report({ exited: await runAll(spec) })
  // The parent may still want to read a log in there; it closes the pipe when it has.
  if (spec.removeAfter.length > 0) await parentGone
  if (!keeps) for (const path of spec.removeAfter) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  process.exit(0)
}

let held = false
lines.on('line', (line) => {
  if (!held) {
    held = true
    void hold(JSON.parse(line))
  } else if (line === 'keep') keeps = true
  else stop(/** @type {NodeJS.Signals} */ (line.slice('stop '.length)))
})
lines.once('close', () => {
  if (held) stop('SIGTERM')
  else process.exit(0)
})
process.stdin.on('error', () => lines.close())
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, () => stop('SIGTERM'))
