import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lint } from './support/lint.ts'
import { root } from './support/root.ts'

interface Rule {
  readonly title: string
  /** Files that break the rule; the first is the one that must be reported. */
  readonly broken: Readonly<Record<string, string>>
  readonly reported: { readonly rule: string; readonly help?: string }
  /** The nearest thing that is allowed. */
  readonly clean: Readonly<Record<string, string>>
}

const importing = (...modules: readonly string[]): string =>
  `${modules.map((name, index) => `import { a${index} } from '${name}'`).join('\n')}\nexport const used = [${modules.map((_, index) => `a${index}`).join(', ')}]\n`

const lines = (count: number): string => `export const a = 1\n${'\n'.repeat(count - 1)}`

const imports = 'eslint(no-restricted-imports)'
const globals = 'eslint(no-restricted-globals)'

const service = 'services/joint/src'

/** One run of the linter sees the files of all rules, so each has a name of its own. */
const fileOf = (folder: string, title: string): string => `${folder}/${title.replaceAll(/\W+/g, '-')}.ts`

/** A rule about what a file in a folder imports. */
function onImport(title: string, folder: string, forbidden: string, allowed: string, help: string): Rule {
  const file = fileOf(folder, title)
  return { title, broken: { [file]: importing(forbidden) }, reported: { rule: imports, help }, clean: { [file]: importing(allowed) } }
}

/** A rule about what an expression of domain code uses. */
function purity(title: string, expression: string, allowed: string, rule = globals): Rule {
  const file = fileOf(`${service}/domain`, title)
  const exporting = (value: string): Readonly<Record<string, string>> => ({ [file]: `export const value = ${value}\n` })
  return { title, broken: exporting(expression), reported: { rule }, clean: exporting(allowed) }
}

