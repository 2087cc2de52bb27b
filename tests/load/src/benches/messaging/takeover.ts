import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { deadLetterTopic, type Transport, toRecord } from '@dual-random/messaging'
import { type Figure, figure } from '../../figure.ts'
import { openBenchScope } from '../../support/bench-scope.ts'
import { type DepartmentProcess, startDepartment } from '../../support/department-process.ts'
import { atRate } from '../../support/pace.ts'
import { openPipeline } from '../../support/pipeline.ts'
import { resultTopic } from '../../support/result-event.ts'
import { outgoingResult } from './outgoing-result.ts'

const group = 'department'
const perSecond = 100
/** Before the member ends, and afterwards until all has come. */
const steadyMs = 5000
const watchedMs = 15_000

/** The longest delay of an effect when one of the two members of a group is killed, or leaves. */
export async function benchTakeover(): Promise<readonly Figure[]> {
  return [
    figure('takeover.kill', (await longestDelay(async (member) => member.kill())) / 1000, 's'),
    figure('takeover.term', (await longestDelay((member) => member.stop())) / 1000, 's'),
  ]
}

async function longestDelay(end: (member: DepartmentProcess) => Promise<void>): Promise<number> {
  await using parts = new AsyncDisposableStack()
  const scope = parts.use(await openBenchScope([resultTopic, deadLetterTopic(group)].map((topic) => ({ topic, partitions: 6 }))))
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const member = async (name: string) =>
    parts.use(await startDepartment({ ...scope.pipelineOptions(name), group, notes: join(folder, name) }))
  const first = await member('first')
  const second = await member('second')
  const sender = parts.use(await openPipeline(scope.pipelineOptions('sender')))
  await untilShared(sender.transport, [first, second])
  const sentAt = new Map<string, number>()
  const sending = atRate(((steadyMs + watchedMs) * perSecond) / 1000, perSecond, async (index) => {
    sentAt.set(`r-${index}`, Date.now())
    await sender.transport.publish([toRecord(outgoingResult(`r-${index}`))])
  })
  await pause(steadyMs)
  const endedAt = Date.now()
  await end(second)
  await sending
  await pause(2000)
  const effects = [second, first].reduce((all, { effects: own }) => new Map([...own(), ...all]), new Map<string, number>())
  const delays = [...sentAt].filter(([, at]) => at >= endedAt - 1000).map(([id, at]) => (effects.get(id) ?? Number.NaN) - at)
  if (delays.some(Number.isNaN)) throw new Error('an event had no effect')
  return Math.max(...delays)
}

/** Sends until both members have applied something: the group has settled. */
async function untilShared(transport: Transport, members: readonly DepartmentProcess[]): Promise<void> {
  const giveUpAt = performance.now() + 30_000
  for (let index = 0; members.some(({ effects }) => effects().size === 0); index++) {
    if (performance.now() > giveUpAt) throw new Error('the group did not share its partitions')
    await transport.publish([toRecord(outgoingResult(`warm-${index}`))])
    await pause(20)
  }
}
