import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { api, eventually } from '@dual-random/testkit'
import { keysFileText } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { savePublicFiles, type Verdict } from './support/bundle.ts'
import { creditCodes, type Deployment, startDeployment } from './support/deployment.ts'
import { regionCode } from './support/harness.ts'
import { playDraw } from './support/played-draw.ts'
import { lineOf } from './support/steps.ts'

const items = ['SP-01'] as unknown as typeof publishedLine.itemCodes
const line = lineOf('O1', {
  itemCodes: items,
  itemClass: 'KEY',
  quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 4 } }] },
  units: publishedLine.units.map((unit) => ({ ...unit, itemCodes: items })),
})
const verifier = fileURLToPath(new URL('../../../tests/verifier/verify.mjs', import.meta.url))

interface Task {
  readonly taskId: string
  readonly object: { readonly code: string }
  readonly team: { readonly members: readonly { readonly subject: string; readonly unitId: string }[] }
}

/** Registry, drawing, inspection and witnesses as processes; the stand-alone verifier is run over what they publish and what an object is given. */
describe('what an object holds after its visit, and everybody after the closing', { timeout: 600_000 }, () => {
  let deployment: Deployment
  let draw: DrawBody
  let tasks: readonly Task[]

  beforeAll(async () => {
    deployment = await startDeployment()
    deployment.planning.publish(line)
    await deployment.start('inspection')
    await deployment.moveTo('2026-03-02T01:10:30.000Z')
    draw = await playDraw(deployment, line)
    tasks = await eventually(
      async () => {
        const { body } = await (await deployment.as('inspection', ['DISPATCHER'])).get<{ readonly items: readonly Task[] }>('/v1/tasks')
        expect(body.items).toHaveLength(3)
        return body.items
      },
      { timeoutMs: 120_000 },
    )
  }, 400_000)
  afterAll(() => deployment?.dispose())

  const inspectorOf = ({ team }: Task) => {
    const [member] = team.members
    return deployment.as('inspection', ['INSPECTOR'], { subject: member?.subject ?? '', unitId: member?.unitId ?? '' })
  }

  /** What verify.mjs says of all that is public now, with the opening of one object. */
  async function judged(opening: unknown): Promise<Verdict> {
    const folder = await mkdtemp(join(tmpdir(), 'own-opening-'))
    try {
      await savePublicFiles(deployment.url('drawing'), draw.drawId, regionCode, folder, true)
      const [keys, own] = [join(folder, `keys-${regionCode}.json`), join(folder, 'opening.json')]
      await writeFile(keys, keysFileText(deployment.keysFile))
      await writeFile(own, JSON.stringify(opening))
      const args = [verifier, '--demo', '--keys', keys, '--opening', own, join(folder, `transcript-${draw.drawId}.json`)]
      return await new Promise((resolve) => {
        execFile(process.execPath, args, (error, stdout, stderr) =>
          resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}` }),
        )
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  const ownLineOf = (output: string): string | undefined => /^本户 \(own\)\s+(.*)$/m.exec(output)?.[1]

  const ownOf = async (code: string) => {
    const token = await deployment.scope.issuer.token({ subject: `boss-${code}`, unitId: code, regionCode, roles: ['PARTY'] })
    return api(deployment.url('registry'), token).get<{ readonly code?: string }>(`/v1/draws/${draw.drawId}/openings/${code}`)
  }

  it('DRW-34 DRW-31 the notice of a check has an opening by which verify.mjs tells the object that it was drawn', async () => {
    const [task] = tasks
    if (task === undefined) throw new Error('no task')
    const inspector = await inspectorOf(task)
    const path = `/v1/tasks/${task.taskId}/notice`
    expect(await inspector.get(`${path}/opening`)).toMatchObject({ status: 409, body: { code: 'notice-not-given' } })
    expect(await inspector.post(path, {})).toMatchObject({ status: 200 })
    const { status, body } = await inspector.get<{ readonly id: string }>(`${path}/opening`)
    expect({ status, id: body.id }).toEqual({ status: 200, id: task.object.code })
    const { exitCode, output } = await judged(body)
    expect(exitCode, output).toBe(0)
    expect(output).toContain('MATCH (demo keys)')
    expect(ownLineOf(output)).toBe('抽中，第 1 批 (drawn, batch 1)')
    expect((await ownOf(task.object.code)).body.code).toBe('opening-draw-not-closed')
  })

  it('DRW-34 after the closing each enterprise gets its own from registry, drawn and not drawn, and verify.mjs says which', async () => {
    for (const task of tasks) {
      const entered = await (await inspectorOf(task)).post(`/v1/tasks/${task.taskId}/results`, {
        itemCode: 'SP-01',
        methods: ['ON_SITE'],
        recordForm: { form: '示例检查表/2026', entries: [{ point: '检查要点', finding: '已核查' }] },
        resultType: 'NO_PROBLEM',
      })
      expect(entered.status, JSON.stringify(entered.body)).toBe(201)
    }
    await deployment.moveTo(draw.closeAt)
    const drawn = new Set(tasks.map(({ object }) => object.code))
    await eventually(
      async () => {
        // Whoever is drawn and whoever is not learn it at the same moment.
        const answers = await Promise.all(creditCodes.map(ownOf))
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      },
      { timeoutMs: 120_000 },
    )
    const notDrawn = creditCodes.filter((code) => !drawn.has(code))
    expect([drawn.size, notDrawn.length]).toEqual([3, 9])
    for (const code of [...drawn].slice(0, 1).concat(notDrawn.slice(0, 2))) {
      const { exitCode, output } = await judged((await ownOf(code)).body)
      expect(exitCode, output).toBe(0)
      expect(ownLineOf(output)).toBe(drawn.has(code) ? '抽中，第 1 批 (drawn, batch 1)' : '未抽中 (not drawn)')
    }
  })
})
