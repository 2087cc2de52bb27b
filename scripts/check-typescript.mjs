// A second TypeScript beside version 7 silently becomes `tsc`; then every check below it checks something else.
import { execFileSync } from 'node:child_process'

const version = execFileSync('tsc', ['--version'], { encoding: 'utf8' }).trim()
if (!version.startsWith('Version 7.')) {
  console.error(`tsc is "${version}", expected 7`)
  process.exitCode = 1
}
