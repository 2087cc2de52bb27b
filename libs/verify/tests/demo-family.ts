import {
  type Commitment,
  commitmentDigest,
  deriveDrawId,
  drawnIn,
  type FamilyDraw,
  type RedrawPurpose,
  type RedrawSubject,
  type RosterEntry,
  redrawExclusion,
  redrawRules,
  type SignedTranscript,
  sortRoster,
  standingIn,
  transcriptDigest,
} from '@dual-random/draw'
import { addMs } from '@dual-random/kernel'
import { logFiles } from './demo-bundle.ts'
import type { Pool } from './demo-pool.ts'
import { type City, organiser, superior } from './parties.ts'
import { type DemoFiles, type DemoOptions, type DrawFiles, hashNamed, must, plainCommittedAt, playDraw, type Stage } from './play-draw.ts'

/** One redraw of a family, by the rules unless a test wants it otherwise. */
export interface RedrawStep extends DemoOptions {
  readonly purpose: RedrawPurpose
  /** How many of the standing labels it names, from which on; two from the first by default. */
  readonly labels?: readonly [from: number, count: number]
  /** Of an escalation; one in `A` by default. */
  readonly counts?: Readonly<Record<string, number>>
  /** The next one by default. */
  readonly number?: number
  /** A cheating organiser's last word on the subject, after which everything follows it. */
  readonly onSubject?: (subject: RedrawSubject, family: readonly PlayedDraw[]) => RedrawSubject
  /** The same for who is excluded; the labels of a roster are the parent's. */
  readonly onRoster?: (roster: readonly RosterEntry[], family: readonly PlayedDraw[]) => readonly RosterEntry[]
  /** Days after the parent's commitment; one more than the step before by default. */
  readonly day?: number
}

export interface PlayedDraw extends FamilyDraw {
  readonly drawId: string
  readonly transcript: string
  readonly roster: readonly RosterEntry[]
}

/** A draw of a family with the files of all of it. */
export type FamilyFiles = DemoFiles & { readonly family: Readonly<Record<string, string>> }

const dayMs = 86_400_000
/** As of the redraws, one object of the pool has come under a ground. */
const newlyGone = 2

/** Plays a draw and redraws of it in one log; gives the files of each, the parent's first. */
export function demoFamily(steps: readonly RedrawStep[], options: DemoOptions = {}): readonly FamilyFiles[] {
  const parent = playDraw(options)
  const played = playRedraws({ ...parent, city: organiser, played: playedOf(parent.files, parent.pool, options) }, steps, options)
  const files = [parent.files, ...played]
  const log = logFiles(parent.stage, options)
  const family = Object.fromEntries(files.flatMap(filesOf))
  return files.map((one) => ({ ...one, ...log, family }))
}

/** What redraws follow in a city's log: of a draw of several cities, that city's part. */
export interface Parent {
  readonly city: City
  readonly stage: Stage
  readonly pool: Pool
  readonly played: PlayedDraw
}

/** Plays redraws of a parent in the log of one city, each by the rules unless its step wants it otherwise. */
export function playRedraws(parent: Parent, steps: readonly RedrawStep[], options: DemoOptions): readonly DrawFiles[] {
  const hash = hashNamed(options.hash ?? 'sha256')
  const { city } = parent
  const played: PlayedDraw[] = [parent.played]
  return steps.map(({ purpose, day: ofStep, number: ofNumber, labels: [from, count] = [0, 2], ...step }, index) => {
    const [number, day] = [ofNumber ?? index + 1, ofStep ?? index + 1]
    const standing = [...standingIn(played)].sort()
    const subject: RedrawSubject = {
      kind: 'redraw',
      parentDrawId: parent.pool.drawId,
      purpose,
      labels: purpose === 'escalation' ? [] : standing.slice(from, from + count),
      after: played.map(({ drawId, transcript }) => ({ drawId, transcript })),
      approval: {
        approvedAt: addMs(plainCommittedAt, day * dayMs - 600_000),
        unitId: superior.unitId,
        reasons: [{ reason: 'recusal', count: 2 }],
      },
    }
    const asked = step.onSubject?.(subject, played) ?? subject
    const { pool, grounds } = poolOf(parent.pool, { asked, number, attempt: step.attempt ?? 1 }, played, step.onRoster)
    const stratumOf = (label: string) => parent.pool.roster.find((one) => one.label === label)?.stratum
    const request = { purpose, labels: asked.labels, counts: purpose === 'escalation' ? (step.counts ?? { A: 1 }) : {} }
    const rules = redrawRules(request, ['A', 'B', 'D'], stratumOf)
    const committedAt = addMs(options.committedAt ?? plainCommittedAt, day * dayMs)
    const redraw = { city, stage: parent.stage, pool, subject: asked, number, grounds, rules }
    const { files } = playDraw({ ...options, committedAt, ...step, redraw })
    played.push({ ...playedOf(files, pool, options), purpose, labels: asked.labels })
    return files
  })

  function poolOf(
    of: Pool,
    { asked, number, attempt }: { readonly asked: RedrawSubject; readonly number: number; readonly attempt: number },
    before: readonly PlayedDraw[],
    onRoster: RedrawStep['onRoster'],
  ): { readonly pool: Pool; readonly grounds: readonly string[] } {
    const request = { purpose: asked.purpose, labels: new Set(asked.labels), drawn: drawnIn(before) }
    const grounds: string[] = []
    const roster = of.roster.map((entry, index): RosterEntry => {
      const since = index === newlyGone ? 'GONE' : undefined
      const ground = redrawExclusion(request, entry, { before: entry.excluded ? 'REPEAT_BAR' : undefined, since, own: (own) => own })
      if (ground !== undefined) grounds.push(ground)
      return { ...entry, excluded: ground !== undefined }
    })
    const drawId = deriveDrawId(hash, { regionCode: city.regionCode, subject: asked, batch: number, attempt })
    const changed = must(sortRoster(onRoster?.(roster, before) ?? roster))
    const excluded = changed.filter((one) => one.excluded).length
    const fitting = [...grounds.slice(0, excluded), ...Array.from({ length: Math.max(0, excluded - grounds.length) }, () => 'GONE')]
    return { pool: { ...of, drawId, labelsOf: asked.parentDrawId, roster: changed }, grounds: fitting }
  }
}

export function playedOf(
  { drawId, transcript, commitment }: Pick<DrawFiles, 'drawId' | 'transcript' | 'commitment'>,
  { roster }: Pool,
  options: DemoOptions,
): PlayedDraw {
  const hash = hashNamed(options.hash ?? 'sha256')
  const t = (JSON.parse(transcript) as SignedTranscript).transcript
  if (t.commitment !== commitmentDigest(hash, JSON.parse(commitment) as Commitment)) throw new Error('the transcript is of another S')
  // Of what several cities drew, a city has what stands in its own roster.
  const own = new Set(roster.map(({ label }) => label))
  const drawn = t.strata.flatMap((one) => one.drawn.flatMap(({ label }) => (own.has(label) ? [label] : [])))
  return { drawId, transcript: transcriptDigest(hash, t), roster, drawn, labels: [] }
}

export const filesOf = ({
  drawId,
  transcript,
  commitment,
  roster,
  earlier,
}: DrawFiles): readonly (readonly [name: string, text: string])[] => [
  ...Object.entries(earlier),
  [`transcript-${drawId}.json`, transcript],
  [`commitment-${drawId}.json`, commitment],
  [`rosters/${drawId}.ndjson`, roster],
]
