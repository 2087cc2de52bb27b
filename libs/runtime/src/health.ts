import { withinMs } from './deadline.ts'

export interface HealthReport {
  readonly status: 'up' | 'down'
  /** What failed, by the name of its check. */
  readonly problems: Readonly<Record<string, string>>
}

export interface Health {
  /** A deep check of one dependency; throwing or taking longer than `timeoutMs` (2,000) means down. */
  addCheck(name: string, check: () => Promise<void>, timeoutMs?: number): void
  setReady(ready: boolean): void
  /** Runs every check; down while the service starts or drains. */
  ready(): Promise<HealthReport>
  live(): HealthReport
  /** Told of each change of `setReady`. */
  onReady(listener: (ready: boolean) => void): void
}

export function createHealth(): Health {
  const checks = new Map<string, () => Promise<void>>()
  const listeners: ((ready: boolean) => void)[] = []
  let isReady = false

  async function problemOf(check: () => Promise<void>): Promise<string | undefined> {
    try {
      await check()
      return undefined
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause)
    }
  }

  return {
    addCheck(name, check, timeoutMs = 2000) {
      checks.set(name, () => withinMs(check(), timeoutMs, () => new Error(`no answer within ${timeoutMs} ms`)))
    },
    setReady(ready) {
      if (ready === isReady) return
      isReady = ready
      for (const listener of listeners) listener(ready)
    },
    async ready() {
      if (!isReady) return { status: 'down', problems: { service: 'starting or draining' } }
      const found = await Promise.all([...checks].map(async ([name, check]) => [name, await problemOf(check)] as const))
      const problems = Object.fromEntries(found.flatMap(([name, problem]) => (problem === undefined ? [] : [[name, problem]])))
      return { status: Object.keys(problems).length === 0 ? 'up' : 'down', problems }
    },
    live: () => ({ status: 'up', problems: {} }),
    onReady(listener) {
      listeners.push(listener)
      listener(isReady)
    },
  }
}
