// Runs before `npm test` and `npm run demo`, on whatever Node the host has (>= 20): installs the packages when the lock file
// changed since the last install, generates the contracts when the proto files did, and builds the portal when its sources did.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) {
  console.error(`需要 Node.js ≥ 20，当前为 ${process.version} / Node.js >= 20 is needed, this is ${process.version}`)
  process.exit(1)
}

const digest = (texts) => texts.reduce((hash, text) => hash.update(text), createHash('sha256')).digest('hex')
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

function step(marker, wanted, zh, en, command, args, cwd = root) {
  if (read(marker) === wanted) return
  console.error(`${zh} / ${en} …`)
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` }
  const { status } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error(`${zh}失败 / ${en} failed: ${command} ${args.join(' ')}`)
    process.exit(status ?? 1)
  }
  writeFileSync(marker, wanted)
}

const lock = digest([read(join(root, 'package-lock.json')), process.platform, process.arch])
step(join(root, 'node_modules', '.dual-random-lock'), lock, '正在安装依赖', 'installing packages', 'npm', ['ci', '--no-audit', '--no-fund'])

const protoFolder = join(root, 'proto')
const protos = readdirSync(protoFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.proto') || path.endsWith('.yaml'))
  .sort()
const contracts = digest([...protos, ...protos.map((path) => read(join(protoFolder, path)))])
const generated = join(root, 'libs/contracts/src/gen')
step(
  join(root, 'node_modules', '.dual-random-contracts'),
  existsSync(generated) ? contracts : `${contracts} (missing)`,
  '正在生成接口代码',
  'generating contracts',
  join(root, 'node_modules', '.bin', 'buf'),
  ['generate'],
  protoFolder,
)
writeFileSync(join(root, 'node_modules', '.dual-random-contracts'), contracts)

const sources = ['apps/portal', 'libs/beacon/src', 'libs/draw/src', 'libs/kernel/src', 'libs/verify/src', 'libs/witness/src'].flatMap(
  (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/[/\\](dist|node_modules)([/\\]|$)/.test(entry.parentPath) && !entry.name.includes('.test.'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort(),
)
const portal = digest([lock, ...sources.map((path) => read(path))])
const built = join(root, 'apps/portal/dist/site/index.html')
step(
  join(root, 'node_modules', '.dual-random-portal'),
  existsSync(built) ? portal : `${portal} (missing)`,
  '正在构建公众门户',
  'building the public portal',
  'vite',
  ['build', '--logLevel', 'warn'],
  join(root, 'apps/portal'),
)
writeFileSync(join(root, 'node_modules', '.dual-random-portal'), portal)
