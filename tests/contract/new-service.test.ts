import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stackAddress } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CheckoutCopy, checkoutCopy, type Run } from './support/checkout-copy.ts'

const name = 'casenote'

function expectSuccess({ status, output }: Run): void {
  expect(status, output).toBe(0)
}

/** What a scaffold would change first. */
const written = ({ folder }: CheckoutCopy): readonly unknown[] => [
  readdirSync(join(folder, 'services')),
  readdirSync(join(folder, 'proto/dualrandom')),
  readFileSync(join(folder, 'libs/errors/src/messages/catalogue.ts'), 'utf8'),
]

describe('npm run new:service', () => {
  let copy: CheckoutCopy
  const scaffold = (...args: readonly string[]): Run => copy.run('node', ['scripts/new-service.mjs', '--no-install', ...args])
  const touched = [
    `services/${name}`,
    `proto/dualrandom/${name}`,
    'libs/contracts',
    'libs/errors',
    'libs/testkit',
    '.oxlintrc.json',
    'tsconfig.json',
  ]

  beforeAll(() => {
    copy = checkoutCopy()
    expectSuccess(scaffold(name))
    copy.linkWorkspaces()
  })

  afterAll(() => copy?.[Symbol.dispose]())

  it.each([
    ['no name', []],
    ['capital letters', ['CaseNote']],
    ['a hyphen, which no proto package can have', ['case-note']],
    ['a digit first', ['1case']],
    ['two letters', ['ab']],
    ['two names', ['caseone', 'casetwo']],
    ['a service', ['registry']],
    ['a lib', ['kernel']],
    ['a proto folder', ['common']],
    ['a file of contracts', ['rpc']],
    ['itself again', [name]],
  ])('refuses %s, and writes nothing', (_what, args) => {
    const before = written(copy)
    expect(scaffold(...args)).toEqual({ status: 2, output: expect.stringContaining('npm run new:service') })
    expect(written(copy)).toEqual(before)
  })

  it('makes contracts that buf takes, and that break nobody', () => {
    expectSuccess(copy.run('buf', ['lint'], { cwd: 'proto' }))
    expectSuccess(copy.run('buf', ['breaking', '--against', 'baseline.binpb'], { cwd: 'proto' }))
  })

  it('leaves nothing out of step or format', () => {
    expectSuccess(copy.run('node', ['scripts/sync-references.mjs', '--check']))
    expectSuccess(copy.run('node', ['scripts/sync-lint-rules.mjs', '--check']))
    expectSuccess(copy.run('biome', ['check', '--linter-enabled=false', ...touched]))
    expectSuccess(copy.run('oxlint', [`services/${name}`, 'libs/contracts', 'libs/errors', 'libs/testkit']))
  })

  it('makes code that compiles and that the type-aware rules accept', { timeout: 300_000 }, () => {
    expectSuccess(copy.run('tsc', ['-b', `services/${name}`]))
    expectSuccess(copy.run('oxlint', ['--type-aware', `services/${name}`]))
  })

  it('stands in the topic list, in compose and in the event catalogue', () => {
    const args = [
      'run',
      '--project',
      'unit',
      'libs/messaging/src/topics.test.ts',
      'deploy/local/src/compose.test.ts',
      `services/${name}/src`,
    ]
    expectSuccess(copy.run('vitest', args))
  })

  it('runs: its own tests pass on the real broker and store', { timeout: 180_000 }, () => {
    const { kafkaBrokers, mongodbUri } = stackAddress()
    const env = { KAFKA_BROKERS: kafkaBrokers, MONGODB_URI: mongodbUri }
    const ran = copy.run('vitest', ['run', '--project', 'int', `services/${name}/tests`], { env })
    expectSuccess(ran)
    expect(ran.output).toMatch(/3 passed/)
  })
})
