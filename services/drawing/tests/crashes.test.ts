import type { Commitment } from '@dual-random/draw'
import type { Instant, ItemCode, LocalDate } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { deadlineOf } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { type Deployment, type Part, startDeployment } from './support/deployment.ts'
import { regionCode } from './support/harness.ts'
import { InsistentOrganiser, states, timeoutMs } from './support/insistent-organiser.ts'
import { heldBy, heldByQuorum, type Outcome, outcomeOf } from './support/outcomes.ts'
import { lineOf } from './support/steps.ts'

const items = ['SP-01' as ItemCode]
const lineNamed = (lineId: string, change: Partial<PublishedLine['batches'][number]> = {}): PublishedLine =>
  lineOf(lineId, {
    itemCodes: items,
    itemClass: 'KEY',
    quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] },
    units: publishedLine.units.map((unit) => ({ ...unit, itemCodes: items })),
    batches: publishedLine.batches.slice(0, 1).map((batch) => ({ ...batch, share: { numerator: 1, denominator: 1 }, ...change })),
  })

/** One draw per process that is killed, at every state of its draw. */
const victims = [
  ['drawing', lineNamed('K1')],
  ['registry', lineNamed('K2')],
  ['w2', lineNamed('K3')],
] as const satisfies readonly (readonly [Part, PublishedLine])[]

/** For after the others are closed: the clock of a process does not go back. */
const later = {
  window: { start: '2026-08-01' as LocalDate, end: '2026-08-31' as LocalDate },
  freezeAt: '2026-08-03T01:00:00.000Z' as Instant,
  commitAt: '2026-08-03T01:10:00.000Z' as Instant,
}
const heldInTime = lineNamed('K4', later)
const heldByTooFew = lineNamed('K5', later)

describe('processes killed at every state of a draw', { timeout: 900_000 }, () => {
  let calm: Deployment
  let disturbed: Deployment

  beforeAll(async () => {
    ;[calm, disturbed] = await Promise.all([startDeployment(), startDeployment()])
    for (const { planning } of [calm, disturbed]) planning.publish(...victims.map(([, line]) => line), heldInTime, heldByTooFew)
  }, 400_000)
  afterAll(() => Promise.all([calm.dispose(), disturbed.dispose()]))

  it('DRW-31 DRW-32 gives the same S, the same drawn, the same teams, once, whichever process is killed wherever', async () => {
    const live = async (deployment: Deployment, isKilling: boolean): Promise<readonly [readonly Outcome[], readonly string[]]> => {
      const organiser = new InsistentOrganiser(deployment)
      const drawn: DrawBody[] = []
      for (const [index, [victim, line]] of victims.entries())
        drawn.push(await organiser.draw(line, 1 + 2 * index, isKilling ? victim : undefined))
      await deployment.moveTo(drawn[0]?.closeAt ?? '')
      const outcomes: Outcome[] = []
      for (const [index, [victim]] of victims.entries()) {
        const closed = await organiser.close(drawn[index] as DrawBody, isKilling ? victim : undefined)
        outcomes.push(await outcomeOf(deployment, closed))
      }
      return [outcomes, organiser.reached]
    }
    const [[expected], [resumed, reached]] = await Promise.all([live(calm, false), live(disturbed, true)])
    expect(reached.toSorted()).toEqual(victims.flatMap(([victim]) => states.map((state) => `${victim} ${state}`)).toSorted())
    for (const outcome of expected) {
      expect(Object.values(outcome)).not.toContain(undefined)
      expect(outcome.kinds).toEqual(['snapshot', 'commitment', 'transcript', 'match', 'closed'])
    }
    expect(resumed).toEqual(expected)
  })

  it('DRW-31 every draw of the killed processes verifies under the pinned keys', async () => {
    const { body } = await (await disturbed.as('drawing', ['DRAW_ORGANISER'])).get<{ readonly items: readonly DrawBody[] }>('/v1/draws')
    const drawn = body.items.filter(({ status }) => status === 'CLOSED')
    expect(drawn).toHaveLength(victims.length)
    for (const { drawId } of drawn) {
      const { output, exitCode } = await verifyPublicFiles(disturbed.url('drawing'), drawId, regionCode, disturbed.keysFile)
      expect({ output, exitCode }).toMatchObject({ exitCode: 0, output: expect.stringContaining('MATCH (demo keys)') as string })
    }
  })

  /**
   * Drawing is killed with its S in the log, and started again after the round. What is to come of it is told while it is dead, from the witnesses' own
   * instants: S counts where a quorum held it by the deadline (docs/draw-protocol.md §15), else the attempt is void by rule (§19).
   */
  const afterTheRound = async (drawId: string, startedAt: string) => {
    const sightings = await heldBy(disturbed, drawId)
    await disturbed.moveTo(startedAt)
    await disturbed.start('drawing')
    const settled = await eventually(
      async () => {
        const { body } = await (await disturbed.as('drawing', ['DRAW_ORGANISER'])).get<DrawBody>(`/v1/draws/${drawId}`)
        if (body.status !== 'VOID' && body.status !== 'MATCHED') throw new Error(body.status)
        return body
      },
      { timeoutMs },
    )
    const s = JSON.parse(await disturbed.text(`/v1/public/draws/${drawId}/commitment`)) as Commitment
    const deadline = deadlineOf(s)
    expect(startedAt > deadline).toBe(true)
    const inTime = [...sightings.values()].filter((receivedAt) => receivedAt <= deadline)
    const { kinds } = await outcomeOf(disturbed, settled)
    return {
      expected:
        inTime.length >= disturbed.keysFile.quorum
          ? ['MATCHED', undefined, ['snapshot', 'commitment', 'transcript', 'match']]
          : ['VOID', 'not-witnessed', ['snapshot', 'commitment', 'void']],
      settled: [settled.status, settled.voided?.reason, kinds],
    }
  }

  it('DRW-31 DRW-32 killed with its S in the log and before a quorum in time, it draws that S when it is started again after the round', async () => {
    const organiser = new InsistentOrganiser(disturbed)
    await disturbed.moveTo('2026-08-03T01:10:30.000Z')
    const { drawId } = await organiser.freeze(heldInTime)
    await organiser.commitAndDie(drawId, () => heldByQuorum(disturbed, drawId))
    const { expected, settled } = await afterTheRound(drawId, '2026-08-03T02:00:00.000Z')
    expect(expected[0]).toBe('MATCHED')
    expect(settled).toEqual(expected)
  })

  it('DRW-31 DRW-32 killed with its S in the log that too few held in time, it is void by that, whatever the round gave', async () => {
    const organiser = new InsistentOrganiser(disturbed)
    await disturbed.moveTo('2026-08-03T03:10:30.000Z')
    const { drawId } = await organiser.freeze(heldByTooFew)
    // By the clocks of two of four the deadline is past: they take the lines before S, and refuse S.
    await disturbed.moveTo('2026-08-03T08:00:00.000Z', ['w1', 'w2'])
    await organiser.commitAndDie(drawId)
    const { expected, settled } = await afterTheRound(drawId, '2026-08-03T08:10:00.000Z')
    expect(expected[0]).toBe('VOID')
    expect(settled).toEqual(expected)
  })
})
