import type { ItemCode } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { type Deployment, type Part, startDeployment } from './support/deployment.ts'
import { regionCode } from './support/harness.ts'
import { InsistentOrganiser, type Secret, states, statesOfSecrets, timeoutMs } from './support/insistent-organiser.ts'
import { heldByQuorum, type Outcome, outcomeOf } from './support/outcomes.ts'
import { outsideUnits, secretOf } from './support/outside-units.ts'
import { drawIdOf, lineOf } from './support/steps.ts'

const items = ['SP-01' as ItemCode]
const lineNamed = (lineId: string): PublishedLine =>
  lineOf(lineId, {
    itemCodes: items,
    itemClass: 'KEY',
    quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] },
    units: publishedLine.units.map((unit) => ({ ...unit, itemCodes: items })),
  })

/** One draw per process that is killed, at every state of its draw. */
const victims = [
  ['drawing', lineNamed('T1')],
  ['registry', lineNamed('T2')],
  ['w2', lineNamed('T3')],
] as const satisfies readonly (readonly [Part, PublishedLine])[]

/** Whose first attempt gets a tip and no reveal. */
const withheld = lineNamed('T4')

const ofSecretDraw = ['tip', 'snapshot', 'commitment', 'reveal', 'transcript', 'match']

describe('processes killed at every state of a draw whose S names a tip', { timeout: 900_000 }, () => {
  let calm: Deployment
  let disturbed: Deployment

  beforeAll(async () => {
    ;[calm, disturbed] = await Promise.all([startDeployment(), startDeployment()])
    for (const { planning } of [calm, disturbed]) planning.publish(...victims.map(([, line]) => line), withheld)
  }, 400_000)
  afterAll(() => Promise.all([calm.dispose(), disturbed.dispose()]))

  /** Brings what the superior signed until the log has it, as it may be sent again. */
  const entered = (enter: () => Promise<{ readonly status: number }>): Promise<void> =>
    eventually(
      async () => {
        const { status } = await enter()
        if (status > 201) throw new Error(`not entered: ${status}`)
      },
      { timeoutMs },
    )
  const secretFor = (deployment: Deployment): Secret => {
    const units = outsideUnits(() => deployment.url('drawing'))
    return {
      tip: (drawId) => entered(() => units.tip(drawId, secretOf(drawId))),
      reveal: (drawId, commitment) => entered(() => units.reveal(drawId, commitment, secretOf(drawId))),
    }
  }
  const statusOf = async (deployment: Deployment, drawId: string): Promise<DrawBody> =>
    (await (await deployment.as('drawing', ['DRAW_ORGANISER'])).get<DrawBody>(`/v1/draws/${drawId}`)).body

  it('DRW-31 DRW-32 gives the same S, the same drawn, the same teams, once, whichever process is killed between tip and reveal or elsewhere', async () => {
    const live = async (deployment: Deployment, isKilling: boolean): Promise<readonly [readonly Outcome[], readonly string[]]> => {
      const organiser = new InsistentOrganiser(deployment)
      const outcomes: Outcome[] = []
      for (const [index, [victim, line]] of victims.entries()) {
        const drawn = await organiser.draw(line, 1 + 3 * index, isKilling ? victim : undefined, { secret: secretFor(deployment) })
        outcomes.push(await outcomeOf(deployment, drawn))
      }
      return [outcomes, organiser.reached]
    }
    const [[expected], [resumed, reached]] = await Promise.all([live(calm, false), live(disturbed, true)])
    const everywhere = [...states.filter((state) => state !== 'closing'), ...statesOfSecrets]
    expect(reached.toSorted()).toEqual(victims.flatMap(([victim]) => everywhere.map((state) => `${victim} ${state}`)).toSorted())
    for (const outcome of expected) expect(outcome.kinds).toEqual(ofSecretDraw)
    expect(resumed).toEqual(expected)
  })

  it('DRW-32 with no reveal is void before the round, killed or not, and the attempt that follows under the superior’s approval is the same', async () => {
    const live = async (deployment: Deployment, victim?: Part): Promise<readonly [unknown, Outcome]> => {
      const organiser = new InsistentOrganiser(deployment)
      const secret = secretFor(deployment)
      await deployment.moveTo('2026-03-02T10:10:30.000Z')
      const first = drawIdOf(withheld)
      await secret.tip(first)
      await organiser.freeze(withheld)
      if (victim === undefined) await organiser.commit(first)
      else await organiser.commitAndDie(first, () => heldByQuorum(deployment, first))
      await deployment.moveTo('2026-03-02T12:00:00.000Z')
      if (victim !== undefined) await deployment.start(victim)
      const { voided } = await eventually(
        async () => {
          const draw = await statusOf(deployment, first)
          if (draw.status !== 'VOID') throw new Error(draw.status)
          return draw
        },
        { timeoutMs },
      )
      const second = drawIdOf(withheld, 2)
      await entered(() => outsideUnits(() => deployment.url('drawing')).approve(second, '未揭示'))
      const drawn = await organiser.draw(withheld, 13, victim, { attempt: 2, secret })
      const { kinds } = await outcomeOf(deployment, { ...drawn, drawId: first })
      return [{ voided, kinds }, await outcomeOf(deployment, drawn)]
    }
    const [expected, resumed] = await Promise.all([live(calm), live(disturbed, 'drawing')])
    expect(expected[0]).toEqual({ voided: { reason: 'reveal-missing' }, kinds: ['tip', 'snapshot', 'commitment', 'void'] })
    expect(expected[1].kinds).toEqual(['approval', ...ofSecretDraw])
    expect(resumed).toEqual(expected)
  })

  it('DRW-31 every draw of the killed processes verifies under the pinned keys', async () => {
    const drawn: readonly (readonly [drawId: string, attemptsBefore: readonly string[]])[] = [
      ...victims.map(([, line]) => [drawIdOf(line), []] as const),
      [drawIdOf(withheld, 2), [drawIdOf(withheld)]],
    ]
    for (const [drawId, attemptsBefore] of drawn) {
      const verdict = await verifyPublicFiles(disturbed.url('drawing'), drawId, regionCode, disturbed.keysFile, attemptsBefore)
      expect(verdict).toMatchObject({ exitCode: 0, output: expect.stringContaining('MATCH') as string })
    }
  })
})
