import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { vi } from 'vitest'

/** Whether a process runs; a zombie that nobody has reaped does not. */
export const runs = (pid: number): boolean => !['', 'Z'].includes(stateOf(pid))

/** The first letter of what `ps` calls a process's state, T for a suspended one; empty when there is no process. */
export function stateOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .slice(0, 1)
  } catch {
    return ''
  }
}

/** The pid of a process that is being started, once it is known: a signal sent to pid 0 would stop or end whoever runs the tests. */
export const pidOf = (process: { pid(): number | undefined }): Promise<number> =>
  vi.waitFor(
    () => {
      const pid = process.pid()
      if (pid === undefined) throw new Error('no process is running')
      return pid
    },
    { timeout: 5000, interval: 20 },
  )

/** Command lines of running processes that contain the text. */
export const commandsNaming = (text: string): string[] =>
  execFileSync('ps', ['-axww', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text))

/** Whether something accepts connections at `host:port`. */
export function accepts(address: string): Promise<boolean> {
  const [host = '', port = ''] = address.split(':')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** This process's environment without given addresses, so that a stack really starts. */
export function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { KAFKA_BROKERS: _kafka, MONGODB_URI: _store, ...rest } = process.env
  return { ...rest, ...extra }
}
