import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Commitment, roundOf } from '@dual-random/draw'
import type { Page, Route } from '@dual-random/testkit/browser'
import type { DemoFiles, FamilyFiles } from '@dual-random/verify/testing'
import { root } from './root.ts'

export const site = join(root, 'apps/portal/dist/site')

/** Where the pictures of the documentation are taken: `DR_PORTAL_IMAGES=docs/images npm run test:e2e -- portal` takes them anew. */
const images = join(root, process.env['DR_PORTAL_IMAGES'] ?? 'out/portal')

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(images, { recursive: true })
  await page.screenshot({ path: join(images, `${name}.png`) })
}

/** Puts the first such element at the top of the window. */
export const toTop = (page: Page, selector: string): Promise<void> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }))

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds serious or critical on the page as it stands, with the elements. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      readonly axe: {
        run(): Promise<{
          readonly violations: readonly {
            readonly id: string
            readonly impact: string
            readonly nodes: readonly { readonly html: string }[]
          }[]
        }>
      }
    }
    const { violations } = await tool.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
}

/** How far the page is wider than the window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** The public files of a draw that drawing answers with. */
type ServedFiles = Pick<DemoFiles, 'drawId' | 'commitment' | 'transcript' | 'roster' | 'openings' | 'log'>

/** Answers for drawing behind the gateway with a draw whose bundle this is; there is no feed. */
export function answersOf(bundle: ServedFiles): (route: Route) => Promise<void> {
  const { drawId, commitment, transcript, roster, openings, log } = bundle
  const files: Readonly<Record<string, string>> = { commitment, transcript, roster, openings, '230300': log }
  return async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    const body = name === drawId ? JSON.stringify(publicDraw(drawId, JSON.parse(commitment) as Commitment)) : files[name]
    await route.fulfill(body === undefined ? { status: 404 } : { body })
  }
}

/** The same for a draw and its redraws, the parent first. */
export function answersOfFamily(draws: readonly FamilyFiles[]): (route: Route) => Promise<void> {
  const commitmentOf = ({ commitment }: FamilyFiles) => JSON.parse(commitment) as Commitment
  const redraws = draws.slice(1).map((each) => ({ ...redrawOf(commitmentOf(each)), drawId: each.drawId }))
  const bodies = new Map(
    draws.flatMap((each, index) => {
      const { drawId, transcript, commitment, roster, openings } = each
      const s = commitmentOf(each)
      const { number, purpose, ...approval } = redrawOf(s)
      const follows = index === 0 ? { redraws } : { redraw: { parentDrawId: draws[0]?.drawId, number, purpose, approval } }
      const files = { transcript, commitment, roster, openings }
      return [
        [drawId, JSON.stringify({ ...publicDraw(drawId, s), batch: 1, ...follows })] as const,
        ...Object.entries(files).map(([name, text]) => [`${drawId}/${name}`, text] as const),
        ['region-logs/230300', each.log] as const,
      ]
    }),
  )
  return async (route) => {
    const path = new URL(route.request().url()).pathname.split('/')
    const body = bodies.get(path.slice(-1).join('/')) ?? bodies.get(path.slice(-2).join('/'))
    await route.fulfill(body === undefined ? { status: 404 } : { body })
  }
}

const redrawOf = ({ subject, batch: number }: Commitment) => {
  const { purpose, approval } = subject.kind === 'redraw' ? subject : { purpose: '', approval: undefined }
  return { number, purpose: purpose.toUpperCase(), ...approval }
}

/** The draw as drawing tells it (services/drawing/README.md, PublicDraw). */
function publicDraw(drawId: string, s: Commitment) {
  return {
    drawId,
    regionCode: s.regionCode,
    unitId: s.organiserUnitId,
    ...(s.subject.kind === 'clue-task'
      ? { clueTask: { taskId: s.subject.taskId, clueIds: s.subject.clueIds, digest: s.subjectDigest } }
      : { planId: 'plan-2026', lineId: 'line-03', lineDigest: s.subjectDigest }),
    year: 2026,
    taskName: '示例任务',
    batch: s.batch,
    attempt: s.attempt,
    status: 'MATCHED',
    asOf: s.snapshot.asOf,
    closeAt: '2026-07-10T00:00:00.000Z',
    window: { start: '2026-03-01', end: '2026-06-30' },
    policy: { preset: 'example', version: 1, digest: s.policyDigest },
    snapshotDigest: s.snapshot.rosterDigest,
    strata: s.strata.map(({ stratum, mapped, eligible, raw, n, rule }) => ({
      stratum,
      mapped,
      eligible,
      raw,
      drawn: n,
      ...(rule.kind === 'ratio' ? { ratio: rule.ratio } : {}),
    })),
    commitment: {
      digest: s.policyDigest,
      committedAt: s.committedAt,
      roundAt: '2026-03-02T01:35:00.000Z',
      beacons: s.beacons.map((named) => ({ source: named.source, round: roundOf(named), at: '2026-03-02T01:35:00.000Z' })),
    },
    transcript: { digest: s.policyDigest, drawn: s.batchSizes.reduce((sum, size) => sum + size, 0) },
  }
}
