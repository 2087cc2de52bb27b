import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  countBy,
  drawIdsOf,
  eventsOf,
  figuresOf,
  jointTasksOf,
  labelsOf,
  matchesOf,
  plansOf,
  publicationsOf,
  ratesOf,
  recognisedOf,
  resultsOf,
  rostersOf,
  type Summary,
  subjectOf,
  summaryOf,
  tasksOf,
  textOf,
  ticketsOf,
  transcriptOf,
} from './support/artefacts.ts'
import { type DemoRun, processesOf, runDemo } from './support/demo-run.ts'
import { bundleFiles, copyWithChange, verify, verifyInPython } from './support/verifier.ts'

const objects = 1000
const seed = 'e2e'
const runTimeoutMs = 480_000

const folder = mkdtempSync(join(tmpdir(), 'dual-random-e2e-'))
const outOf = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let reference: DemoRun
let out: string
let summary: Summary
beforeAll(async () => {
  reference = await runDemo({ out: outOf('reference'), seed, objects, signal: AbortSignal.timeout(runTimeoutMs) })
  if (reference.exitCode !== 0) throw new Error(reference.output)
  out = reference.out
  summary = summaryOf(out)
}, runTimeoutMs + 10_000)

const cities = { 230300: '鸡西', 230500: '双鸭山', 230900: '七台河', 230400: '鹤岗' } as const
const cityCodes = Object.keys(cities)

/** Files of a run beside those of its draws. */
const wholeRun = [
  'plans.json',
  'tasks.ndjson',
  'results.ndjson',
  'publications.ndjson',
  'joint.json',
  'recognition.json',
  'indicators.json',
  'events.ndjson',
  'import-report.csv',
  'summary.json',
] as const

