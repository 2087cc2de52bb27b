import { siblingModule } from '@dual-random/service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const half = { quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const first = lineOf('L01', half)
const second = lineOf('L02', half)
const tasks = (name: string) => ({ module: siblingModule(`support/${name}`, import.meta.url) })

describe('a draw whose computation is broken off', { timeout: 120_000 }, () => {
  let harness: Harness
  let organiser: Organiser

  /** Commits a line and lets its round come. */
  const committed = async (line: typeof first): Promise<string> => {
    const { drawId } = done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    harness.moveTo(commitment?.roundAt ?? '')
    return drawId
  }

  beforeAll(async () => {
    harness = await startDrawing({ overrides: { threads: tasks('dying-tasks') } })
    organiser = organiserOf(harness)
    harness.planning.publish(first, second)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  it('is asked for again when its thread dies, and stays committed until then', async () => {
    const drawId = await committed(first)
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'computation-lost'])
    expect((await organiser.read(drawId)).status).toBe('COMMITTED')
    await harness.restart()
    expect(done(await organiser.run(drawId))).toMatchObject({ status: 'MATCHED', transcript: { drawn: 5 } })
  })

  it('does not keep the service from ending in order', async () => {
    let begin = (): void => undefined
    const began = new Promise<void>((resolve) => {
      begin = resolve
    })
    await harness.restart({
      threads: tasks('endless-tasks'),
      deps: (real) => ({
        ...real,
        computations: {
          ...real.computations,
          draw: (input) => {
            const drawn = real.computations.draw(input)
            begin()
            return drawn
          },
        },
      }),
    })
    const drawId = await committed(second)
    const asked = organiser.run(drawId)
    await began
    await harness.restart()
    expect(refusal(await asked)).toEqual([503, 'computation-lost'])
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })
})
