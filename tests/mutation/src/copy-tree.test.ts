import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { copyTree, removeLeftTrees, treeOf } from './copy-tree.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'dual-random-copy-')))
afterAll(() => rmSync(root, { recursive: true }))

function put(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

describe('the copy that is changed', () => {
  const tree = join(root, 'out/tree')
  put('.gitignore', 'out/\nnode_modules/\nlibs/contracts/src/gen/\n')
  put('libs/x/package.json', '{}')
  put('libs/x/src/old.ts', 'old')
  put('libs/x/src/gone.ts', 'gone')
  put('libs/contracts/src/gen/message.ts', 'generated')
  mkdirSync(join(root, 'node_modules/@dual-random'), { recursive: true })
  symlinkSync('../../libs/x', join(root, 'node_modules/@dual-random/x'))
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  execFileSync('git', ['add', '.'], { cwd: root })
  rmSync(join(root, 'libs/x/src/gone.ts'))
  put('libs/x/src/old.ts', 'edited')
  put('libs/x/src/new.ts', 'new')
  put('out/tree/left.ts', 'of the run before')
  copyTree(root, tree)

  it('is the working tree: edited and new files, none that was deleted or left from before, and what is generated', () => {
    const read = (path: string): string => readFileSync(join(tree, path), 'utf8')
    expect([read('libs/x/src/old.ts'), read('libs/x/src/new.ts'), read('libs/contracts/src/gen/message.ts')]).toEqual([
      'edited',
      'new',
      'generated',
    ])
    expect(['libs/x/src/gone.ts', 'left.ts', 'out'].filter((path) => existsSync(join(tree, path)))).toEqual([])
  })

  it('names lead to its own packages', () => {
    expect(realpathSync(join(tree, 'node_modules/@dual-random/x'))).toBe(join(tree, 'libs/x'))
  })
})

describe('copies of runs that were broken off', () => {
  it('are removed, those of a run under way and other files are not', () => {
    // No process has an id this high.
    const names = [treeOf('', 4_000_000_000), treeOf('', process.pid), 'tree-', 'libs-x-src.md']
    for (const name of names) put(`runs/${name}/file.ts`, '')
    removeLeftTrees(join(root, 'runs'))
    expect(names.map((name) => existsSync(join(root, 'runs', name)))).toEqual([false, true, true, true])
  })
})