const rules: readonly Rule[] = [
  onImport('1 domain does no I/O', `${service}/domain`, 'node:fs', './b.ts', 'no I/O (rule 1)'),
  onImport('1 domain takes no use case', `${service}/domain`, '../app/b.ts', './app.ts', 'itself only (rule 1)'),
  onImport('1 domain takes no configuration', `${service}/domain`, '../config.ts', './config.ts', 'itself only (rule 1)'),
  onImport('1 a folder of domain stays inside domain', `${service}/domain/parts`, '../../store/b.ts', '../b.ts', 'itself only (rule 1)'),
  onImport('1 two folders deep too', `${service}/domain/parts/small`, '../../../context.ts', '../../b.ts', 'itself only (rule 1)'),
  onImport('1 domain imports four pure libs', `${service}/domain`, '@dual-random/errors', '@dual-random/policy', 'rule 1'),
  onImport('1 domain imports no outside package', `${service}/domain`, 'zod', '@dual-random/kernel', 'no outside package'),
  purity('1 domain reads no clock', 'Date.now()', '1'),
  purity('1 domain makes no date', 'new Date()', 'new Map()'),
  purity('1 domain leaves chance to the draw', 'Math.random()', 'Math.max(1, 2)', 'eslint(no-restricted-properties)'),
  purity('1 domain reads no environment', "process.env['HOME']", "{ HOME: '' }"),
  purity('1 domain finds no way round by globalThis', "globalThis.process.env['HOME']", "{ HOME: '' }"),
  purity('1 domain waits for nothing', 'setTimeout(() => 1, 1)', '(() => 1)()'),
  purity('1 domain asks nobody', "fetch('x')", '(() => 1)()'),
  purity('1 domain logs nothing', "console.log('x')", "String('x')"),
  purity(
    '1 a look-up inside a function is no way round',
    "async () => await import('node:fs')",
    "async () => await import('./b.ts')",
    imports,
  ),

  onImport('2 app takes no store', `${service}/app`, '../store/b.ts', '../domain/b.ts', 'nothing imports upwards'),
  onImport('2 app takes no edge', `${service}/app`, '../http/b.ts', './ports.ts', 'nothing imports upwards'),
  onImport('2 a folder of app neither', `${service}/app/parts`, '../../grpc/b.ts', '../../domain/b.ts', 'nothing imports upwards'),
  onImport('2 app knows no driver', `${service}/app`, '@dual-random/mongo', '@dual-random/errors', 'its ports and errors (rule 2)'),
  onImport('2 app knows no messages', `${service}/app`, '@dual-random/contracts', '@dual-random/beacon', 'its ports and errors (rule 2)'),
  onImport('2 http takes no store', `${service}/http`, '../store/b.ts', '../app/b.ts', 'never import each other'),
  onImport('2 grpc takes no http', `${service}/grpc`, '../http/b.ts', '../domain/b.ts', 'never import each other'),
  onImport('2 events take no grpc', `${service}/events`, '../grpc/b.ts', './b.ts', 'never import each other'),
  onImport('2 store takes no events', `${service}/store`, '../events/b.ts', '../app/ports.ts', 'never import each other'),
  onImport('2 app takes no thread', `${service}/app`, '../compute/computations.ts', './computations.ts', 'nothing imports upwards'),
  onImport('2 compute takes no store', `${service}/compute`, '../store/b.ts', '../app/b.ts', 'never import each other'),
  {
    title: '2 what threads run is pure',
    broken: { [`${service}/compute/tasks.ts`]: importing('@dual-random/service') },
    reported: { rule: imports, help: 'What threads run imports the pure libs only (rule 2)' },
    clean: { [`${service}/compute/tasks.ts`]: importing('@dual-random/kernel/hash', '../domain/b.ts') },
  },

  onImport('3 app does not know its context', `${service}/app`, '../context.ts', '../domain/context.ts', 'nothing imports upwards'),
  onImport('3 http does not know its context', `${service}/http`, '../context.ts', '../app/context.ts', 'Nothing imports upwards (rule 3)'),
  onImport(
    '3 store does not know its service',
    `${service}/store`,
    '../service.ts',
    '../app/service.ts',
    'Nothing imports upwards (rule 3)',
  ),

  onImport(
    '4 no service imports another',
    `${service}/http`,
    '@dual-random/drawing',
    '@dual-random/contracts/drawing',
    'only contracts cross',
  ),
  onImport('4 nor by a path', `${service}/events`, '../../../drawing/src/index.ts', '@dual-random/contracts', 'rules 4, 6'),
  onImport('4 nor in its tests', 'services/joint/tests', '@dual-random/drawing', '../src/index.ts', 'only contracts cross'),
  onImport('4 nor in its wiring', `${service}/context.ts`, '@dual-random/registry', './store/b.ts', 'only contracts cross'),

  onImport('5 kernel imports no lib', 'libs/kernel/src', '@dual-random/errors', './b.ts', 'Kernel imports no lib'),
  onImport('5 kernel stands on node:crypto', 'libs/kernel/src', 'node:fs', 'node:crypto', 'node:crypto only'),
  onImport('5 draw imports only kernel', 'libs/draw/src', '@dual-random/errors', '@dual-random/kernel', 'only kernel (rule 5)'),
  onImport('5 draw gets its hash', 'libs/draw/src', '@dual-random/kernel/hash', './hash.ts', 'The hash is injected'),
  onImport('5 verify gets its hash', 'libs/verify/src', '@dual-random/kernel/hash', '@dual-random/draw', 'The hash is injected'),
  onImport(
    '5 verify runs in a browser',
    'libs/verify/src',
    '@dual-random/http',
    '@dual-random/witness',
    'only kernel, draw, beacon and witness',
  ),
  onImport('5 beacon imports only kernel', 'libs/beacon/src', '@dual-random/draw', '@dual-random/kernel', 'only kernel (rule 5)'),
  onImport('5 calendar imports only kernel', 'libs/calendar/src', '@dual-random/policy', '@dual-random/kernel', 'only kernel (rule 5)'),
  onImport('5 key-wrap imports only kernel', 'libs/key-wrap/src', '@dual-random/draw', '@dual-random/kernel', 'only kernel (rule 5)'),
  onImport('5 policy is pure', 'libs/policy/src', 'node:fs', '@dual-random/calendar', 'no I/O'),
  onImport('5 no lib imports a service', 'libs/testkit/src', '@dual-random/joint', '@dual-random/kernel', 'only contracts cross'),
  onImport('5 only messaging knows the broker client', 'libs/mongo/src', 'kafkajs', '@dual-random/messaging', 'libs/messaging'),
  onImport('5 no service knows it', `${service}/events`, 'kafkajs', '@dual-random/messaging', 'libs/messaging'),
  onImport('5 only mongo knows the driver', 'libs/messaging/src', 'mongoose', 'kafkajs', 'libs/mongo'),
  onImport('5 no store of a service knows it', `${service}/store`, 'mongodb', '@dual-random/mongo', 'libs/mongo'),
  onImport('5 draw knows no client at all', 'libs/draw/src', 'kafkajs', './b.ts', 'libs/messaging'),
  onImport('5 express stays in libs/http', `${service}/http`, 'express', '@dual-random/http', 'libs/http and libs/grpc'),
  onImport('5 grpc-js stays in libs/grpc', `${service}/grpc`, '@grpc/grpc-js', '@dual-random/grpc', 'libs/http and libs/grpc'),

  onImport(
    '6 no deep import from a service',
    `${service}/app`,
    '@dual-random/kernel/src/hash.ts',
    '@dual-random/kernel/hash',
    'exports name',
  ),
  onImport('6 no deep import from a lib', 'libs/service/src', '@dual-random/mongo/dist/src/store.js', '@dual-random/mongo', 'exports name'),
  onImport('6 no path into a lib', `${service}/store`, '../../../../libs/mongo/src/store.ts', '@dual-random/mongo', 'rules 4, 6'),
  {
    title: '6 no default export',
    broken: { 'libs/mongo/src/default.ts': 'const a = 1\nexport default a\n' },
    reported: { rule: 'import(no-default-export)' },
    clean: { 'libs/mongo/src/default.ts': 'export const a = 1\n' },
  },
  {
    title: '6 no cycle',
    broken: { 'libs/mongo/src/ring-1.ts': importing('./ring-2.ts'), 'libs/mongo/src/ring-2.ts': importing('./ring-1.ts') },
    reported: { rule: 'import(no-cycle)' },
    clean: { 'libs/mongo/src/ring-1.ts': importing('./ring-2.ts'), 'libs/mongo/src/ring-2.ts': 'export const a0 = 1\n' },
  },
  {
    title: 'a file ends at 400 lines',
    broken: { [`${service}/http/long.ts`]: lines(401) },
    reported: { rule: 'eslint(max-lines)' },
    clean: { [`${service}/http/long.ts`]: lines(400), [`${service}/http/long.test.ts`]: lines(401) },
  },
]

const filesOf = (variant: 'broken' | 'clean'): Readonly<Record<string, string>> =>
  Object.assign({}, ...rules.map((rule) => rule[variant])) as Record<string, string>

describe('the dependency rules of CONTRIBUTING.md', () => {
  const broken = lint(filesOf('broken'))
  const clean = lint(filesOf('clean'))

  it.each(rules)('$title', ({ reported, broken: files, clean: twins }) => {
    const [file] = Object.keys(files)
    expect(broken).toContainEqual({ file, rule: reported.rule, help: expect.stringContaining(reported.help ?? '') })
    expect(clean.filter((finding) => finding.file in twins)).toEqual([])
  })

  it('name every service', () => {
    const names = readdirSync(join(root, 'services'))
    const findings = lint(Object.fromEntries(names.map((name) => [`libs/http/src/${name}.ts`, importing(`@dual-random/${name}`)])))
    expect(findings.map(({ file }) => file).sort()).toEqual(names.map((name) => `libs/http/src/${name}.ts`))
  })
})
