import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Indicators } from '../steps/follow.ts'
import type { Scenario } from '../steps/scenario.ts'
import type { Year } from '../steps/year.ts'
import type { Session } from '../world/api.ts'
import { cities } from '../world/cities.ts'
import { inParallel } from '../world/parallel.ts'
import type { EventRecord } from './events.ts'

const ndjson = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('')

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** What can be read only once every event is applied. */
export interface Outcome {
  readonly events: readonly EventRecord[]
  readonly indicators: readonly Indicators[]
}

/** Writes what the year left behind; the public files of the draws are the very bytes that were hashed. */
export async function writeArtefacts(scenario: Scenario, out: string, year: Year, outcome: Outcome): Promise<void> {
  const write = (file: string, text: string): void => writeFileSync(join(out, file), text)
  const open = scenario.world.publicSession
  await inParallel(year.draws, 4, ({ drawId }) => writeDrawFiles(open, out, drawId, ['openings']))
  for (const { regionCode } of cities) {
    await writeLogFiles(open, out, regionCode)
    const pinned = `keys-${regionCode}.json`
    write(pinned, readFileSync(join(out, 'witnesses', 'pinned', pinned), 'utf8'))
  }
  write('plans.json', json(year.plans))
  write('tasks.ndjson', ndjson(year.tasks))
  write('results.ndjson', ndjson(year.results))
  write('publications.ndjson', ndjson(year.publications))
  write('joint.json', json(year.jointTasks))
  write('recognition.json', json(year.recognised))
  write('indicators.json', json(outcome.indicators))
  write('events.ndjson', ndjson(outcome.events))
  write('import-report.csv', importReport(year))
}

/** The public files of one draw, under the names of the protocol. */
export async function writeDrawFiles(open: Session, out: string, drawId: string, more: readonly 'openings'[] = []): Promise<void> {
  const file = (name: string): Promise<string> => open.text(`/drawing/v1/public/draws/${drawId}/${name}`)
  for (const name of ['commitment', 'transcript']) writeFileSync(join(out, `${name}-${drawId}.json`), await file(name))
  const folders = [['rosters', 'roster'] as const, ...more.map((each) => [each, each] as const)]
  for (const [folder, name] of folders) {
    mkdirSync(join(out, folder), { recursive: true })
    writeFileSync(join(out, folder, `${drawId}.ndjson`), await file(name))
  }
}

/** A region's log, and what the witnesses signed of it. */
export async function writeLogFiles(open: Session, out: string, regionCode: string): Promise<void> {
  const log = `/drawing/v1/public/region-logs/${regionCode}`
  // Checkpoints first: none may lie beyond the end of the log.
  writeFileSync(join(out, `checkpoints-${regionCode}.ndjson`), await open.text(`${log}/checkpoints`))
  writeFileSync(join(out, `region-log-${regionCode}.ndjson`), await open.text(log))
}

/** The reports of the four cities in one file, the city in front. */
function importReport({ registers }: Year): string {
  const [first] = registers.objects
  const header = first?.report.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? ''
  const rows = registers.objects.flatMap(({ regionCode, report }) =>
    report
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .slice(1)
      .filter((row) => row !== '')
      .map((row) => `${regionCode},${row}`),
  )
  return `\uFEFF${[`regionCode,${header}`, ...rows].join('\n')}\n`
}
