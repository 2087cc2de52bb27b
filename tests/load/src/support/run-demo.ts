import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { superviseProcess } from '@dual-random/local-stack'

/** The demo as a process that ends with this one; its output goes to our standard error, because ours carries figures only. */
export interface RunningDemo extends AsyncDisposable {
  readonly out: string
  readonly ended: Promise<number | null>
  /** Waits for a text in its output; rejects when the demo ends before. */
  printed(text: string): Promise<void>
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const followMs = 100

export function startDemo(options: readonly string[]): RunningDemo {
  const folder = mkdtempSync(join(tmpdir(), 'dual-random-bench-'))
  const out = join(folder, 'out')
  const logFile = join(folder, 'demo.log')
  let hasEnded = false
  let tellEnd: (exitCode: number | null) => void = () => undefined
  const ended = new Promise<number | null>((resolve) => {
    tellEnd = resolve
  })
  const demo = superviseProcess({
    name: 'demo',
    command: 'npm',
    args: ['run', '--silent', 'demo', '--', ...options, '--out', out],
    cwd: root,
    logFile,
    restart: false,
    onExit: ({ code }) => {
      hasEnded = true
      tellEnd(code)
    },
  })
  demo.ready.catch(() => undefined)
  const echoed = echo(logFile, () => hasEnded)
  return {
    out,
    ended,
    printed: async (text) => {
      while (!readFileSync(logFile, 'utf8').includes(text)) {
        if (hasEnded) throw new Error(`the demo ended with exit code ${await ended}`)
        await pause(followMs)
      }
    },
    [Symbol.asyncDispose]: async () => {
      await demo.stop('SIGINT')
      await echoed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function echo(logFile: string, isComplete: () => boolean): Promise<void> {
  for (let shown = 0, complete = false; !complete; ) {
    complete = isComplete()
    const text = readFileSync(logFile, 'utf8')
    process.stderr.write(text.slice(shown))
    shown = text.length
    if (!complete) await pause(followMs)
  }
}
