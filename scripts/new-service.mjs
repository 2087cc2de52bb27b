// `npm run new:service -- <name>`: a service that runs, with one aggregate, route, RPC and event, from scripts/templates/service.
// It stands then in everything that lists services; what is left to do by hand is printed. --no-install leaves `npm install` to you.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const root = new URL('..', import.meta.url).pathname
const templates = join(root, 'scripts/templates/service')
const read = (path) => readFileSync(join(root, path), 'utf8')

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'no-install': { type: 'boolean', default: false } } })
const [name = '', ...more] = positionals
const problem = more.length > 0 ? 'one name, please' : problemOf(name)
if (problem !== undefined) {
  console.error(`用法 / usage: npm run new:service -- <name>\n${name === '' ? '' : `${name}: `}${problem}`)
  process.exit(2)
}

const words = {
  __name__: name,
  __Name__: `${name[0].toUpperCase()}${name.slice(1)}`,
  __NAME__: name.toUpperCase(),
  __zod__: versionOf('zod'),
}
const filled = (text) => text.replaceAll(/__(?:name|Name|NAME|zod)__/g, (word) => words[word])

const written = globSync('**/*.tmpl', { cwd: templates }).map((template) => {
  const path = filled(template.slice(0, -'.tmpl'.length))
  put(path, filled(readFileSync(join(templates, template), 'utf8')))
  return path
})
const edited = [
  edit('libs/contracts/package.json', exportContracts),
  edit('libs/contracts/src/events/catalogue.ts', (text) =>
    withLines(text, [
      { before: 'import { oversightEvents }', line: `import { ${name}Events } from './${name}.ts'` },
      { before: '} as const', line: `  ${name}: ${name}Events,` },
    ]),
  ),
  edit('libs/errors/src/messages/catalogue.ts', (text) =>
    withLines(text, [
      { before: 'import { oversightMessages }', line: `import { ${name}Messages } from './${name}.ts'` },
      { before: '} as const', line: `  ...${name}Messages,` },
    ]),
  ),
  edit('libs/testkit/src/token-issuer.ts', (text) => replaced(text, /^(const services = \[.*)\] as const$/m, `$1, '${name}'] as const`)),
  edit('deploy/topics/topics.yaml', (text) =>
    withLines(text, [
      {
        before: '  # what the regions of the group exchange',
        line: `  # ${name}\n  - { name: ${name}.entry.v1, partitions: 3, retention: forever, minInsyncReplicas: 2 }`,
      },
      { before: undefined, line: `  - { name: ${name}.dlq.v1, partitions: 1, retention: 365, minInsyncReplicas: 2 }` },
    ]),
  ),
  edit('docker-compose.yml', composeService),
  edit('deploy/docker/.env.example', (text) =>
    withLines(text, [{ before: 'DR_SERVICE_JWKS=', line: `DR_${words.__NAME__}_SERVICE_KEY=<jwk service-${name}>` }]),
  ),
]

const run = (command, ...args) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) {
    console.error(`✗ ${command} ${args.join(' ')}`)
    process.exit(1)
  }
}
run('biome', 'check', '--write', '--linter-enabled=false', ...[...written, ...edited].filter((path) => /\.(ts|json)$/.test(path)))
if (!values['no-install']) run('npm', 'install', '--no-audit', '--no-fund')
run('node', 'scripts/gen.mjs')

console.log(`services/${name}: ${written.length} 个新文件，改动 ${edited.length} 个 / new files, and changed: ${edited.join(', ')}

下一步 / next:
  1. README.md：这个服务管什么 / what the service owns
  2. proto/dualrandom/${name}/v1：把示例换成自己的消息，然后 npm run gen / your own messages instead of the sample
  3. 对外提供 REST 时，在 services/gateway 的 config.ts 与 service.ts 登记 DR_${words.__NAME__}_HTTP / to be reached through the gateway
  4. npm run verify；npm run test:int -- services/${name}`)

function problemOf(wanted) {
  if (!/^[a-z][a-z0-9]{2,23}$/.test(wanted)) return '3–24 个小写字母或数字，字母开头 / 3 to 24 lower-case letters or digits, a letter first'
  const packages = globSync('{libs,services,apps,deploy,tests}/*/package.json', { cwd: root }).map((path) => JSON.parse(read(path)).name)
  if (packages.includes(`@dual-random/${wanted}`) || existsSync(join(root, 'services', wanted)))
    return '这个包已存在 / such a package exists'
  const taken = [`proto/dualrandom/${wanted}`, `libs/contracts/src/${wanted}.ts`, `libs/errors/src/messages/${wanted}.ts`].filter((path) =>
    existsSync(join(root, path)),
  )
  if (taken.length > 0) return `已被占用 / taken: ${taken.join(', ')}`
  return undefined
}

function put(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function edit(path, change) {
  put(path, change(read(path)))
  return path
}

/** Each line put before the first one that starts so, or at the end; throws when there is none: the file has changed its shape. */
function withLines(text, insertions) {
  return insertions
    .reduce((lines, { before, line }) => {
      const at = before === undefined ? lines.length - 1 : lines.findIndex((each) => each.startsWith(before))
      if (at < 0) throw new Error(`no line starts with "${before}"`)
      return lines.toSpliced(at, 0, line)
    }, text.split('\n'))
    .join('\n')
}

function replaced(text, pattern, by) {
  if (!pattern.test(text)) throw new Error(`${pattern} is not there`)
  return text.replace(pattern, by)
}

function exportContracts(text) {
  const manifest = JSON.parse(text)
  const of = (extension, folder) => `./${folder}/${name}.${extension}`
  manifest.exports[`./${name}`] = { development: of('ts', 'src'), types: of('d.ts', 'dist/src'), default: of('js', 'dist/src') }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** The service with the next free ports, and its gRPC address for the others. */
function composeService(text) {
  const port = 1 + Math.max(...[...text.matchAll(/^ {6}PORT: (\d+)$/gm)].map(([, used]) => Number(used)))
  const service = `  ${name}:
    <<: *service
    command: [node, services/${name}/dist/src/main.js]
    environment:
      <<: *environment
      PORT: ${port}
      DR_GRPC_PORT: ${port + 1000}
      DR_DATABASE: dual-random-${name}
      DR_SERVICE_KEY: \${DR_${words.__NAME__}_SERVICE_KEY:?see deploy/docker/.env.example}
`
  return withLines(text, [
    { before: 'x-service:', line: `  DR_${words.__NAME__}_GRPC: 127.0.0.1:${port + 1000}\n` },
    { before: 'volumes:', line: service },
  ]).replace(/\n\n(  DR_\w+_GRPC: \S+\n)\n/, '\n$1\n')
}

function versionOf(dependency) {
  return JSON.parse(read('services/joint/package.json')).dependencies[dependency]
}
