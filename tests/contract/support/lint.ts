import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from './root.ts'

export interface Finding {
  readonly file: string
  /** `eslint(no-restricted-imports)` */
  readonly rule: string
  /** What the rule's own configuration says, where it says something. */
  readonly help: string
}

interface Diagnostic {
  readonly filename: string
  readonly code: string
  readonly help?: string
}

/** What the repository's own rules find in files that stand alone in a folder of their own. */
export function lint(files: Readonly<Record<string, string>>): readonly Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'dual-random-lint-'))
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    const { diagnostics } = JSON.parse(run(folder)) as { readonly diagnostics: readonly Diagnostic[] }
    return diagnostics.map(({ filename, code, help = '' }) => ({ file: filename, rule: code, help }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** oxlint exits with 1 when it finds something. */
function run(folder: string): string {
  const oxlint = join(root, 'node_modules/.bin/oxlint')
  try {
    return execFileSync(oxlint, ['--format', 'json', '.'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (thrown) {
    const { status, stdout } = thrown as { readonly status: number | null; readonly stdout: string }
    if (status !== 1) throw thrown
    return stdout
  }
}
