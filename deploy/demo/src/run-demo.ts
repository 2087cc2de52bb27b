import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoOptions } from './options.ts'
import { writeArtefacts } from './outcome/artefacts.ts'
import type { Check } from './outcome/check.ts'
import { runChecks } from './outcome/checks.ts'
import { quietTopics, readEvents } from './outcome/events.ts'
import { appliedEvents } from './outcome/marks.ts'
import { summarise } from './outcome/summary.ts'
import { checkLines, summaryTable } from './outcome/table.ts'
import { indicators } from './steps/follow.ts'
import { openScenario, type Scenario } from './steps/scenario.ts'
import { type StepTimer, stepTimer } from './steps/timer.ts'
import { calendar, runYear } from './steps/year.ts'
import { actingUnitIds, clerkOf, firstOperator, staffAccounts } from './world/accounts.ts'
import { startSignInDesk } from './world/sign-in-desk.ts'
import { startWorld, type World } from './world/world.ts'

/** Runs the year, writes what it left, checks it; the exit code. */
export async function runDemo({ seed, objects, out, keep, watchSeconds }: DemoOptions, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now()
  const progress = (line: string): void => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}`)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const timer = stepTimer(progress)
  await using world = await timer.run('启动', 'start', () => startWorld({ seed, out, start: calendar.start, progress }))
  progress(`公众门户 / public portal: ${world.services.gatewayUrl}/`)
  const scenario = openScenario(world, { seed, objects, watchSeconds, progress })
  const checks = await Promise.race([yearAndOutcome(scenario, timer, out), aborted(signal)])
  const failed = checks.filter(({ failures }) => failures.length > 0)
  progress(`产物在 ${out} / artefacts in ${out}`)
  if (keep) await stayUp(world, signal)
  return failed.length === 0 ? 0 : 1
}

async function yearAndOutcome(scenario: Scenario, timer: StepTimer, out: string): Promise<readonly Check[]> {
  const year = await runYear(scenario, timer)
  const { events, applied } = await timer.run('读回全部事件并核对', 'reading all events back', () => settledEvents(scenario))
  const rates = await indicators(scenario)
  await timer.run('写出产物', 'artefacts', () => writeArtefacts(scenario, out, year, { events, indicators: rates }))
  const summary = summarise(scenario.seed, year, events, applied, timer.durations)
  writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
  const checks = runChecks(year, applied)
  console.log(`\n${summaryTable(summary, rates)}\n\n${checkLines(checks)}\n`)
  return checks
}

/** All events and who applied them, once applying them has led to no further event. */
async function settledEvents(scenario: Scenario) {
  for (;;) {
    const published = await quietTopics(scenario.world)
    const events = await readEvents(scenario.world)
    const applied = await appliedEvents(scenario, events)
    if ((await quietTopics(scenario.world)) === published) return { events, applied }
  }
}

/** Prints where everything is and waits for Ctrl-C. */
async function stayUp({ services, stack, as }: World, signal: AbortSignal): Promise<void> {
  const accounts = [firstOperator, ...staffAccounts].map(({ subject }) => subject)
  await using desk = await startSignInDesk(accounts, (account) => as(account))
  const token = `DR_TOKEN=$(curl -s ${desk.url}/${clerkOf(actingUnitIds[0] ?? '').subject})`
  console.log(`网关 / gateway   ${services.gatewayUrl}`)
  console.log(`登录 / sign in   ${desk.url} 列出账号 / lists the accounts`)
  console.log(`  export DR_REGISTRY_URL=${services.gatewayUrl}/api/registry ${token}`)
  for (const [name, { http, grpc }] of Object.entries(services.addresses)) {
    console.log(`${name.padEnd(16)} http://127.0.0.1:${http}  gRPC 127.0.0.1:${grpc}  pid ${services.processes.get(name as never)?.pid()}`)
  }
  console.log(`Kafka            ${stack.kafkaBrokers}\nMongoDB          ${stack.mongodbUri}\n按 Ctrl-C 停止 / press Ctrl-C to stop`)
  await aborted(signal).catch(() => undefined)
}

export const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error('stopped'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })
