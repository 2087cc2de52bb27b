import { spawnSync } from 'node:child_process'

const root = new URL('..', import.meta.url).pathname

/** Runs commands one after another, each named and timed; false as soon as one fails. */
export function runSteps(steps) {
  for (const { name, command, cwd = '.' } of steps) {
    const started = performance.now()
    const { status } = spawnSync(command[0], command.slice(1), {
      cwd: new URL(cwd, `file://${root}`),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.error(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (status !== 0) return false
  }
  return true
}

/** The static checks of `verify`; tests apart. */
export const staticChecks = [
  { name: 'contracts', command: ['buf', 'generate'], cwd: 'proto/' },
  { name: 'TypeScript is 7', command: ['node', 'scripts/check-typescript.mjs'] },
  { name: 'buf lint', command: ['buf', 'lint'], cwd: 'proto/' },
  { name: 'buf breaking', command: ['buf', 'breaking', '--against', 'baseline.binpb'], cwd: 'proto/' },
  { name: 'references', command: ['node', 'scripts/sync-references.mjs', '--check'] },
  { name: 'lint rules', command: ['node', 'scripts/sync-lint-rules.mjs', '--check'] },
  { name: 'format', command: ['biome', 'check', '--linter-enabled=false', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware'] },
  { name: 'types', command: ['tsc', '-b'] },
]
