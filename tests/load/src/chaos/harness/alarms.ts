import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processNames } from '../plan/parts.ts'

/** Messages at level error or above in the logs of all processes, with their count. */
export function alarmsIn(logs: string): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const name of processNames) {
    for (const message of errorsIn(textOf(join(logs, `${name}.log`)))) counts.set(message, (counts.get(message) ?? 0) + 1)
  }
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one))
}

interface LogLine {
  readonly level?: string
  readonly msg?: string
  readonly kafka?: unknown
}

export const errorsIn = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => {
    try {
      const { level, msg, kafka } = JSON.parse(line) as LogLine
      // The client's own complaints about connections are many, and expected.
      return kafka === undefined && (level === 'error' || level === 'fatal') ? [msg ?? ''] : []
    } catch {
      // What the process printed itself, or was killed in the middle of.
      return []
    }
  })

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
