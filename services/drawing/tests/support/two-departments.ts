import { deriveDrawId, redrawOrderDigest, type SignedTranscript } from '@dual-random/draw'
import { canonicalJson, type DrawId, type Json, type UnitId } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { parseRedrawOrder } from '@dual-random/witness'
import { taskIdOf } from '../../src/domain/outcomes.ts'
import type { DrawBody } from '../../src/http/schemas.ts'
import { sha256Hash } from '../fixtures.ts'
import type { Deployment, ServiceName } from './deployment.ts'
import { bureau, regionCode } from './harness.ts'
import { timeoutMs } from './insistent-organiser.ts'
import { outsideUnits, superiorUnit } from './outside-units.ts'
import { playDraw, playFrozen } from './played-draw.ts'

export const otherCity = '230400'
export const theirBureau = `${otherCity}-scj`
/** The other department of the first city, with items and inspectors of its own. */
export const otherDepartment = `${regionCode}-rsj`
export const drawingUnits = [bureau, otherDepartment, theirBureau] as const

export interface Task {
  readonly taskId: string
  readonly visitId: string
  readonly drawId: string
  readonly unitId: string
  readonly status: string
  readonly object: { readonly code: string }
  readonly items: readonly { readonly itemCode: string }[]
  readonly team: { readonly members: readonly { readonly subject: string; readonly unitId: string }[] }
}

interface PlannedLine {
  readonly planId: string
  readonly lineId: string
}

/** What stands when each of the two lists is drawn, and one of the first has been replaced, but nobody has been visited. */
export interface DrawnLists {
  /** Of the two cities. */
  readonly first: DrawBody
  /** Of the other department, over the first city's enterprises. */
  readonly second: DrawBody
  /** Of one drawn object of the first list, in the first city. */
  readonly replacement: DrawBody
  readonly lines: readonly PlannedLine[]
  readonly replacedTask: Task
  readonly tasks: readonly Task[]
}

/** Two departments plan, draw and dispatch over the same enterprises; planning, joint and inspection are the real ones. */
export class TwoDepartments {
  readonly #deployment: Deployment

  constructor(deployment: Deployment) {
    this.#deployment = deployment
  }

