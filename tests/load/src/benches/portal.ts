import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser, serveFolder } from '@dual-random/testkit/browser'
import { demoBundle, namedFiles } from '@dual-random/verify/testing'
import { type Figure, figureBeside } from '../figure.ts'
import type { BenchOptions } from '../options.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const origin = 'http://portal.test'
const timeoutMs = 300_000

/** Transcript, commitment and roster of a draw with so many tickets: the test bundle excludes one object in nine. */
function filesWith(tickets: number) {
  const { transcript, commitment, roster } = namedFiles(demoBundle({ objects: Math.ceil((tickets * 9) / 8) }))
  return { transcript, commitment, roster }
}

/** The standalone verifier on the same files, in seconds: Node's own hash, and no browser. */
async function aloneSeconds(files: ReturnType<typeof filesWith>): Promise<number> {
  const { verifyBundle } = (await import(join(root, 'tests/verifier/verify.mjs'))) as {
    readonly verifyBundle: (bundle: typeof files, options: { readonly demo: boolean }) => Promise<{ readonly status: string }>
  }
  const startedAt = performance.now()
  const { status } = await verifyBundle(files, { demo: true })
  if (status !== 'MATCH') throw new Error(`the verifier says ${status}`)
  return (performance.now() - startedAt) / 1000
}

/** From the moment the files are chosen until the page says MATCH, over plain HTTP: hashes in plain JavaScript, in the page's worker. */
export async function benchPortal({ tickets }: BenchOptions): Promise<readonly Figure[]> {
  const files = filesWith(tickets)
  const floor = await aloneSeconds(files)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await serveFolder(page, origin, join(root, 'apps/portal/dist/site'))
    await page.goto(`${origin}/?page=verify`)
    const chosen = Object.values(files).map(({ name, bytes }) => ({
      name: name.split('/').at(-1) ?? name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    }))
    // What the page itself measures leaves out how the files come into it: here through the browser's debugging pipe.
    await page.locator('input[type=file]').setInputFiles(chosen, { timeout: timeoutMs })
    const verdict = page.locator('[data-verdict]')
    await verdict.waitFor({ timeout: timeoutMs })
    const said = await verdict.getAttribute('data-verdict')
    if (said !== 'MATCH') throw new Error(`the page says ${said}: ${await verdict.textContent()}`)
    return [figureBeside('portal.verify', Number(await verdict.getAttribute('data-elapsed-ms')) / 1000, 's', floor)]
  } finally {
    await browser.close()
  }
}
