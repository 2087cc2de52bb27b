import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { root } from './root.ts'

export interface Run {
  readonly status: number | null
  /** Both streams. */
  readonly output: string
}

export interface CheckoutCopy extends Disposable {
  readonly folder: string
  /** Runs one of the checkout's programs in the copy. */
  run(command: string, args: readonly string[], options?: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }): Run
  /** Does for a new workspace what `npm install` would. */
  linkWorkspaces(): void
}

const left = new Set(['node_modules', '.git', 'out', 'coverage'])

/** The working copy elsewhere, with the installed packages of outsiders, so that a test may write into it. */
export function checkoutCopy(): CheckoutCopy {
  const folder = mkdtempSync(join(tmpdir(), 'dual-random-copy-'))
  cpSync(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) })
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@dual-random') symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }

  const linkWorkspaces = (): void => {
    const scope = join(modules, '@dual-random')
    rmSync(scope, { recursive: true, force: true })
    mkdirSync(scope)
    for (const manifest of globSync('{libs,services,apps,deploy,tests}/*/package.json', { cwd: folder })) {
      const { name } = JSON.parse(readFileSync(join(folder, manifest), 'utf8')) as { readonly name: string }
      symlinkSync(join(folder, manifest, '..'), join(folder, 'node_modules', name))
    }
  }
  linkWorkspaces()

  return {
    folder,
    linkWorkspaces,
    run: (command, args, { cwd = '.', env = {} } = {}) => {
      const bin = join(modules, '.bin')
      const { status, stdout, stderr } = spawnSync(join(bin, command), [...args], {
        cwd: join(folder, cwd),
        env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env['PATH']}` },
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      })
      return { status, output: `${stdout}${stderr}` }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
