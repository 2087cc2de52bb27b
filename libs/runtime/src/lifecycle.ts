import { withinMs } from './deadline.ts'
import type { Health } from './health.ts'
import type { Logger } from './logger.ts'

export interface Part {
  /** Takes nothing new and finishes what is in hand. */
  drain?(): Promise<void>
  close(): Promise<void>
}

export interface Lifecycle {
  /** Parts are closed in the reverse order of being added. A part that comes after disposal began is closed at once, and its adder told by a throw. */
  add(name: string, part: Part): void
  [Symbol.asyncDispose](): Promise<void>
}

export interface LifecycleOptions {
  readonly health?: Health
  /** For the whole disposal; draining gets three fifths of it. */
  readonly capMs?: number
}

/**
 * Readiness off, all parts drained at once, then each closed in reverse; within `capMs` (10,000) overall. Every part is tried;
 * rejects with an `AggregateError` when one failed or was late. Disposing twice is disposing once.
 */
export function createLifecycle(logger: Logger, { health, capMs = 10_000 }: LifecycleOptions = {}): Lifecycle {
  const parts: { readonly name: string; readonly part: Part }[] = []
  let disposal: Promise<void> | undefined

  async function dispose(): Promise<void> {
    const end = performance.now() + capMs
    const failures: unknown[] = []
    const attempt = async (name: string, step: string, work: (() => Promise<void>) | undefined, milliseconds: number): Promise<void> => {
      try {
        await withinMs(
          work?.() ?? Promise.resolve(),
          milliseconds,
          () => new Error(`${step} of ${name} took longer than its share of ${capMs} ms`),
        )
      } catch (err) {
        failures.push(err)
        logger.error({ err, part: name }, `${step} failed`)
      }
    }
    health?.setReady(false)
    await Promise.all(parts.map(({ name, part }) => attempt(name, 'drain', part.drain?.bind(part), capMs * 0.6)))
    for (const { name, part } of parts.toReversed()) await attempt(name, 'close', () => part.close(), end - performance.now())
    if (failures.length > 0) throw new AggregateError(failures, 'the service did not end in order')
  }

  return {
    add(name, part) {
      if (disposal !== undefined) {
        part.close().catch((err: unknown) => logger.error({ err, part: name }, 'close failed'))
        throw new Error(`${name} came after disposal began`)
      }
      parts.push({ name, part })
    },
    [Symbol.asyncDispose]: () => (disposal ??= dispose()),
  }
}
