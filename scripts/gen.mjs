// Everything generated: the contracts from proto/, the project references from the manifests, the dependency rules from the folders.
import { runSteps } from './run-steps.mjs'

const done = runSteps([
  { name: 'contracts', command: ['buf', 'generate'], cwd: 'proto/' },
  { name: 'references', command: ['node', 'scripts/sync-references.mjs'] },
  { name: 'lint rules', command: ['node', 'scripts/sync-lint-rules.mjs'] },
])
process.exitCode = done ? 0 : 1
