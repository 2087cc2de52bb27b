import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@dual-random/local-stack'

export interface ServiceChild {
  readonly httpPort: number
  /** Ends it at once, without a chance to finish anything. */
  kill(): Promise<void>
}

/** Characters of a service's log that are kept, to tell why it ended. */
const mostSaid = 4000

/** The service with this `main.ts` as its own process, tethered to this one. Resolves once it is ready. */
export async function startChild(main: URL, env: NodeJS.ProcessEnv): Promise<ServiceChild> {
  const httpPort = await freePort()
  const child = spawn(process.execPath, ['--conditions=development', fileURLToPath(main)], {
    env: { ...process.env, NODE_OPTIONS: '', ...env, PORT: String(httpPort), DR_TETHER: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-mostSaid)
  })
  const ended = once(child, 'exit')
  await Promise.race([
    ready(httpPort),
    ended.then(([code]: unknown[]) => {
      throw new Error(`the service ended with ${String(code)} before it was ready: ${said}`)
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
    await pause(50)
  }
}
