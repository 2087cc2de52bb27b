import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './root.ts'

export interface WitnessProcess extends AsyncDisposable {
  readonly url: string
}

/** Starts `npx dual-random witness` on free ports, and waits until it is ready. */
export async function startWitness(env: Readonly<Record<string, string>>): Promise<WitnessProcess> {
  const child = spawn(process.execPath, [join(root, 'apps/cli/bin/dual-random.mjs'), 'witness'], {
    env: { PATH: process.env['PATH'], PORT: '0', DR_GRPC_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, httpPort } = JSON.parse(line) as { readonly msg: string; readonly httpPort: number }
    if (msg === 'ready') {
      child.stdout.resume()
      return { url: `http://127.0.0.1:${httpPort}`, [Symbol.asyncDispose]: stop }
    }
  }
  throw new Error(`the witness ended with ${child.exitCode}`)
}