describe('the demo', () => {
  it('INT-15 ends well, every event applied by every subscribing group, every check of its own passed', () => {
    expect(reference.output).not.toMatch(/^✗/m)
    expect(summary.events.applied).toBeGreaterThan(0)
    expect(reference.output).toContain(`✓ 每个事件都被每个订阅方处理（${summary.events.applied}）`)
  })

  it('leaves every artefact', () => {
    const drawIds = drawIdsOf(out)
    const files = [
      ...drawIds.flatMap((drawId) => [...bundleFiles(drawId), `openings/${drawId}.ndjson`]),
      ...cityCodes.map((regionCode) => `region-log-${regionCode}.ndjson`),
      ...wholeRun,
    ]
    expect(drawIds.length).toBeGreaterThan(0)
    expect(files.filter((file) => statSync(join(out, file)).size === 0)).toEqual([])
    expect(Object.keys(processesOf(out))).toHaveLength(8)
  })

  it('DQ-04 names every rejected row and keeps the others', () => {
    const [header, ...rows] = textOf(out, 'import-report.csv').trimEnd().split('\n')
    const rejected = new Set(rows.map((row) => row.split(',').slice(0, 2).join(',')))
    expect(header).toBe('\uFEFFregionCode,line,column,value,code,reason,action')
    expect(summary.objects.received).toBe(objects)
    expect(summary.objects.rejected).toBeGreaterThan(0)
    expect(summary.objects.rejected).toBe(rejected.size)
    expect(summary.objects.stored).toBe(objects - rejected.size)
  })

  it('counts plans, lines and the questions that the published tables raised', () => {
    const plans = plansOf(out)
    const adjusted = plans.filter(({ state }) => state === 'ADJUSTED')
    expect(adjusted.map(({ regionCode, planType }) => `${regionCode} ${planType}`)).toEqual(['230500 JOINT'])
    const others = plans.filter((plan) => !adjusted.includes(plan))
    expect(others.map(({ state }) => state)).toEqual(others.map(() => 'PUBLISHED'))
    expect(summary.plans).toBe(plans.length)
    expect(summary.planLines).toBe(plans.flatMap(({ lines }) => lines).length)
    expect(summary.questions).toBeGreaterThan(0)
  })

  it('PLN-06 PLN-09 PLN-10 files over three levels, and of an imported plan draws what it kept and what the adjustment added, not what it cancelled', () => {
    expect(plansOf(out).map(({ regionCode }) => regionCode)).toContain('230502')
    const decided = summary.events.byType
    expect(decided['cn.dualrandom.planning.plan.returned.v1']).toBe(1)
    expect(decided['cn.dualrandom.planning.plan.accepted.v1']).toBe(plansOf(out).length + 1)
    const [adjusted] = plansOf(out).filter(({ state }) => state === 'ADJUSTED')
    // The four lines of the published table, of which the third was about markets of used cars, and the one that came for it.
    expect(adjusted?.lines.map(({ lineId }) => lineId)).toEqual(['L01', 'L02', 'L04', 'L05'])
    expect(adjusted?.lines.at(-1)?.taskName).toContain('二手车经销主体')
    const drawn = drawIdsOf(out).map((drawId) => subjectOf(out, drawId))
    const ofPlan = drawn.filter(({ planId }) => planId === adjusted?.planId).map(({ lineId }) => lineId)
    expect(ofPlan.sort()).toEqual(['L01', 'L02', 'L04', 'L05'])
  })

  it('PLN-13 draws from fewer objects where a line of an imported plan is narrowed', () => {
    expect(reference.output).toMatch(/✓ 名单恰为计划任务范围内的对象（\d+）/)
    const couriers = plansOf(out).find(({ regionCode, planType }) => regionCode === '230300' && planType === 'JOINT')
    expect(couriers?.lines[0]).toMatchObject({ objectScope: '本辖区物流、寄递企业', scope: { kinds: ['ENTERPRISE'] } })
    const drawIds = drawIdsOf(out).filter((drawId) => {
      const { planId, lineId } = subjectOf(out, drawId)
      return planId === couriers?.planId && lineId === 'L01'
    })
    expect(drawIds).toHaveLength(2)
    // Codes of the example register begin with 91 for enterprises, with 92 for individual businesses, to whom the item applies too.
    const codes = tasksOf(out).flatMap(({ drawId, object }) => (drawIds.includes(drawId) ? [object.code] : []))
    expect(codes.length).toBeGreaterThan(4)
    expect(codes.filter((code) => !code.startsWith('91'))).toEqual([])
  })

  it('DRW-31 counts what the transcripts hold, by grade', () => {
    const transcripts = drawIdsOf(out).map((drawId) => transcriptOf(out, drawId))
    const strata = transcripts.flatMap((transcript) => transcript.strata)
    const drawn = strata.reduce((sum, stratum) => sum + stratum.drawn.length, 0)
    expect(summary.draws).toBe(transcripts.length)
    expect(summary.drawn).toBe(drawn)
    for (const [grade, count] of Object.entries(summary.drawnByGrade)) {
      expect([grade, strata.filter(({ stratum }) => stratum === grade).reduce((sum, each) => sum + each.drawn.length, 0)]).toEqual([
        grade,
        count,
      ])
    }
  })

  it('INS-07 sends one visit to an object in a window, and enters one result per task and item', () => {
    const tasks = tasksOf(out)
    const results = resultsOf(out)
    const visits = new Map<string, Set<string>>()
    for (const { object, mergeWindowId, visitId } of tasks) {
      const key = `${object.code} ${mergeWindowId}`
      visits.set(key, new Set([...(visits.get(key) ?? []), visitId]))
    }
    expect([...visits.values()].filter((ids) => ids.size > 1)).toEqual([])
    expect(summary.visits).toBe(visits.size)
    expect(summary.visits).toBeLessThan(summary.tasks)
    expect(summary.tasks).toBe(tasks.length)
    expect(summary.results).toBe(results.length)
    const asked = tasks
      .filter(({ team }) => team.members.length > 0)
      .flatMap(({ taskId, items }) => items.map(({ itemCode }) => `${taskId} ${itemCode}`))
    expect(results.map(({ taskId, itemCode }) => `${taskId} ${itemCode}`).sort()).toEqual(asked.sort())
    expect(summary.resultsByType).toEqual(countBy(results, ({ resultType }) => resultType))
  })

  it('PUB-04 publishes every result, one of them a day late', () => {
    const publications = publicationsOf(out)
    const published = publications.filter(({ status }) => status === 'published')
    expect(summary.publications.published).toBe(published.length)
    expect(published.map(({ resultId }) => resultId).sort()).toEqual(
      resultsOf(out)
        .map(({ resultId }) => resultId)
        .sort(),
    )
    expect(summary.publications.late).toBe(1)
    expect(summary.publications.onTime).toBe(published.filter(({ onTime }) => onTime === true).length)
    expect(summary.publications.onTime + summary.publications.late).toBe(published.length)
  })

  it('JNT-11 completes every joint task with a status per department, on one drawn list', () => {
    const tasks = tasksOf(out)
    const joint = jointTasksOf(out)
    expect(joint.length).toBeGreaterThan(0)
    expect(summary.jointTasks).toBe(joint.length)
    for (const { drawId, participants, objectCount, status } of joint) {
      expect(status).toBe('COMPLETED')
      const drawn = transcriptOf(out, drawId).drawnSet
      expect(objectCount).toBe(drawn.length)
      const ofDraw = tasks.filter((task) => task.drawId === drawId)
      expect(new Set(ofDraw.map(({ object }) => object.code)).size).toBe(drawn.length)
      const perUnit = countBy(ofDraw, ({ unitId }) => unitId)
      for (const [unitId, count] of Object.entries(perUnit)) {
        expect(participants.map((each) => each.unitId)).toContain(unitId)
        expect(count).toBeLessThanOrEqual(drawn.length)
      }
    }
    expect(Math.max(...joint.map(({ participants }) => participants.length))).toBeGreaterThanOrEqual(3)
  })

  it('XRG-06 recognises each published result in the three other cities', () => {
    const recognised = recognisedOf(out)
    const places = recognised.map(({ recordId, regionCode }) => `${recordId} ${regionCode}`)
    const expected = publicationsOf(out).flatMap(({ resultId, regionCode }) =>
      cityCodes.filter((each) => each !== regionCode).map((each) => `rec-${resultId} ${each}`),
    )
    expect(summary.recognised).toBe(recognised.length)
    expect(places.sort()).toEqual(expected.sort())
  })

  it('INS-23 opens one follow-up per problem', () => {
    const problems = resultsOf(out).filter(({ opensFollowUp }) => opensFollowUp)
    expect(problems.length).toBeGreaterThan(0)
    expect(summary.followUps.opened).toBe(problems.length)
    expect(summary.followUps.closed).toBeLessThanOrEqual(problems.length)
  })

  it('counts the same by city', () => {
    const regionOf = new Map(tasksOf(out).map(({ taskId, regionCode }) => [taskId, regionCode]))
    const results = countBy(resultsOf(out), ({ taskId }) => regionOf.get(taskId) ?? '')
    const tasks = countBy([...regionOf.values()], (regionCode) => regionCode)
    const published = countBy(publicationsOf(out), ({ regionCode }) => regionCode)
    for (const [regionCode, name] of Object.entries(cities)) {
      expect(summary.byCity[name]).toMatchObject({
        tasks: tasks[regionCode],
        results: results[regionCode],
        published: published[regionCode],
      })
    }
    expect(Object.values(summary.byCity).reduce((sum, { drawn }) => sum + drawn, 0)).toBe(summary.drawn)
  })

  it('counts each event once, its seqs without gaps', () => {
    const events = eventsOf(out)
    expect(summary.events.published).toBe(events.length)
    expect(summary.events.byType).toEqual(countBy(events, ({ type }) => type))
    expect(new Set(events.map(({ topic, id }) => `${topic} ${id}`)).size).toBe(events.length)
    const last = new Map<string, number>()
    for (const { topic, aggregateId, seq } of events) {
      const key = `${topic} ${aggregateId}`
      expect([key, seq]).toEqual([key, (last.get(key) ?? 0) + 1])
      last.set(key, seq)
    }
  })

  it.each([
    ['EVL-01', 'CHECK_VISIT_SHARE'],
    ['EVL-02', 'JOINT_SUPERVISION_RATE'],
    ['EVL-03', 'ON_TIME_PUBLICATION_RATE'],
    ['EVL-04', 'PROBLEM_HANDLING_RATE'],
  ] as const)('%s counts %s of every city from what happened there', (_row, code) => {
    const rates = ratesOf(out)
    for (const regionCode of cityCodes)
      expect([regionCode, rates[`${regionCode} ${code}`]]).toEqual([regionCode, counted[code]?.(regionCode)])
  })
})

