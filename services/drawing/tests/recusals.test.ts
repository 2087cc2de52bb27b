import type { MatchRecord, SignedTranscript } from '@dual-random/draw'
import type { DrawId, UnitId } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskIdOf } from '../src/domain/outcomes.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, drawLine, lineOf, type Organiser, organiserOf } from './support/steps.ts'
import type { TaskEnd } from './support/task-events.ts'

interface Orders {
  readonly items: readonly {
    readonly order: number
    readonly status: string
    readonly reason?: string
    readonly grounds: readonly object[]
  }[]
}

const line = lineOf('L-recusal', { quantity: { kind: 'count', count: 4 } })

describe('recusals that inspection tells of', () => {
  let harness: Harness
  let organiser: Organiser
  let draw: DrawBody & { readonly drawId: DrawId }
  let labels: readonly string[] = []
  let members: ReadonlyMap<string, readonly string[]> = new Map()

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 12 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3', 'i-4'].map((id) => ({ id, unitId: bureau }))
    harness.planning.publish(line)
    harness.moveTo('2026-03-02T01:10:03.000Z')
    draw = (await drawLine(harness, organiser, line)) as typeof draw
    const transcript = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${draw.drawId}/transcript`)
    labels = ((await transcript.json()) as SignedTranscript).transcript.batches.flat()
    const { matches } = JSON.parse(await harness.text(`/v1/draws/${draw.drawId}/match`, ['AUDITOR'])) as MatchRecord
    members = new Map(matches.map(({ object, teams }) => [object, teams[0]?.members ?? []]))
  })
  afterAll(() => harness?.dispose())

  const labelAt = (index: number): string => labels[index] ?? ''
  const taskAt = (index: number): string => taskIdOf(draw.drawId, labelAt(index), bureau as UnitId)
  const inspectorAt = (index: number): string => members.get(labelAt(index))?.[0] ?? ''
  const tell = async (index: number, end: TaskEnd, events: number): Promise<void> => {
    await harness.publishTask(draw.drawId, taskAt(index), end)
    await eventually(async () => expect(await harness.tasksSeen([taskAt(index)])).toEqual([events]))
  }
  const recused = (index: number, rejected?: true): TaskEnd => ({
    recused: { label: labelAt(index), inspector: inspectorAt(index), ...(rejected === undefined ? {} : { rejected }) },
  })
  const orders = async (): Promise<Orders['items']> =>
    (await (await harness.as(['DRAW_ORGANISER'])).get<Orders>(`/v1/draws/${draw.drawId}/redraws`)).body.items
  const ground = (index: number) => ({
    reason: 'RECUSAL',
    label: labelAt(index),
    unitId: bureau,
    inspectors: [inspectorAt(index)],
    recusalId: `recusal-${taskAt(index)}`,
  })

  it('DRW-14 asks for a re-match of the team that somebody must leave; several wait together', async () => {
    await tell(0, recused(0), 2)
    expect(await orders()).toMatchObject([
      { order: 1, status: 'PROPOSED', purpose: 'REMATCH', proposedBy: 'inspection', grounds: [ground(0)] },
    ])
    await tell(1, recused(1), 2)
    expect(await orders()).toMatchObject([{ order: 1, grounds: [ground(0), ground(1)] }])
  })

  it('DRW-14 takes the ground back when the recusal is rejected, and the order with its last one', async () => {
    await tell(2, recused(2, true), 3)
    expect(await orders()).toMatchObject([{ order: 1, status: 'PROPOSED', grounds: [ground(0), ground(1)] }])
    const superior = await harness.as(['FILING_REVIEWER'], '230000-scj', '230000')
    expect(await superior.post(`/v1/draws/${draw.drawId}/redraws/1/approve`, {})).toMatchObject({ status: 200 })
    await tell(3, recused(3, true), 3)
    expect(await orders()).toMatchObject([{ status: 'APPROVED' }, { order: 2, status: 'REJECTED', reason: 'RECUSAL_REJECTED' }])
  })

  it('DRW-30 an object that was replaced counts as not visited for that reason', async () => {
    const other = lineOf('L-replaced', { quantity: { kind: 'count', count: 1 } })
    harness.planning.publish(other)
    const second = (await drawLine(harness, organiser, other)) as typeof draw
    const transcript = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${second.drawId}/transcript`)
    const [label = ''] = ((await transcript.json()) as SignedTranscript).transcript.batches.flat()
    const taskId = taskIdOf(second.drawId, label, bureau as UnitId)
    await harness.publishTask(second.drawId, taskId, 'withdrawn')
    await eventually(async () => expect(await harness.tasksSeen([taskId])).toEqual([2]))
    harness.moveTo('2026-12-31T00:00:00.000Z')
    expect(done(await organiser.close(second.drawId)).closing).toMatchObject({ visited: 0, notVisited: 1 })
  })

  it('DRW-14 asks for nothing once the draw is closed', async () => {
    done(await organiser.close(draw.drawId))
    const before = await orders()
    await harness.publishTask(draw.drawId, 'f'.repeat(32), recused(0))
    await eventually(async () => expect(await harness.tasksSeen(['f'.repeat(32)])).toEqual([2]))
    expect(await orders()).toEqual(before)
  })
})
