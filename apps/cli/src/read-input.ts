import { readGiven } from './own-files.ts'
import type { Terminal } from './terminal.ts'

/** The text of a file, or of standard input for `-`. */
export async function readInput(path: string, { input }: Pick<Terminal, 'input'>): Promise<string> {
  if (path !== '-') return await readGiven(path)
  const chunks: Uint8Array[] = []
  for await (const chunk of input()) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
