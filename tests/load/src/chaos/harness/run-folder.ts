import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ProcessName, processNames } from '../plan/parts.ts'
import { entriesIn, type HistoryEntry } from '../processes/history.ts'

/** Where a run keeps its history, its logs and its report. */
export interface RunFolder {
  readonly controlFile: string
  readonly logs: string
  readonly reportFile: string
  readonly tableFile: string
  readonly faultsFile: string
  historyFile(name: ProcessName): string
  history(): readonly HistoryEntry[]
}

/** Removes what an earlier run has left there, and nothing else. */
export function openRunFolder(out: string): RunFolder {
  const folder = resolve(out)
  const histories = join(folder, 'history')
  const logs = join(folder, 'logs')
  for (const name of ['history', 'logs', 'report.json', 'report.txt', 'control.json']) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  mkdirSync(histories, { recursive: true })
  mkdirSync(logs, { recursive: true })
  const historyFile = (name: ProcessName): string => join(histories, `${name}.jsonl`)
  return {
    controlFile: join(folder, 'control.json'),
    logs,
    reportFile: join(folder, 'report.json'),
    tableFile: join(folder, 'report.txt'),
    faultsFile: join(histories, 'faults.jsonl'),
    historyFile,
    history: () => processNames.flatMap((name) => entriesIn(textOf(historyFile(name)))),
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
