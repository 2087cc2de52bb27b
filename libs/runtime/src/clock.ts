import { readFileSync } from 'node:fs'
import { type Clock, instantOf } from '@dual-random/kernel'
import { ConfigError } from './config.ts'

const rereadMs = 50

/**
 * The system clock; in the demo, moved by the integer milliseconds that `clockFile` holds (re-read at most every 50 ms).
 * The demo's clock never goes backwards within a process. Whoever moves it must replace the file by renaming.
 */
export function createClock({ env, clockFile }: { readonly env: string; readonly clockFile?: string | undefined }): Clock {
  if (clockFile === undefined) return () => instantOf(Date.now())
  if (env !== 'demo') throw new ConfigError(['DR_CLOCK_FILE: 只有 DR_ENV=demo 时才允许移动时钟 (only the demo may move the clock)'])
  let offset = readOffset(clockFile)
  if (offset === undefined) throw new ConfigError([`DR_CLOCK_FILE: 文件应含整数毫秒 (must hold integer milliseconds): ${clockFile}`])
  let readAt = performance.now()
  let last = 0
  return () => {
    if (performance.now() - readAt >= rereadMs) {
      offset = readOffset(clockFile) ?? offset
      readAt = performance.now()
    }
    last = Math.max(last, Date.now() + (offset ?? 0))
    return instantOf(last)
  }
}

function readOffset(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
  } catch {
    return undefined
  }
}
