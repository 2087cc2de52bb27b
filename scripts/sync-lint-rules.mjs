// Writes the `overrides` of .oxlintrc.json: the dependency rules of CONTRIBUTING.md, for every service and lib there is.
// oxlint replaces a rule's options by those of the last override that fits a file, so each override repeats all that holds there.
// With --check it only says whether they differ, and exits 1.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

const root = new URL('..', import.meta.url).pathname
const foldersOf = (kind) =>
  globSync(`${kind}/*/package.json`, { cwd: root })
    .map((path) => path.split('/')[1])
    .sort()
const services = foldersOf('services')

/** Pure code: what decides, without I/O, clock or chance. */
const pure = ['kernel', 'draw', 'witness', 'policy', 'calendar']

const packageSource = {
  regex: '^@dual-random/[^/]+/(src|dist)(/|$)',
  message: "Import what the package's exports name (rule 6).",
}
const foreignSource = {
  regex: '^(\\.\\./)+([^./][^/]*/)+(src|dist)/',
  message: "No relative path into another package; import what the package's exports name (rules 4, 6).",
}
const otherServices = {
  regex: `^@dual-random/(${services.join('|')})(/|$)`,
  message: "No service imports another's code; only contracts cross (rule 4).",
}
const broker = { regex: '^kafkajs(/|$)', message: 'Only libs/messaging knows the broker client.' }
const driver = { regex: '^(mongoose|mongodb)(/|$)', message: "Only libs/mongo knows the store's driver." }
const frameworks = { regex: '^(express|@grpc)(/|$)', message: 'Transport frameworks stay in libs/http and libs/grpc.' }
const node = { regex: '^node:', message: 'Domain code does no I/O (rule 1).' }

/** Stands after the patterns that are narrower: what it allows, oxlint asks no later pattern about. */
const onlyOurs = (allowed, message) => ({
  group: ['@dual-random/**', ...allowed.flatMap((name) => [`!@dual-random/${name}`, `!@dual-random/${name}/**`])],
  message,
})
/** `../**` as written from a file `depth` folders below `src`. */
const climbing = (depth, allowed, message) => {
  const up = '../'.repeat(depth)
  return { group: [`${up}**`, ...allowed.map((folder) => `!${up}${folder}/**`)], message }
}

const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })
const override = (files, rules) => ({ files, excludeFiles: ['**/*.test.ts'], rules })
const below = (folder, depth) => `services/*/src/${folder}/${'*/'.repeat(depth - 1)}*.ts`
const depths = [1, 2, 3]

const domain = depths.map((depth) =>
  override([below('domain', depth)], {
    ...imports(
      packageSource,
      node,
      onlyOurs(pure, 'Domain imports kernel, draw, witness, policy and calendar only (rule 1).'),
      { regex: '^[^.@]', message: 'Domain imports no outside package (rule 1).' },
      climbing(depth, [], 'Domain imports itself only (rule 1).'),
    ),
    'no-restricted-globals': [
      'error',
      ...['process', 'Date', 'fetch', 'crypto', 'setTimeout', 'setInterval', 'setImmediate', 'console', 'performance', 'globalThis'].map(
        (name) => ({ name, message: 'Domain is pure: pass it in (rule 1).' }),
      ),
    ],
    'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Domain is pure (rule 1).' }],
  }),
)

const app = depths.map((depth) =>
  override(
    [below('app', depth)],
    imports(
      packageSource,
      broker,
      driver,
      frameworks,
      onlyOurs([...pure, 'errors', 'beacon', 'tables', 'auth'], 'A use case imports domain, its ports and errors (rule 2).'),
      climbing(depth, ['domain'], 'A use case imports domain and its own ports; nothing imports upwards (rules 2, 3).'),
    ),
  ),
)

const edgeNames = ['http', 'grpc', 'events', 'store', 'compute']
const edges = edgeNames.map((edge) =>
  override(
    [`services/*/src/${edge}/**/*.ts`],
    imports(
      packageSource,
      foreignSource,
      otherServices,
      broker,
      driver,
      frameworks,
      {
        regex: `^(\\.\\./)+(${edgeNames.filter((name) => name !== edge).join('|')})/`,
        message: 'Edges and stores never import each other (rule 2).',
      },
      { regex: '^(\\.\\./)+(context|service|main|index)\\.ts$', message: 'Nothing imports upwards (rule 3).' },
    ),
  ),
)

const threads = override(
  ['services/*/src/compute/tasks.ts'],
  imports(
    packageSource,
    onlyOurs(pure, 'What threads run imports the pure libs only (rule 2).'),
    climbing(1, ['domain', 'app'], 'What threads run imports domain and what is pure of app (rule 2).'),
  ),
)