/** The indicators of a city, counted anew from tasks, results, publications and events. */
const counted: Readonly<Record<string, (regionCode: string) => readonly [number, number]>> = {
  CHECK_VISIT_SHARE: (regionCode) => {
    const visits = new Set(tasksIn(regionCode).map(({ visitId }) => visitId)).size
    return [visits, visits]
  },
  JOINT_SUPERVISION_RATE: (regionCode) => {
    const completed = tasksIn(regionCode).filter(({ status, notCompleted }) => status === 'COMPLETED' && notCompleted === undefined)
    return [completed.filter(({ planType }) => planType === 'JOINT').length, completed.length]
  },
  ON_TIME_PUBLICATION_RATE: (regionCode) => {
    const published = publicationsOf(out).filter((each) => each.regionCode === regionCode && each.status === 'published')
    return [published.filter(({ onTime }) => onTime === true).length, published.length]
  },
  PROBLEM_HANDLING_RATE: (regionCode) => {
    const followUps = eventsOf(out).filter((event) => event.regionCode === regionCode && event.topic === 'inspection.follow-up.v1')
    const count = (pastTense: string): number => followUps.filter(({ type }) => type.endsWith(`.follow-up.${pastTense}.v1`)).length
    return [count('closed'), count('opened')]
  },
}

