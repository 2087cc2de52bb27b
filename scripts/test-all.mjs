// `npm test`: the static checks, then every test project. At the end, where the log of an hour is not searched for them, the names of what
// failed; the last line is the count that CI reads.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { runSteps, staticChecks } from './run-steps.mjs'

const report = 'out/test-report.json'
mkdirSync('out', { recursive: true })

if (!runSteps(staticChecks)) {
  console.log('0 passed, 1 failed')
  process.exit(1)
}

let passed = 0
const failures = []
for (const project of ['unit', 'contract', 'int', 'e2e']) {
  rmSync(report, { force: true })
  const { status } = spawnSync(
    'vitest',
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const { numPassedTests, testResults } = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, testResults: [] }
  passed += numPassedTests
  const failedTests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages: [message = ''] }) => `${relative('.', name)}: ${fullName}\n    ${message.split('\n', 1)[0]}`),
  )
  // A file that fails to load, or a project that ends badly, counts as one failure, though none of its tests ran.
  const withoutTests = testResults
    .filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
    .map(({ name, message }) => `${relative('.', name)}: ${message.split('\n', 1)[0]}`)
  failures.push(...failedTests, ...withoutTests)
  if (status !== 0 && failedTests.length + withoutTests.length === 0) failures.push(`${project}: exit code ${status}`)
}
for (const failure of failures) console.log(`✗ ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
