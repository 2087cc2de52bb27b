// Writes each package's tsconfig.json and the root's from the workspace dependencies, so that references never drift.
// With --check it only says which files differ, and exits 1.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const check = process.argv.includes('--check')
const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folders = workspaces
  .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
  .map(dirname)
  .sort()
const packages = folders.map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }))
const folderOf = new Map(packages.map(({ folder, manifest }) => [manifest.name, folder]))

const differing = []
function put(file, value) {
  const text = `${JSON.stringify(value, null, 2)}\n`
  const path = join(root, file)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  if (check) differing.push(file)
  else writeFileSync(path, text)
}

for (const { folder, manifest } of packages) {
  const references = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter((name) => folderOf.has(name))
    .map((name) => relative(folder, folderOf.get(name)))
    .sort()
    .map((path) => ({ path }))
  put(join(folder, 'tsconfig.json'), {
    extends: `${relative(folder, '.')}/tsconfig.base.json`,
    compilerOptions: { rootDir: '.', outDir: 'dist', ...manifest.tsconfig },
    include: folder.startsWith('tests/') ? ['**/*.ts'] : ['src', 'tests'],
    ...(references.length > 0 ? { references } : {}),
  })
}
put('tsconfig.json', { files: [], references: folders.map((path) => ({ path })) })

if (differing.length > 0) {
  console.error(`out of step with package.json (run: npm run gen):\n  ${differing.join('\n  ')}`)
  process.exitCode = 1
}