const tasksIn = (regionCode: string) => tasksOf(out).filter((task) => task.regionCode === regionCode)

describe('the demo again', () => {
  it('DRW-31 gives the same rosters, labels, tickets, teams and counts for the same seed', async ({ signal }) => {
    const again = await runDemo({ out: outOf('again'), seed, objects, signal })
    expect(again.exitCode, again.output).toBe(0)
    expect(rostersOf(again.out)).toEqual(rostersOf(out))
    expect(ticketsOf(again.out)).toEqual(ticketsOf(out))
    expect(matchesOf(again.out)).toEqual(matchesOf(out))
    expect(figuresOf(again.out)).toEqual(figuresOf(out))
    expect(ratesOf(again.out)).toEqual(ratesOf(out))
    for (const drawId of drawIdsOf(out)) {
      for (const file of bundleFiles(drawId)) expect(textOf(again.out, file), file).toBe(textOf(out, file))
    }
  })

  it('DRW-31 draws by other labels for another seed', async ({ signal }) => {
    const other = await runDemo({ out: outOf('other'), seed: 'e2e other', objects, signal })
    expect(other.exitCode, other.output).toBe(0)
    const labels = new Set(labelsOf(out))
    expect(labels.size).toBeGreaterThan(0)
    expect(drawIdsOf(other.out)).toEqual(drawIdsOf(out))
    expect(labelsOf(other.out).filter((label) => labels.has(label))).toEqual([])
  })
})

/** Each service is killed in a step that keeps it busy: at the line of the demo's progress that stands here. */
const busyMoments = {
  registry: /objects \d+, stored/,
  planning: /\d+ questions/,
  drawing: /\/ drew \d+/,
  inspection: /\/ checked \d+ of \d+ tasks/,
  gateway: /\/ checked \d+ of \d+ tasks/,
  oversight: /\/ checked \d+ of \d+ tasks/,
  publication: /\/ published results of \d+ of \d+ units/,
  joint: /\/ published results of \d+ of \d+ units/,
} as const
type Service = keyof typeof busyMoments

