import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Installs StrykerJS where its lock file changed since the last time; throws when that fails. */
export function installStryker(folder: string): void {
  const wanted = createHash('sha256')
    .update(read(join(folder, 'package-lock.json')))
    .digest('hex')
  const marker = join(folder, 'node_modules', '.installed')
  if (read(marker) === wanted) return
  console.error('installing StrykerJS …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm ci failed in ${folder}`)
  writeFileSync(marker, wanted)
}

/** Runs StrykerJS in a folder that holds its settings; throws when it broke off, as when the unchanged code fails its tests. */
export function runStryker(folder: string, tree: string): void {
  const bin = join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const { status } = spawnSync(process.execPath, [bin, 'run', 'stryker.config.json'], {
    cwd: tree,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error('StrykerJS broke off; its message stands above')
}
