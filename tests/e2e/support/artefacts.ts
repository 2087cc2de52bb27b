import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the tests read of the demo's artefacts. */
export interface Summary {
  readonly seed: string
  readonly objects: { readonly received: number; readonly stored: number; readonly rejected: number }
  readonly plans: number
  readonly planLines: number
  readonly questions: number
  readonly draws: number
  readonly drawn: number
  readonly drawnByGrade: Readonly<Record<string, number>>
  readonly byCity: Readonly<Record<string, Readonly<Record<'drawn' | 'tasks' | 'results' | 'published', number>>>>
  readonly visits: number
  readonly tasks: number
  readonly results: number
  readonly resultsByType: Readonly<Record<string, number>>
  readonly publications: Readonly<Record<'published' | 'onTime' | 'late' | 'negative', number>>
  readonly followUps: { readonly opened: number; readonly closed: number }
  readonly jointTasks: number
  readonly recognised: number
  readonly events: { readonly published: number; readonly applied: number; readonly byType: Readonly<Record<string, number>> }
  readonly durations: Readonly<Record<string, number>>
}

export interface Transcript {
  readonly drawId: string
  readonly strata: readonly { readonly stratum: string; readonly drawn: readonly { readonly label: string; readonly ticket: string }[] }[]
  readonly drawnSet: readonly string[]
}

export interface Plan {
  readonly planId: string
  readonly regionCode: string
  readonly planType: string
  readonly state: string
  readonly lines: readonly { readonly lineId: string; readonly taskName: string }[]
}

export interface Task {
  readonly taskId: string
  readonly taskNumber: string
  readonly regionCode: string
  readonly unitId: string
  readonly drawId: string
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly visitId: string
  readonly mergeWindowId: string
  readonly object: { readonly code: string }
  readonly items: readonly { readonly itemCode: string; readonly result?: { readonly resultId: string } }[]
  readonly team: { readonly members: readonly { readonly subject: string; readonly leader: boolean }[] }
  readonly status: string
  readonly notCompleted?: { readonly reason: string }
}

export interface Result {
  readonly resultId: string
  readonly taskId: string
  readonly itemCode: string
  readonly resultType: string
  readonly opensFollowUp: boolean
}

export interface Publication {
  readonly publicationId: string
  readonly resultId: string
  readonly taskId: string
  readonly regionCode: string
  readonly status: string
  readonly onTime?: boolean
}

export interface JointTask {
  readonly jointTaskId: string
  readonly drawId: string
  readonly initiatorUnitId: string
  readonly objectCount: number
  readonly status: string
  readonly participants: readonly { readonly unitId: string; readonly itemCodes: readonly string[]; readonly status: string }[]
}

export interface RecognisedRecord {
  readonly recordId: string
  readonly regionCode: string
  readonly issuingRegionCode: string
}

export interface EventRecord {
  readonly topic: string
  readonly id: string
  readonly type: string
  readonly aggregateId: string
  readonly seq: number
  readonly regionCode: string
}

export interface RegionIndicators {
  readonly regionCode: string
  readonly indicators: readonly { readonly code: string; readonly numerator: number; readonly denominator: number }[]
}

export const textOf = (out: string, file: string): string => readFileSync(join(out, file), 'utf8')

const json = (out: string, file: string): unknown => JSON.parse(textOf(out, file))

const lines = (out: string, file: string): unknown =>
  textOf(out, file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

export const plansOf = (out: string) => json(out, 'plans.json') as readonly Plan[]
export const tasksOf = (out: string) => lines(out, 'tasks.ndjson') as readonly Task[]
export const resultsOf = (out: string) => lines(out, 'results.ndjson') as readonly Result[]
export const publicationsOf = (out: string) => lines(out, 'publications.ndjson') as readonly Publication[]
export const jointTasksOf = (out: string) => json(out, 'joint.json') as readonly JointTask[]
export const recognisedOf = (out: string) => json(out, 'recognition.json') as readonly RecognisedRecord[]
export const indicatorsOf = (out: string) => json(out, 'indicators.json') as readonly RegionIndicators[]
export const eventsOf = (out: string) => lines(out, 'events.ndjson') as readonly EventRecord[]
/** What the commitment of a draw is for. */
/** The plan line that a draw of the demo is of. */
export interface Subject {
  readonly kind: string
  readonly planId: string
  readonly lineId: string
}

export const subjectOf = (out: string, drawId: string) => (json(out, `commitment-${drawId}.json`) as { readonly subject: Subject }).subject

export const transcriptOf = (out: string, drawId: string) =>
  (json(out, `transcript-${drawId}.json`) as { readonly transcript: Transcript }).transcript

export const summaryOf = (out: string) => json(out, 'summary.json') as Summary

/** All figures of a run: the summary without the durations. */
export function figuresOf(out: string): Omit<Summary, 'durations'> {
  const { durations: _, ...figures } = summaryOf(out)
  return figures
}

/** Numerator and denominator of each indicator of each region. */
export const ratesOf = (out: string): Readonly<Record<string, readonly [number, number]>> =>
  Object.fromEntries(
    indicatorsOf(out).flatMap(({ regionCode, indicators }) =>
      indicators.map(({ code, numerator, denominator }) => [`${regionCode} ${code}`, [numerator, denominator]]),
    ),
  )

export const drawIdsOf = (out: string): readonly string[] =>
  readdirSync(out)
    .flatMap((file) => /^transcript-([0-9a-f]{64})\.json$/.exec(file)?.[1] ?? [])
    .sort()

/** Who was drawn and with which ticket, draw by draw, stratum by stratum. */
export const ticketsOf = (out: string): Readonly<Record<string, Transcript['strata']>> =>
  Object.fromEntries(drawIdsOf(out).map((drawId) => [drawId, transcriptOf(out, drawId).strata]))

export const rostersOf = (out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(drawIdsOf(out).map((drawId) => [drawId, textOf(out, `rosters/${drawId}.ndjson`)]))

export const labelsOf = (out: string): readonly string[] =>
  drawIdsOf(out).flatMap((drawId) =>
    (lines(out, `rosters/${drawId}.ndjson`) as readonly { readonly label: string }[]).map(({ label }) => label),
  )

/** Who checks what together with whom: task, object, visit and team. */
export const matchesOf = (out: string): readonly unknown[] =>
  tasksOf(out).map(({ taskId, taskNumber, unitId, object, visitId, team }) => ({
    taskId,
    taskNumber,
    unitId,
    object: object.code,
    visitId,
    team: team.members.map(({ subject, leader }) => `${subject}${leader ? ' leads' : ''}`),
  }))

export const countBy = <T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}