/** Who dies in one and the same run: whose moments lie far apart, so that each death is over when the next one comes. */
const deaths: readonly (readonly Service[])[] = [
  ['registry', 'drawing', 'inspection', 'publication'],
  ['planning', 'gateway', 'joint'],
  ['oversight'],
]

describe('kill -9 in the middle', () => {
  it('INT-15 leaves out no service', () => {
    expect(deaths.flat().sort()).toEqual(Object.keys(busyMoments).sort())
  })

  it.for(deaths.map((services) => ({ services, names: services.join(', ') })))(
    'INT-15 changes no figure when $names die and come back',
    async ({ services }, { signal }) => {
      const killedOut = outOf(`kill-${services.join('-')}`)
      const killed = new Map<Service, number>()
      const run = await runDemo({
        out: killedOut,
        seed,
        objects,
        signal,
        onLine: (text) => {
          const service = services.find((candidate) => !killed.has(candidate) && busyMoments[candidate].test(text))
          const pid = service === undefined ? undefined : processesOf(killedOut)[service]
          if (service === undefined || pid === undefined) return
          killed.set(service, pid)
          process.kill(pid, 'SIGKILL')
        },
      })
      expect(run.exitCode, run.output).toBe(0)
      expect([...killed.keys()]).toEqual(services)
      for (const [service, pid] of killed) {
        expect(run.output).toContain(`/ ${service} restarted (1)`)
        expect(processesOf(killedOut)[service]).not.toBe(pid)
      }
      expect(figuresOf(killedOut)).toEqual(figuresOf(out))
      expect(ratesOf(killedOut)).toEqual(ratesOf(out))
      expect(rostersOf(killedOut)).toEqual(rostersOf(out))
      expect(ticketsOf(killedOut)).toEqual(ticketsOf(out))
    },
  )
})

interface Commitment {
  readonly regionCode: string
  readonly assurance: string
  readonly beacons: readonly { readonly source: string }[]
  readonly tips: readonly { readonly unitId: string }[]
}

describe('the draws of the demo', () => {
  it('DRW-32 rest on the live beacons of the three other cities, a secret of the superior and the demo’s own beacon, and so on no one else’s word than the seed’s', () => {
    const commitments = drawIdsOf(out).map((drawId) => JSON.parse(textOf(out, `commitment-${drawId}.json`)) as Commitment)
    expect(new Set(commitments.map(({ regionCode }) => regionCode)).size).toBe(4)
    for (const { regionCode, assurance, beacons, tips } of commitments) {
      const others = cityCodes.filter((code) => code !== regionCode).map((code) => `region/${code}`)
      expect(beacons.map(({ source }) => source)).toEqual([...others.sort(), 'self/demo'])
      expect(tips.map(({ unitId }) => unitId)).toEqual(['230000-scj'])
      expect(assurance).toBe('self')
    }
  })
})

describe('the standalone verifiers', () => {
  it('DRW-31 matches every draw of the demo, in both languages, in front of its witnesses', async () => {
    for (const drawId of drawIdsOf(out)) {
      const transcript = join(out, `transcript-${drawId}.json`)
      for (const { exitCode, output } of [await verify(transcript), verifyInPython(transcript)]) {
        expect(exitCode, output).toBe(0)
        expect(output).toMatch(/^MATCH \(demo keys\)$/m)
        expect(output).toMatch(/^见证 \(witnesses\) [34] \/ 4/m)
      }
    }
  })

  it('DRW-31 names the first difference after one changed character of transcript, commitment or roster', async () => {
    for (const [index, drawId] of drawIdsOf(out).entries()) {
      for (const changed of bundleFiles(drawId)) {
        const copy = outOf(`changed-${index}`)
        mkdirSync(copy, { recursive: true })
        const change = copyWithChange(out, copy, drawId, changed, seed)
        const { exitCode, output } = await verify(join(copy, `transcript-${drawId}.json`), out)
        expect(exitCode, `${change}\n${output}`).toBe(1)
        expect(output, change).toMatch(/不一致 \(DIFFERENT\): (transcript-|commitment-|rosters\/|openings\/|region-log-)\S+ .+: /)
      }
    }
  })
})
