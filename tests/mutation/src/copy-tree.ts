import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this run's copy: StrykerJS changes files in place, and two runs would change each other's. */
export const treeOf = (out: string, pid: number): string => join(out, `tree-${pid}`)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Removes the copies of runs that were broken off. */
export function removeLeftTrees(out: string): void {
  for (const name of readdirSync(out)) {
    const pid = Number(/^tree-(\d+)$/.exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) rmSync(join(out, name), { recursive: true, force: true })
  }
}

/** What git does not know but the sources import. */
const generated = ['libs/contracts/src/gen']

/**
 * Copies the files of the working tree, changed and new ones too, to a folder inside the repository. Outside packages are found in the
 * repository's `node_modules` above it; our own are linked anew, so that their names lead to the copies.
 */
export function copyTree(root: string, tree: string): void {
  rmSync(tree, { recursive: true, force: true })
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(join(tree, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(tree, file))
  }
  for (const folder of generated) cpSync(join(root, folder), join(tree, folder), { recursive: true })
  const scope = 'node_modules/@dual-random'
  mkdirSync(join(tree, scope), { recursive: true })
  for (const name of readdirSync(join(root, scope))) symlinkSync(readlinkSync(join(root, scope, name)), join(tree, scope, name))
}