  async draw(): Promise<DrawnLists> {
    await this.#loadDepartment()
    const shared = { units: [{ unitId: bureau }, { unitId: theirBureau }], joint: { cities: [{ regionCode: otherCity }] } }
    const one = await this.#plan(bureau, 'SP-01', '50%', shared)
    const other = await this.#plan(otherDepartment, 'YG-01', '75%', {
      units: [{ unitId: otherDepartment }],
      // Else whoever the first list names would be kept out of the second (CRD-07).
      repeatGround: { citation: { kind: 'LAW', text: '《劳动法》第八十五条' } },
    })
    await this.#deployment.moveTo('2026-03-02T01:10:30.000Z')
    const first = await playDraw(this.#deployment, one)
    const [replacedTask] = (await this.dispatched(12)).filter(({ unitId }) => unitId === bureau)
    if (replacedTask === undefined) throw new Error('nothing to replace')
    await this.#deployment.moveTo('2026-03-02T03:10:30.000Z')
    const replacement = await this.#replace(first.drawId, replacedTask)
    await this.#deployment.moveTo('2026-03-02T05:10:30.000Z')
    const second = await playDraw(this.#deployment, other, otherDepartment)
    return { first, second, replacement, lines: [one, other], replacedTask, tasks: await this.dispatched(12 + 1 + 9) }
  }

  /** All tasks, once inspection has so many. */
  async dispatched(count: number): Promise<readonly Task[]> {
    return eventually(
      async () => {
        const found = await Promise.all(drawingUnits.map((unitId) => this.#tasksOf(unitId)))
        const tasks = [...new Map(found.flat().map((task) => [task.taskId, task])).values()]
        if (tasks.length !== count) throw new Error(`${tasks.length} tasks, not ${count}`)
        return tasks
      },
      { timeoutMs },
    )
  }

  /** The label under which a task's object was drawn. */
  async labelOf({ drawId, taskId, unitId }: Task): Promise<string> {
    const { transcript } = JSON.parse(await this.#deployment.text(`/v1/public/draws/${drawId}/transcript`)) as SignedTranscript
    const label = transcript.batches.flat().find((each) => taskIdOf(drawId as DrawId, each, unitId as UnitId) === taskId)
    if (label === undefined) throw new Error(`task ${taskId} is of no label of draw ${drawId}`)
    return label
  }

  /** Each unit publishes all its results, once publication has so many. */
  async publishResults(count: number): Promise<void> {
    const publishers = await Promise.all(drawingUnits.map((unitId) => this.#deployment.as('publication', ['PUBLISHER'], { unitId })))
    const scheduled = await eventually(
      async () => {
        const found = await Promise.all(
          publishers.map(async (publisher) => {
            const { body } = await publisher.get<{ readonly items: readonly { readonly publicationId: string }[] }>(
              '/v1/publications?status=scheduled&limit=100',
            )
            return body.items.map(({ publicationId }) => publicationId)
          }),
        )
        if (found.flat().length !== count) throw new Error(`${found.flat().length} results, not ${count}`)
        return found
      },
      { timeoutMs },
    )
    for (const [index, publicationIds] of scheduled.entries()) {
      const published = await publishers[index]?.post<{ readonly results: readonly { readonly status: string }[] }>(
        '/v1/publications/publish',
        { publicationIds },
      )
      if (published?.body.results.some(({ status }) => status !== 'published') !== false) throw new Error(JSON.stringify(published))
    }
  }

  async #tasksOf(unitId: string): Promise<readonly Task[]> {
    const dispatcher = await this.#deployment.as('inspection', ['DISPATCHER'], { unitId })
    return (await dispatcher.get<{ readonly items: readonly Task[] }>('/v1/tasks?limit=100')).body.items
  }

  async #post<T>(service: ServiceName, role: string, unitId: string, path: string, body: object): Promise<T> {
    return eventually(
      async () => {
        const answer = await (await this.#deployment.as(service, [role], { unitId })).post<T>(path, body)
        if (answer.status > 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
        return answer.body
      },
      { timeoutMs },
    )
  }

  async #plan(unitId: string, itemCode: string, ratio: string, change: object): Promise<PlannedLine> {
    const post = <T>(path: string, body: object): Promise<T> => this.#post('planning', 'PLANNER', unitId, path, body)
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    const { planId } = await post<{ readonly planId: string }>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const line = {
      taskName: `${itemCode}专项抽查`,
      itemCodes: [itemCode],
      ratios: [{ stratum: 'A', ratio }, ...['B', 'C', 'D', 'UNGRADED'].map((stratum) => ({ stratum, ratio: '100%' }))],
      window: { start: '2026-03-01', end: '2026-06-30' },
      ...change,
    }
    const { lines } = await post<{ readonly lines: readonly { readonly lineId: string }[] }>(`/v1/plans/${planId}/lines`, { lines: [line] })
    await post(`/v1/plans/${planId}/file`, {})
    await this.#post('planning', 'FILING_REVIEWER', superiorUnit, `/v1/plans/${planId}/accept`, {})
    await post(`/v1/plans/${planId}/publish`, {})
    return { planId, lineId: lines[0]?.lineId ?? '' }
  }

  /** Replaces an object that is gone, with the superior's word in the log as well (§19). */
  async #replace(parentDrawId: string, task: Task): Promise<DrawBody> {
    const path = `/v1/draws/${parentDrawId}/redraws`
    const grounds = [{ reason: 'OBJECT_GONE', label: await this.labelOf(task) }]
    await this.#post('drawing', 'DRAW_ORGANISER', bureau, path, { purpose: 'REPLACEMENT', grounds })
    await this.#post('drawing', 'FILING_REVIEWER', superiorUnit, `${path}/1/approve`, {})
    const reader = await this.#deployment.as('drawing', ['FILING_REVIEWER'], { unitId: superiorUnit })
    const order = parseRedrawOrder(canonicalJson((await reader.get<Json>(`${path}/1/text`)).body))
    if (!order.ok) throw new Error(order.error.pointer)
    const drawId = deriveDrawId(sha256Hash, { regionCode, subject: { kind: 'redraw', parentDrawId }, batch: 1, attempt: 1 })
    const superior = outsideUnits(() => this.#deployment.url('drawing'))
    const { status } = await superior.approve(drawId, '企业注销', redrawOrderDigest(sha256Hash, order.value))
    if (status !== 201) throw new Error(`not approved: ${status}`)
    return playFrozen(this.#deployment, await this.#post('drawing', 'DRAW_ORGANISER', bureau, `${path}/1/freeze`, { attempt: 1 }))
  }

  async #loadDepartment(): Promise<void> {
    const upload = async (role: string, unitId: string, path: string, ...rows: readonly string[]): Promise<void> => {
      const answer = await (await this.#deployment.as('registry', [role], { unitId })).upload(path, `${rows.join('\n')}\n`, 'text/csv')
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    }
    await upload(
      'OPERATOR',
      superiorUnit,
      '/v1/units/import',
      '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
      `${otherDepartment},示例市人力资源社会保障局,局,${regionCode},,人力资源社会保障`,
      `${otherDepartment}-jg,局机关,局机关,${regionCode},${otherDepartment},人力资源社会保障`,
    )
    const list = `/v1/check-item-lists/import?listId=list-${otherDepartment}&businessLine=人力资源社会保障&effectiveFrom=2026-01-01`
    await upload(
      'REGISTRY_CLERK',
      otherDepartment,
      list,
      '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,所需专长,适用对象类型,适用行业,清单类型',
      'YG-01,用工情况检查,重点检查事项,《劳动法》第八十五条,人力资源社会保障部门,用工,现场检查,安全,用工,企业,H62,内部抽查',
    )
    await upload(
      'REGISTRY_CLERK',
      otherDepartment,
      '/v1/inspectors/import',
      '执法证号,姓名,登录名,所在机关或所,业务专长,执法资质有效期至,回避范围,人员性质,状态,离岗日期',
      ...Array.from({ length: 4 }, (_, index) => {
        const login = `labour${index}`
        return `RS${regionCode}0${index},检查员${index},${login},${otherDepartment}-jg,用工,2029-12-31,无,行政执法类公务员,在岗,`
      }),
    )
    const clerk = await this.#deployment.as('registry', ['REGISTRY_CLERK'], { unitId: otherDepartment })
    const { body } = await clerk.get<{ readonly items: readonly { readonly inspectorId: string; readonly login?: string }[] }>(
      '/v1/inspectors',
    )
    const inspectorIds = body.items.map(({ inspectorId }) => inspectorId)
    await clerk.post('/v1/trainings', { audience: 'OWN_LEVEL', title: '业务培训', heldOn: '2026-02-20', inspectorIds })
  }
}
