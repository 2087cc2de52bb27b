import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

export interface Child {
  readonly httpPort: number
  /** Ends it at once, without a chance to finish anything. */
  kill(): Promise<void>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** The service as its own process, tethered to this one. Resolves once it is ready. */
export async function startChild(env: NodeJS.ProcessEnv): Promise<Child> {
  const httpPort = await freePort()
  const child: ChildProcess = spawn(process.execPath, ['--conditions=development', main], {
    env: { ...process.env, NODE_OPTIONS: '', ...env, PORT: String(httpPort), DR_TETHER: '1' },
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([
    ready(httpPort),
    ended.then(([code]: unknown[]) => {
      throw new Error(`the service ended with ${String(code)} before it was ready`)
    }),
  ])
  return {
    httpPort,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function ready(port: number): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