const apart = [packageSource, foreignSource, otherServices]

/** What a lib may not import beside services and other packages' sources. */
const libRules = {
  kernel: [
    { regex: '^@dual-random/', message: 'Kernel imports no lib (rule 5).' },
    { group: ['node:*', '!node:crypto'], message: 'Below kernel is node:crypto only.' },
  ],
  draw: [
    node,
    { regex: '^@dual-random/kernel/hash$', message: 'The hash is injected, so that draw runs in a browser.' },
    onlyOurs(['kernel'], 'draw, beacon, calendar and key-wrap import only kernel (rule 5).'),
  ],
  // Its testing entry signs with Ed25519 keys of libs/beacon.
  witness: [onlyOurs(['kernel', 'draw', 'beacon'], 'witness imports only kernel and draw (rule 5).')],
  verify: [
    node,
    { regex: '^@dual-random/kernel/hash$', message: 'The hash is injected, so that verify runs in a browser.' },
    onlyOurs(['kernel', 'draw', 'beacon', 'witness'], 'verify imports only kernel, draw, beacon and witness (rule 5).'),
  ],
  beacon: [onlyOurs(['kernel'], 'draw, beacon, calendar and key-wrap import only kernel (rule 5).')],
  calendar: [onlyOurs(['kernel'], 'draw, beacon, calendar and key-wrap import only kernel (rule 5).')],
  'key-wrap': [node, onlyOurs(['kernel'], 'draw, beacon, calendar and key-wrap import only kernel (rule 5).')],
  policy: [node, onlyOurs(['kernel', 'calendar'], 'policy imports kernel and calendar only.')],
}
/** The libs that wrap a client or a framework; testkit reaches below them to clean up after tests. */
const wraps = {
  messaging: [broker],
  mongo: [driver],
  http: [frameworks],
  grpc: [frameworks],
  errors: [frameworks],
  contracts: [frameworks],
  testkit: [broker, driver],
}
const libs = foldersOf('libs').map((name) => {
  const closed = [broker, driver, frameworks].filter((pattern) => !wraps[name]?.includes(pattern))
  return override([`libs/${name}/src/**/*.ts`], imports(...apart, ...closed, ...(libRules[name] ?? [])))
})

/** What a browser runs: no module of Node, and React's own rules. */
const browser = {
  files: ['apps/portal/src/**/*.{ts,tsx}'],
  excludeFiles: ['**/*.test.ts'],
  plugins: ['react', 'jsx-a11y', 'typescript', 'import', 'unicorn', 'promise'],
  rules: {
    ...imports(
      ...apart,
      { regex: '^node:', message: 'The page runs in a browser.' },
      { regex: '^@dual-random/kernel/hash$', message: 'The hash is injected, so that the page needs neither Node nor a secure context.' },
      onlyOurs(['kernel', 'draw', 'beacon', 'witness', 'verify'], 'The page imports kernel, draw, beacon, witness and verify only.'),
    ),
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    // JSX is compiled with the automatic runtime.
    'react/react-in-jsx-scope': 'off',
    // `status`, `img` of an SVG and a scrolling `region` that the keyboard reaches have no tag that does the same.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'jsx-a11y/no-noninteractive-tabindex': 'off',
    'jsx-a11y/control-has-associated-label': 'off',
    // What a module with Vite's suffixes exports, src/vite-modules.d.ts says; and a worker has no origin to name.
    'import/default': 'off',
    'unicorn/require-post-message-target-origin': 'off',
  },
}

const overrides = [
  { files: ['**/*.test.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.mjs', '**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
  { files: ['services/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'], rules: imports(...apart, broker, driver, frameworks) },
  browser,
  { files: ['services/*/tests/**/*.ts', 'apps/*/tests/**/*.ts'], rules: imports(...apart) },
  ...domain,
  ...app,
  ...edges,
  threads,
  ...libs,
]

const path = `${root}.oxlintrc.json`
const config = JSON.parse(readFileSync(path, 'utf8'))
if (!isDeepStrictEqual(config.overrides, overrides)) {
  if (process.argv.includes('--check')) {
    console.error('.oxlintrc.json is out of step with the folders and scripts/sync-lint-rules.mjs (run: npm run gen)')
    process.exitCode = 1
  } else {
    writeFileSync(path, `${JSON.stringify({ ...config, overrides }, null, 2)}\n`)
    spawnSync('biome', ['format', '--write', path], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  }
}
