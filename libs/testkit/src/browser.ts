import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page, type Route } from 'playwright-core'

export type { Browser, BrowserContext, Page, Route } from 'playwright-core'

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A headless Chromium of this machine: the one that `DR_CHROMIUM` names, else one at a usual place. Throws with what to install. */
export function openBrowser(): Promise<Browser> {
  const given = process.env['DR_CHROMIUM']
  const executablePath = (given === undefined ? usualPaths : [given]).find((path) => existsSync(path))
  if (executablePath === undefined) {
    throw new Error(
      `没有找到 Chromium：请安装（Debian：apt-get install -y chromium），或用 DR_CHROMIUM 指明程序 / no Chromium at ${given ?? usualPaths.join(', ')}: install it (Debian: apt-get install -y chromium), or name the program in DR_CHROMIUM`,
    )
  }
  // Chromium has no sandbox for root, as whom continuous integration runs.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}

/**
 * Shows a folder of built files to a page at an origin that no server has: over plain HTTP on a host that is not this one, so without
 * a secure context. What is no file there, `otherwise` answers; without it that is 404.
 */
export async function serveFolder(page: Page, origin: string, folder: string, otherwise?: (route: Route) => Promise<void>): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const path = join(folder, pathname === '/' ? 'index.html' : pathname)
    if (path.startsWith(folder) && existsSync(path)) await route.fulfill({ path })
    else if (otherwise === undefined) await route.fulfill({ status: 404 })
    else await otherwise(route)
  })
}
