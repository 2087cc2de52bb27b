import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Commitment, partsOf } from '@dual-random/draw'
import { type Browser, type BrowserContext, openBrowser, type Page, serveFolder } from '@dual-random/testkit/browser'
import { type DemoFiles, demoBundle, demoFamily, demoJoint, type FamilyFiles, namedFiles, partNames } from '@dual-random/verify/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeptDemo, keptDemo } from './support/kept-demo.ts'
import { answersOf, answersOfFamily, overflowOf, seriousFindings, site, takePicture, toTop } from './support/portal.ts'

const watchSeconds = 30
const startMs = 480_000
const yearMs = 600_000

const desk = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const projector = { width: 1920, height: 1080 }

const folder = mkdtempSync(join(tmpdir(), 'dual-random-portal-'))
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A page that fails the test when a script of it does, or when something breaks its content security policy. */
async function openPage(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({ viewport: desk, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text())
  })
  return { page, context }
}
const broken: string[] = []

/** The demo draws on its own beacon and those of the three other cities; the page checks every pulse. */
async function pulsesValid(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[data-pulse=valid]').count(), { timeout: 20_000 }).toBe(4)
  expect(await page.locator('[data-pulse]').count()).toBe(4)
}

/** The page lists who held S in time, each with the instant, until they are a quorum: while nobody can know the result. */
async function quorumHeld(page: Page): Promise<void> {
  const held = page.locator('article[data-status=COMMITTED] [data-held]')
  const inTime = held.locator('[data-witness][data-in-time=true]')
  await expect
    .poll(
      async () => {
        const [, said, quorum] = /见证：已有 (\d+) 方按期收到（须 (\d+) 方）/.exec((await held.textContent()) ?? '') ?? []
        return Number(quorum) > 0 && Number(said) >= Number(quorum) && (await inTime.count()) === Number(said)
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  const instants = await page.locator('[data-witness][data-in-time=true] time').allTextContents()
  expect(instants).not.toEqual([])
  for (const instant of instants) expect(instant).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}:\d{2}$/)
  expect(await page.locator('[data-witnesses]').textContent()).toContain('此处未核对签名')
}

