import { type Figure, figureBeside, percentile } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { type BenchScope, openBenchScope } from '../support/bench-scope.ts'
import { fillPool, objectsOf } from '../support/mapped-pool.ts'
import { listenedTopics, writtenTopics } from '../support/object-import.ts'
import { type PlanningProcess, startPlanning } from '../support/planning-process.ts'
import { startRegistry } from '../support/registry-process.ts'
import {
  creditsOf,
  draftYear,
  fileYear,
  gradePool,
  isNarrowed,
  planLines,
  returnYear,
  wholeEvery,
  yearNow,
} from '../support/yearly-plan.ts'

const inRegion = { $gte: '230300', $lt: '2303~' }
const runs = 3
/** As many overlaps as there can be, in one page. */
const wholeReport = 20_000

/** What any count of the pool has to read: where an object belongs, and its grade. */
const objectFields = {
  _id: 0,
  'state.objectId': 1,
  'state.timeline.from': 1,
  'state.timeline.to': 1,
  'state.timeline.content.kind': 1,
  'state.timeline.content.industry': 1,
  'state.timeline.content.regionCode': 1,
  'state.timeline.content.status': 1,
  'state.timeline.content.tags': 1,
}
const creditFields = { _id: 0, 'state.objectId': 1, 'state.results.grade': 1, 'state.results.asOf': 1 }
const lookedUpAtOnce = 2000

/** What is asked for once in a run, and what it is measured beside. */
interface Step {
  readonly name: string
  readonly bare: () => Promise<void>
  readonly asked: () => Promise<void>
  /** Makes it possible to ask again; not measured. */
  readonly after?: () => Promise<void>
}

/** The reports that help while planning, of a plan of five hundred lines over the whole pool, and its filing: beside the bare store queries they need. */
export async function benchPlanning({ pool: objects }: BenchOptions): Promise<readonly Figure[]> {
  await using scope = await openBenchScope([...listenedTopics, ...writtenTopics])
  await using registry = await startRegistry(scope)
  await using planning = await startPlanning(scope, registry)
  console.error(`planning: storing ${objects} objects with their grades …`)
  const count = await fillPool(scope, registry, objects)
  await gradePool(scope, registry)
  const planId = await draftYear(registry, planning)
  const report = (name: string, bare: Step['bare']): Step => ({ name, bare, asked: () => readReport(planning, planId, name) })
  const pool = () => barePool(scope, count)
  const steps: readonly Step[] = [
    report('feasibility', pool),
    report('overlaps', pool),
    { name: 'coverage', bare: () => barePlans(scope, planning), asked: () => readCoverage(planning) },
    { name: 'filing', bare: pool, asked: () => fileYear(planning, planId), after: () => returnYear(planning, planId) },
  ]
  const figures: Figure[] = []
  for (const { name, bare, asked, after } of steps) {
    const [times, bareTimes]: [number[], number[]] = [[], []]
    for (let run = 0; run < runs; run++) {
      bareTimes.push(await timed(bare))
      times.push(await timed(asked))
      await after?.()
      console.error(`planning: ${name} ${Math.round(times.at(-1) ?? 0)} ms beside ${Math.round(bareTimes.at(-1) ?? 0)} ms`)
    }
    figures.push(figureBeside(`planning.${name}`, percentile(times, 0.5), 'ms', percentile(bareTimes, 0.5)))
  }
  return figures
}

interface ReportBody {
  readonly figures?: { readonly lines: readonly { readonly mapped: number }[] }
  readonly total?: number
  readonly notCompared?: number
}

async function readReport(planning: PlanningProcess, planId: string, name: string): Promise<void> {
  const { status, body } = await (await planning.planner()).get<ReportBody>(
    `/v1/plans/${planId}/${name}${name === 'overlaps' ? `?limit=${wholeReport}` : ''}`,
  )
  if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body).slice(0, 2000)}`)
  if (name === 'feasibility') requireNarrowed(body)
  // A report that leaves pairs of lines out is quick for that.
  if (name === 'overlaps' && (body.notCompared !== 0 || body.total === 0))
    throw new Error(`${name}: ${body.total} found, ${body.notCompared} pairs of lines not compared`)
}

async function readCoverage(planning: PlanningProcess): Promise<void> {
  const { status, body } = await (await planning.planner()).get<ReportBody>(`/v1/coverage?year=${yearNow}`)
  if (status !== 200) throw new Error(`coverage: ${status} ${JSON.stringify(body).slice(0, 2000)}`)
}

/** Every line is counted, and of the lines over every object those that are narrowed have some of them. */
function requireNarrowed({ figures: { lines } = { lines: [] } }: ReportBody): void {
  const [whole] = lines
  const wrong = lines.filter(({ mapped }, index) => index % wholeEvery === 0 && isNarrowed(index) !== mapped < (whole?.mapped ?? 0))
  if (lines.length !== planLines || wrong.length > 0)
    throw new Error(`feasibility: ${lines.length} lines, ${JSON.stringify(wrong).slice(0, 500)}`)
}

/** One cursor over the pool, and the grades of what it brings, by the bare driver. */
async function barePool(scope: BenchScope, expected: number): Promise<void> {
  const cursor = objectsOf(scope).find({ 'state.ever.regions': inRegion }, { projection: objectFields, batchSize: 5000 })
  let ids: string[] = []
  let [objects, grades] = [0, 0]
  const lookUp = async (): Promise<void> => {
    const wanted = ids.map((id) => `credit-${id}`)
    ids = []
    const found = await creditsOf(scope)
      .find({ _id: { $in: wanted } }, { projection: creditFields, batchSize: wanted.length + 1 })
      .toArray()
    grades += found.length
  }
  for await (const { state } of cursor) {
    objects++
    ids.push(state.objectId)
    if (ids.length === lookedUpAtOnce) await lookUp()
  }
  await lookUp()
  if (objects < expected || grades < expected) throw new Error(`${objects} objects and ${grades} grades of ${expected}`)
}

/** The plans of the region and year and the lists they are held against, by the bare driver. */
async function barePlans({ client, database }: BenchScope, planning: PlanningProcess): Promise<void> {
  const plans = await client
    .db(planning.database)
    .collection('plans')
    .find({}, { projection: { outbox: 0, inbox: 0 } })
    .toArray()
  const lists = await client
    .db(database)
    .collection('check_item_lists')
    .find({}, { projection: { outbox: 0, inbox: 0 } })
    .toArray()
  if (plans.length === 0 || lists.length === 0) throw new Error(`${plans.length} plans, ${lists.length} lists`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
