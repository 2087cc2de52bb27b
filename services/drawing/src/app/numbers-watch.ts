import { AppError } from '@dual-random/errors'
import type { NumbersSource } from './ports.ts'

/** Hears of draws that wait for public numbers, sweep by sweep: that is their state for days, and no failure. */
export function numbersWatch(sources: readonly NumbersSource[], told: (source: string, sinceSeconds: number) => void) {
  const since = new Map<string, number>()
  return {
    /** Whether what was thrown says that a draw waits. */
    heard: (thrown: unknown): boolean => {
      if (!(thrown instanceof AppError) || thrown.code !== 'numbers-awaited') return false
      const { source, at } = thrown.meta
      const seconds = Date.parse(String(at)) / 1000
      since.set(String(source), Math.min(seconds, since.get(String(source)) ?? seconds))
      return true
    },
    /** After a sweep: the longest wait of each source, 0 where none waits. */
    tell: (): void => {
      for (const source of new Set([...sources.map((one) => one.source), ...since.keys()])) told(source, since.get(source) ?? 0)
      since.clear()
    },
  }
}