describe('the portal on a running demo', () => {
  let demo: KeptDemo
  let url: string
  /** The draw that was followed, as a link. */
  let drawUrl: string
  beforeAll(async () => {
    demo = keptDemo({ out: join(folder, 'demo'), seed: 'portal', objects: 400, args: ['--watch', String(watchSeconds)] })
    url = await demo.line(/public portal: (http\S+)/)
    await demo.line(/watch it in the portal/)
  }, startMs)
  afterAll(() => demo?.[Symbol.asyncDispose]())

  /** Chooses the keys file of the draw's region, as a reader would who got it on another way. */
  const pinKeys = async (page: Page): Promise<void> => {
    await page.locator('.keys summary').click()
    const name = /keys-\d{6}\.json/.exec((await page.locator('.keys').textContent()) ?? '')?.[0] ?? ''
    await page.locator('.keys input[type=file]').setInputFiles(join(demo.out, 'witnesses/pinned', name))
    await page.locator('.keys[data-pinned=true]').waitFor()
  }

  it('DRW-31 shows a live draw from commitment to result, without being asked again', async () => {
    const { page, context } = await openPage()
    await page.goto(url)
    await page
      .locator('tr', { has: page.locator('.state.committed') })
      .getByRole('link')
      .first()
      .click()
    const article = page.locator('article')
    await article.and(page.locator('[data-status=COMMITTED]')).waitFor()
    drawUrl = page.url()
    await page.locator('[data-feed=live]').waitFor()
    await expect.poll(() => page.getByRole('timer').textContent()).toMatch(/^00:00:\d\d$/)
    expect(await page.getByRole('heading', { name: '结果' }).isVisible()).toBe(true)
    expect(await page.locator('[data-pulse]').count()).toBe(0)
    await takePicture(page, 'portal-countdown')
    await quorumHeld(page)
    expect(await seriousFindings(page)).toEqual([])
    let requestedAnew = false
    page.on('framenavigated', () => {
      requestedAnew = true
    })
    await page.locator('article[data-status=MATCHED]').waitFor({ timeout: 1000 * (watchSeconds + 30) })
    expect(requestedAnew).toBe(false)
    await pulsesValid(page)
    expect(await page.getByRole('timer').count()).toBe(0)
    expect(await page.locator('figure.result svg rect.drawn').count()).toBeGreaterThan(0)
    await context.close()
  }, 120_000)

  it('DRW-31 DRW-32 draws it again in the page: PENDING without pinned keys, MATCH with them, and what demo keys are worth', async () => {
    const { page, context } = await openPage()
    await page.goto(drawUrl)
    const verify = page.getByRole('button', { name: /下载并重新抽取|再验一次/ })
    await verify.click()
    await page.locator('[data-verdict=PENDING]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toContain('还没有固定的密钥文件')
    await pinKeys(page)
    // The witnesses see the transcript some seconds after it is there.
    await expect
      .poll(
        async () => {
          await verify.click()
          await page.locator('[role=status] [data-verdict]').waitFor()
          return page.locator('[data-verdict]').getAttribute('data-verdict')
        },
        { timeout: 45_000, interval: 2000 },
      )
      .toBe('MATCH')
    expect(await page.locator('[data-verdict]').textContent()).toContain('演示密钥')
    await toTop(page, '#verify')
    await takePicture(page, 'portal-verify')
    await context.close()
  }, 90_000)

  it('DRW-31 names the first difference of a tampered transcript by file and JSON pointer', async () => {
    const { page, context } = await openPage()
    await page.route('**/transcript', async (route) => {
      const answer = await route.fetch({ maxRetries: 2 })
      const text = await answer.text()
      const changed = text.replace(/"ticket":"(.)/, (_, digit: string) => `"ticket":"${digit === '0' ? '1' : '0'}`)
      await route.fulfill({ response: answer, body: changed })
    })
    await page.goto(drawUrl)
    await page.getByRole('button', { name: '下载并重新抽取' }).click()
    const said = page.locator('#verify [role=status]')
    await said.locator('.notice').waitFor()
    // The text says why where it is another one.
    expect(await said.textContent()).toContain('不一致')
    expect(await page.locator('[data-where]').textContent()).toMatch(/^\/transcript\/strata\/\d+\/drawn\/0\/ticket$/)
    expect(await page.locator('[data-verdict]').textContent()).toContain('transcript-')
    await toTop(page, '#verify')
    await takePicture(page, 'portal-different')
    await context.close()
  }, 120_000)

  it('DRW-31 goes on asking where the feed cannot be had', async () => {
    const { page, context } = await openPage()
    await page.route('**/v1/feed?**', (route) => route.fulfill({ status: 503 }))
    await page.goto(url)
    await page.locator('[data-feed=polling]').waitFor()
    const asked = await page.waitForRequest(/public\/draws\?/, { timeout: 20_000 })
    expect((await asked.response())?.status()).toBe(200)
    await context.close()
  }, 120_000)

  it('fits a phone, and a projector with large type, in both colour schemes and without a serious finding of axe', async () => {
    for (const [name, viewport, colorScheme] of [
      ['phone', phone, 'dark'],
      ['projector', projector, 'light'],
    ] as const) {
      const { page, context } = await openPage({ viewport, colorScheme, reducedMotion: 'reduce' })
      for (const place of [url, drawUrl, `${url}?page=verify`, `${url}?page=opening`]) {
        await page.goto(place)
        await page.locator('h1').waitFor()
        if (name === 'projector' && place === url) await page.getByRole('button', { name: '大字' }).click()
        if (place === drawUrl) {
          await pulsesValid(page)
          await page.getByRole('button', { name: '重算并播放' }).click()
          await page.locator('[data-fall=there]').waitFor()
          await toTop(page, 'h1')
          await takePicture(page, `portal-${name}`)
        }
        expect([name, place, await overflowOf(page)]).toEqual([name, place, 0])
        expect([name, place, await seriousFindings(page)]).toEqual([name, place, []])
      }
      await context.close()
    }
  }, 120_000)

  it('is reached by the keyboard alone, with a link past the head of the page and a focus that is seen', async () => {
    const { page, context } = await openPage()
    await page.goto(url)
    await page.locator('tbody a').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    for (let pressed = 0; pressed < 10; pressed++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate('document.activeElement.closest("tbody") !== null')) break
    }
    await page.keyboard.press('Enter')
    await page.locator('article').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await context.close()
  }, 120_000)

  it('speaks English when asked to, and remembers it', async () => {
    const { page, context } = await openPage()
    await page.goto(url)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.goto(drawUrl)
    expect(await page.getByRole('heading', { name: 'Verify it yourself' }).textContent()).toBe('Verify it yourself')
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    await context.close()
  }, 120_000)

  it(
    'DRW-31 shows after the closing who was visited, and checks the openings too',
    async () => {
      await demo.line(/press Ctrl-C to stop/)
      const { page, context } = await openPage()
      await page.goto(drawUrl)
      await page.locator('article[data-status=CLOSED]').waitFor()
      expect(await page.getByRole('heading', { name: '检查情况' }).isVisible()).toBe(true)
      await pinKeys(page)
      await page.getByRole('button', { name: '下载并重新抽取' }).click()
      await page.locator('[data-verdict=MATCH]').waitFor()
      expect(await page.locator('[data-verdict]').textContent()).toMatch(/公开揭示 \d+ \/ \d+/)
      await page.getByRole('link', { name: '抽取公示' }).click()
      await page.locator('tbody a').first().waitFor()
      await takePicture(page, 'portal-list')
      await context.close()
    },
    yearMs,
  )

  it('breaks no script and no content security policy', () => {
    expect(broken).toEqual([])
  })
})

describe('the portal without a network, over plain HTTP', () => {
  const origin = 'http://portal.test'
  const bundle = demoBundle({ objects: 400 })
  const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text, 'utf8') })
  const filesOf = ({ drawId, transcript, commitment, roster, openings, log }: DemoFiles) => [
    file(`transcript-${drawId}.json`, transcript),
    file(`commitment-${drawId}.json`, commitment),
    file(`${drawId}.ndjson`, roster),
    file('openings.ndjson', openings),
    file('region-log-230300.ndjson', log),
  ]

  it('DRW-31 verifies chosen files once loaded: no further request, no secure context', async () => {
    const { page, context } = await openPage()
    await serveFolder(page, origin, site)
    await page.goto(`${origin}/?page=verify`)
    await page.locator('h1').waitFor()
    expect(await page.evaluate('isSecureContext')).toBe(false)
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await page.unrouteAll({ behavior: 'wait' })
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.locator('input[type=file]').setInputFiles(filesOf(bundle))
    await page.locator('[data-verdict=MATCH]').waitFor()
    await page
      .locator('input[type=file]')
      .setInputFiles(filesOf({ ...bundle, roster: bundle.roster.replace('"stratum":"A"', '"stratum":"B"') }))
    await page.locator('[data-verdict=DIFFERENT]').waitFor()
    expect(await page.locator('[data-where]').textContent()).toBe('/snapshot/strata')
    await page.locator('input[type=file]').setInputFiles(filesOf(bundle).slice(0, 1))
    expect(await page.getByRole('alert').textContent()).toContain('还缺')
    expect(requests.filter((each) => !each.startsWith('blob:'))).toEqual([])
    await context.close()
  }, 120_000)

  it('DRW-31 verifies a folder that is dropped as the protocol lays it out, and files that are chosen one after the other', async () => {
    const { page, context } = await openPage()
    await serveFolder(page, origin, site)
    await page.goto(`${origin}/?page=verify`)
    const dropped = join(folder, 'dropped')
    const files = Object.values(namedFiles(bundle)).filter((one) => one !== undefined)
    for (const { name, bytes } of files) {
      mkdirSync(dirname(join(dropped, name)), { recursive: true })
      writeFileSync(join(dropped, name), bytes)
    }
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('.drop').boundingBox()) ?? {}
    const devtools = await context.newCDPSession(page)
    const drag = { x: x + width / 2, y: y + height / 2, data: { items: [], files: [dropped], dragOperationsMask: 1 } }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, ...drag })
    await page.locator('[data-verdict=MATCH]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toMatch(/公开揭示 \d+ \/ \d+/)
    const input = page.locator('input[type=file]')
    for (const [index, one] of filesOf(bundle).slice(0, 3).entries()) {
      await input.setInputFiles([one])
      // What is missing yet is named, until nothing is.
      if (index < 2)
        await page
          .getByRole('alert')
          .getByText(index === 0 ? 'commitment-….json' : '还缺：匿名名录')
          .waitFor()
    }
    await page.locator('[data-verdict=MATCH]').waitFor()
    await context.close()
  }, 120_000)

  it('DRW-26 DRW-31 shows of every city that draws together its witnesses, digests and exclusions', async () => {
    const joint = demoJoint({ others: ['230400'] })
    const { page, context } = await openPage({ viewport: phone })
    await serveFolder(page, origin, site, answersOf(joint))
    await page.goto(`${origin}/?draw=${joint.drawId}`)
    await page.locator('[data-exclusions]').waitFor()
    for (const { snapshot, witnesses } of partsOf(JSON.parse(joint.commitment) as Commitment)) {
      const { regionCode } = snapshot
      const told = (await page.locator(`[data-exclusions] [data-region="${regionCode}"]`).textContent()) ?? ''
      for (const { count } of snapshot.exclusions.counts) expect(told).toContain(String(count))
      const shown = (await page.locator('article').textContent()) ?? ''
      expect(shown).toContain(`${regionCode} ${witnesses.count} 个见证方`)
      for (const digest of [snapshot.root, snapshot.rosterDigest, snapshot.keyDigest]) expect(shown).toContain(digest)
    }
    expect([await overflowOf(page), await seriousFindings(page)]).toEqual([0, []])
    await context.close()
  }, 120_000)

  it('DRW-31 lets the tickets fall: the cut-off only moves left, and stands where the transcript has it', async () => {
    for (const reducedMotion of ['reduce', 'no-preference'] as const) {
      const { page, context } = await openPage({ reducedMotion })
      await serveFolder(page, origin, site, answersOf(bundle))
      await page.goto(`${origin}/?draw=${bundle.drawId}`)
      await page.getByRole('button', { name: '重算并播放' }).click()
      const line = page.locator('[data-fall=there] figure.fall').first().locator('line.cut-off')
      await line.waitFor({ state: 'attached' })
      const isPlaying = (await page.getByRole('button', { name: '暂停' }).count()) === 1
      expect([reducedMotion, isPlaying]).toEqual([reducedMotion, reducedMotion === 'no-preference'])
      const places: number[] = []
      for (const step of ['50', '70', '85', '100']) {
        await page.getByRole('slider').fill(step)
        places.push(Number(await line.getAttribute('x1')))
        if (step !== '70') continue
        await toTop(page, '[data-fall]')
        await takePicture(page, 'portal-tickets')
      }
      expect(places).toEqual([...places].sort((a, b) => b - a))
      const width = Number((await page.locator('figure.fall svg').first().getAttribute('viewBox'))?.split(' ')[2])
      // The scale ends at two and a half times the last ticket drawn.
      expect(places.at(-1)).toBeCloseTo(width / 2.5, 0)
      expect(await page.locator('figure.fall').first().locator('circle').count()).toBe(14)
      await context.close()
    }
  }, 120_000)

  it('DRW-34 tells an enterprise from the opening of its notice whether it was drawn, and why', async () => {
    const { page, context } = await openPage()
    await serveFolder(page, origin, site, answersOf(bundle))
    await page.goto(`${origin}/?page=opening`)
    const told = new Set<string | null>()
    for (const opening of bundle.ownOpenings().slice(0, 12)) {
      await page.locator('input[type=file]').setInputFiles(file('opening.json', canonical(opening)))
      await page.getByText(opening.id, { exact: false }).first().waitFor()
      const outcome = await page.locator('[data-own]').getAttribute('data-own')
      expect([opening.id, outcome === 'drawn']).toEqual([opening.id, bundle.drawnIds.includes(opening.id)])
      told.add(outcome)
    }
    expect(told.size).toBeGreaterThan(1)
    await takePicture(page, 'portal-opening')
    expect(await seriousFindings(page)).toEqual([])
    const [first, second] = bundle.ownOpenings()
    await page.locator('input[type=file]').setInputFiles(file('opening.json', canonical({ ...first, index: second?.index })))
    await page.locator('[data-own=not-in-roster]').waitFor()
    expect(await page.locator('[data-own]').textContent()).toContain('不在本次名录里')
    expect(await page.locator('[data-where]').textContent()).toBe('/index')
    expect(await seriousFindings(page)).toEqual([])
    await page.locator('input[type=file]').setInputFiles(file('notes.json', '{}'))
    expect(await page.getByRole('alert').textContent()).toContain('不是揭示文件')
    await context.close()
  }, 120_000)

  const family = demoFamily([{ purpose: 'replacement' }, { purpose: 'rematch' }])
  const [parent, , redraw] = family as readonly [FamilyFiles, FamilyFiles, FamilyFiles]

  it('DRW-25 DRW-31 says that a draw is targeted and on how many clues, and draws it again', async () => {
    const targeted = demoBundle({ onClues: true })
    const { page, context } = await openPage({ viewport: phone })
    await serveFolder(page, origin, site, answersOf(targeted))
    await page.goto(`${origin}/?draw=${targeted.drawId}`)
    await page.getByText('定向抽查（线索 2 条）').waitFor()
    const facts = (await page.locator('dl.facts').first().textContent()) ?? ''
    expect([facts.includes('task-07'), facts.includes('计划与条目')]).toEqual([true, false])
    expect([await overflowOf(page), await seriousFindings(page)]).toEqual([0, []])
    await page.getByRole('button', { name: /下载并重新抽取|再验一次/ }).click()
    await page.locator('[data-verdict=MATCH]').waitFor()
    await context.close()
  }, 120_000)

  it('DRW-30 DRW-31 leads from a draw to its redraws, and draws a redraw again with the files of the draws before it', async () => {
    const { page, context } = await openPage({ viewport: phone })
    await serveFolder(page, origin, site, answersOfFamily(family))
    await page.goto(`${origin}/?draw=${parent.drawId}`)
    await page.getByRole('heading', { name: '此后的重新抽取' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('link', { name: '重新匹配人员' }).click()
    await page.locator('[data-redraw="2"]').waitFor()
    expect(page.url()).toContain(redraw.drawId)
    const verify = page.getByRole('button', { name: /下载并重新抽取|再验一次/ })
    await verify.click()
    await page.locator('[data-verdict=MATCH]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toContain(`重新抽取 ${redraw.drawId}：连同它所依据的 2 次抽取`)
    expect(await page.locator('[data-family] a').count()).toBe(5)
    expect([await overflowOf(page), await seriousFindings(page)]).toEqual([0, []])
    const serving = (drawId: string, name: string, body: string | undefined) =>
      page.route(`**/draws/${drawId}/${name}`, (route) => route.fulfill(body === undefined ? { status: 404 } : { body }))
    await serving(parent.drawId, 'roster', parent.roster.replace('"A"', '"B"'))
    await verify.click()
    await page.locator('[data-verdict=DIFFERENT]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toContain(partNames(parent).commitment)
    expect(await page.locator('[data-where]').textContent()).toBe('/snapshot/rosterDigest')
    await serving(parent.drawId, 'transcript', undefined)
    await verify.click()
    await page.locator('[data-verdict=REFUSED]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toContain(`缺少原抽取的抽取记录（${partNames(parent).transcript}）`)
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  }, 120_000)

  it('DRW-30 DRW-31 verifies kept files of a redraw, and names one of the draws before it that is missing', async () => {
    const { page, context } = await openPage()
    await serveFolder(page, origin, site)
    await page.goto(`${origin}/?page=verify`)
    // As a browser keeps them, without folders.
    const kept = [
      ...Object.entries(redraw.family).map(([name, text]) => file(name.split('/').at(-1) ?? name, text)),
      file(partNames(redraw).log, redraw.log),
    ]
    await page.locator('input[type=file]').setInputFiles(kept)
    await page.locator('[data-verdict=MATCH]').waitFor()
    await page.locator('input[type=file]').setInputFiles(kept.filter(({ name }) => name !== `${parent.drawId}.ndjson`))
    await page.locator('[data-verdict=REFUSED]').waitFor()
    expect(await page.locator('[data-verdict]').textContent()).toContain(`缺少原抽取的名录（${partNames(parent).roster}）`)
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  }, 120_000)

  it('DRW-31 DRW-32 says beside the verdict where the pinned file asks for less than 30 days of the keys of beacons, and that nobody audited the draw', async () => {
    const { page, context } = await openPage()
    await serveFolder(page, origin, site)
    await page.goto(`${origin}/?page=verify`)
    const witnessed = demoBundle({ witnessed: true, demo: false, beaconKeyAgeSeconds: 3600 })
    const names = partNames(witnessed)
    const more = [file(names.checkpoints, witnessed.checkpoints ?? ''), file(names.keys, witnessed.keys ?? '')]
    await page.locator('input[type=file]').setInputFiles([...filesOf(witnessed), ...more])
    await page.locator('[data-verdict=MATCH]').waitFor()
    expect(await page.locator('[data-short-key-age]').textContent()).toBe('信标密钥：钉住的文件只要求入日志 3600 秒，短于 30 天')
    expect(await page.locator('[data-audit]').textContent()).toBe('本次抽取尚未复核：抽中者是谁、由谁检查，尚无他方重算')
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  }, 120_000)

  it('is one page, one script and one style sheet, the worker inside', async () => {
    const { page, context } = await openPage()
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await serveFolder(page, origin, site)
    await page.goto(`${origin}/?page=verify`, { waitUntil: 'networkidle' })
    expect(requests.filter((path) => path !== '/favicon.svg').map((path) => path.replace(/-[\w-]{8}\./, '.'))).toEqual([
      '/',
      '/assets/index.js',
      '/assets/index.css',
    ])
    expect(readFileSync(join(site, 'index.html'), 'utf8')).not.toMatch(/<script(?![^>]* src=)/)
    await context.close()
  }, 30_000)
})

/** The text of an opening as it is given: its members in order. */
const canonical = (opening: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(opening).sort(([a], [b]) => (a < b ? -1 : 1))))
