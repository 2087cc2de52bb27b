import { join } from 'node:path'
import { addDays, addMs, chinaDateOf, instantOf, type LocalDate } from '@dual-random/kernel'
import type { Supervised } from '@dual-random/local-stack'
import type { GeneratedInspector } from '../register/inspectors.ts'
import type { Draw } from '../steps/draws.ts'
import { bindRoles, importUnits } from '../steps/found.ts'
import { internalLines, type Plan, selection } from '../steps/plans.ts'
import { generateCity, importCity } from '../steps/registers.ts'
import type { Scenario } from '../steps/scenario.ts'
import type { StepTimer } from '../steps/timer.ts'
import { filingReviewer, firstOperator, organiserOf, plannerOf, policyAdmin, staffAccounts } from '../world/accounts.ts'
import { until } from '../world/parallel.ts'
import type { FederatedWorld } from './federated-world.ts'
import { organiser } from './parties.ts'
import { runProgram, watchProgram } from './program.ts'
import { presetName } from './terms.ts'

export interface FederatedDraw {
  readonly drawId: string
  readonly drawn: number
}

type Work = Pick<Scenario, 'as' | 'progress' | 'seed' | 'objects'>

/** From a register to a draw that witnesses hold, on wall time. */
export async function drawFederated(world: FederatedWorld, work: Work, timer: StepTimer): Promise<FederatedDraw> {
  await timer.run('建账和导入名录库', 'accounts, policy, registers', () => prepareRegisters(work))
  const plan = await timer.run('编制、报备、公布计划', 'a published plan', () => publishPlan(work))
  const [line] = plan.lines
  const [batch] = line?.batches ?? []
  if (line === undefined || batch === undefined) throw new Error('the plan has no batch')
  const unit = unitProgram(world)
  const tips = await timer.run('上级登记秘密值的承诺', 'the superior’s tip', () => unit.newSecret(plan.planId))
  work.progress(`  承诺 ${tips} 个 / ${tips} tips`)
  await using _watch = stopping(unit.watch())
  const as = work.as(organiserOf(line.initiatorUnitId))
  const post = (path: string, body: unknown): Promise<Draw> => as.post<Draw>(`/drawing/v1/draws${path}`, body)
  const { drawId } = await timer.run('冻结名单', 'freeze', async () => {
    await untilPast(batch.freezeAt, 6000)
    return post('', { planId: plan.planId, lineId: line.lineId, batch: batch.number })
  })
  const committed = await timer.run('承诺并经见证', 'commitment before witnesses', async () => {
    await untilPast(batch.commitAt)
    return post(`/${drawId}/commit`, { shortTeamsApproved: true })
  })
  const roundAt = committed.commitment?.roundAt ?? ''
  work.progress(`  等待轮次 ${roundAt} / waiting for the rounds; the superior reveals before`)
  const drawn = await timer.run('揭示、轮次到期、抽取', 'reveal, rounds, draw', () => matched(post, drawId, roundAt))
  return { drawId, drawn: drawn.transcript?.drawn ?? 0 }
}

/** Accounts, units, policy and the register of the one city. */
async function prepareRegisters(work: Work): Promise<void> {
  const operator = work.as(firstOperator)
  await importUnits(operator)
  const regions = new Set([firstOperator.regionCode, organiser.regionCode])
  await bindRoles(
    operator,
    staffAccounts.filter(({ regionCode }) => regions.has(regionCode)),
  )
  const admin = work.as(policyAdmin)
  const { regionCode } = organiser
  const from = `${today().slice(0, 4)}-01-01`
  await admin.post('/registry/v1/policy-bindings', { regionCode: firstOperator.regionCode, preset: 'heilongjiang', from })
  await admin.post('/registry/v1/policy-bindings', { regionCode, preset: presetName, from })
  const register = generateCity(work, organiser)
  await importCity(work, { ...register, inspectors: register.inspectors.map(qualifiedNow) })
}

/** Column 6 is the end of a qualification; the scenario's lie in its own years. */
const qualifiedNow = (inspector: GeneratedInspector): GeneratedInspector =>
  inspector.row[5]?.startsWith('2029') === true
    ? { ...inspector, row: inspector.row.with(5, `${Number(today().slice(0, 4)) + 3}-12-31`) }
    : inspector

const today = (): LocalDate => chinaDateOf(instantOf(Date.now()))

/** One line, one batch: its list is frozen a few seconds after it is published. */
async function publishPlan({ as }: Work): Promise<Plan> {
  const planner = as(plannerOf(organiser))
  const start = today()
  const year = Number(start.slice(0, 4))
  const fortnight = addDays(start, 14)
  const lastDay = `${year}-12-31` as LocalDate
  const window = { start, end: fortnight < lastDay ? fortnight : lastDay }
  const plan = await planner.post<Plan>('/planning/v1/plans', { year, planType: 'INTERNAL', selection, rationale: '示例：联邦抽取演示' })
  const freezeAt = instantOf(Date.now() + 5000)
  const [line] = internalLines(organiser, window)
  await planner.post(`/planning/v1/plans/${plan.planId}/lines`, {
    lines: [{ ...line, batches: [{ window, freezeAt, commitAt: addMs(freezeAt, 5000) }] }],
  })
  await planner.post(`/planning/v1/plans/${plan.planId}/file`, {})
  await as(filingReviewer).post(`/planning/v1/plans/${plan.planId}/accept`, {})
  return planner.post<Plan>(`/planning/v1/plans/${plan.planId}/publish`, {})
}

/** The superior's own program with its own files; the service only ever sees what it brings. */
function unitProgram({ services: { addresses }, parties, logFolder }: FederatedWorld) {
  const drawing = `http://127.0.0.1:${addresses.drawing.http}`
  const files = ['--keys', parties.keysFile, '--key', parties.superiorKey, '--secrets', parties.superiorSecrets]
  return {
    newSecret: async (planId: string): Promise<number> => {
      const planning = `http://127.0.0.1:${addresses.planning.http}`
      const command = ['unit', 'secret', 'new', ...files, '--plan', planId, '--planning', planning, '--url', drawing]
      const { made } = await runProgram<{ made: number }>(command)
      return made
    },
    watch: (): Supervised => {
      const witnesses = parties.witnesses.flatMap(({ http, grpc }) => [
        '--url',
        `http://127.0.0.1:${http}`,
        '--witness',
        `127.0.0.1:${grpc}`,
      ])
      const command = ['unit', 'secret', 'reveal', ...files, '--url', drawing, ...witnesses, '--watch', '--every', '2']
      return watchProgram('unit secret reveal', join(logFolder, 'unit-secret-reveal.log'), command)
    },
  }
}

const stopping = (supervised: Supervised): AsyncDisposable => ({ [Symbol.asyncDispose]: () => supervised.stop() })

/** The draw once it is made: asked for when its last round is due, as often as a beacon or a witness has not answered yet. */
async function matched(post: (path: string, body: unknown) => Promise<Draw>, drawId: string, roundAt: string): Promise<Draw> {
  await untilPast(roundAt)
  const draw = await post(`/${drawId}/run`, {})
  if (draw.status !== 'MATCHED') throw new Error(`draw ${drawId} is ${draw.status}`)
  return draw
}

const untilPast = (instant: string, byMs = 0): Promise<unknown> =>
  until(instant, () => Promise.resolve(Date.now() >= Date.parse(instant) + byMs ? true : undefined), 300_000)
