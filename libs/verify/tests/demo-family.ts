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
import { regionCode, superior } from './parties.ts'
import { type DemoFiles, type DemoOptions, type DrawFiles, hashNamed, must, plainCommittedAt, playDraw } from './play-draw.ts'

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
  const hash = hashNamed(options.hash ?? 'sha256')
  const parent = playDraw(options)
  const played: PlayedDraw[] = [playedOf(parent.files, parent.pool)]
  const files: DrawFiles[] = [parent.files]
  for (const [index, { purpose, number = index + 1, day = index + 1, labels: [from, count] = [0, 2], ...step }] of steps.entries()) {
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
    const redraw = { stage: parent.stage, pool, subject: asked, number, grounds, rules }
    const drawn = playDraw({ ...options, committedAt, ...step, redraw })
    played.push({ ...playedOf(drawn.files, pool), purpose, labels: asked.labels })
    files.push(drawn.files)
  }
  const log = logFiles(parent.stage, options)
  const family = Object.fromEntries(files.flatMap(filesOf))
  return files.map((one) => ({ ...one, ...log, family }))

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
    const drawId = deriveDrawId(hash, { regionCode, subject: asked, batch: number, attempt })
    const changed = must(sortRoster(onRoster?.(roster, before) ?? roster))
    const excluded = changed.filter((one) => one.excluded).length
    const fitting = [...grounds.slice(0, excluded), ...Array.from({ length: Math.max(0, excluded - grounds.length) }, () => 'GONE')]
    return { pool: { ...of, drawId, labelsOf: asked.parentDrawId, roster: changed }, grounds: fitting }
  }

  function playedOf({ drawId, transcript, commitment }: DrawFiles, { roster }: Pool): PlayedDraw {
    const t = (JSON.parse(transcript) as SignedTranscript).transcript
    const drawn = t.strata.flatMap((one) => one.drawn.map(({ label }) => label))
    if (t.commitment !== commitmentDigest(hash, JSON.parse(commitment) as Commitment)) throw new Error('the transcript is of another S')
    return { drawId, transcript: transcriptDigest(hash, t), roster, drawn, labels: [] }
  }
}

const filesOf = ({ drawId, transcript, commitment, roster, earlier }: DrawFiles): readonly (readonly [name: string, text: string])[] => [
  ...Object.entries(earlier),
  [`transcript-${drawId}.json`, transcript],
  [`commitment-${drawId}.json`, commitment],
  [`rosters/${drawId}.ndjson`, roster],
]
