// `npm test`: the static checks, then every test project. The last line is the count that CI reads.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { runSteps, staticChecks } from './run-steps.mjs'

const report = 'out/test-report.json'
mkdirSync('out', { recursive: true })

if (!runSteps(staticChecks)) {
  console.log('0 passed, 1 failed')
  process.exit(1)
}

let passed = 0
let failed = 0
for (const project of ['unit', 'contract', 'int', 'e2e']) {
  rmSync(report, { force: true })
  const { status } = spawnSync(
    'vitest',
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  passed += counts.numPassedTests
  // A file that fails to load counts as one failure, though none of its tests ran.
  failed += counts.numFailedTests === 0 && status !== 0 ? 1 : counts.numFailedTests
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
