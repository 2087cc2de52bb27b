// `npm run verify`: the static checks and the unit tests.
import { runSteps, staticChecks } from './run-steps.mjs'

const done = runSteps([...staticChecks, { name: 'unit', command: ['vitest', 'run', '--project', 'unit'] }])
process.exitCode = done ? 0 : 1
