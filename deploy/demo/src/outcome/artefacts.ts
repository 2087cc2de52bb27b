import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Indicators } from '../steps/follow.ts'
import type { Scenario } from '../steps/scenario.ts'
import type { Year } from '../steps/year.ts'
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
  mkdirSync(join(out, 'rosters'), { recursive: true })
  mkdirSync(join(out, 'openings'), { recursive: true })
  const open = scenario.world.publicSession
  await inParallel(year.draws, 4, async ({ drawId }) => {
    const file = (name: string): Promise<string> => open.text(`/drawing/v1/public/draws/${drawId}/${name}`)
    write(`commitment-${drawId}.json`, await file('commitment'))
    write(`transcript-${drawId}.json`, await file('transcript'))
    write(`rosters/${drawId}.ndjson`, await file('roster'))
    write(`openings/${drawId}.ndjson`, await file('openings'))
  })
  for (const { regionCode } of cities) {
    const log = `/drawing/v1/public/region-logs/${regionCode}`
    // Checkpoints first: none may lie beyond the end of the log.
    write(`checkpoints-${regionCode}.ndjson`, await open.text(`${log}/checkpoints`))
    write(`region-log-${regionCode}.ndjson`, await open.text(log))
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
