import { existsSync } from 'node:fs'
import type { Complain } from '../arguments.ts'
import { writeNew } from '../own-files.ts'
import { paperHtml, paperText } from './paper.ts'
import type { KeptSecret } from './secrets-file.ts'

/** Complains where the paper backup would overwrite a file, before anything is made. */
export function readPaperPath(path: string | undefined, complain: Complain): void {
  if (path !== undefined && existsSync(path)) complain(`${path}: 已存在，不覆盖 (is there already and is not overwritten)`)
}

/** Writes secrets to print: HTML where the name ends so, plain text otherwise. */
export const writePaper = (path: string, secrets: readonly KeptSecret[]): Promise<void> =>
  writeNew(path, path.endsWith('.html') ? paperHtml(secrets) : paperText(secrets), { secret: true })
