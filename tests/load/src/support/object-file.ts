import { cities, generateObjects } from '@dual-random/demo'
import { creditCodeCheckCharacter } from '@dual-random/kernel'

const templates = 1000

/** A register of that many objects as a CSV file, none twice, one row in a hundred broken as in the demo's; another `series` has other objects. */
export function objectFile(series: number, rows: number): Uint8Array {
  const [city] = cities
  if (city === undefined) throw new Error('no city')
  const [header = '', ...lines] = generateObjects('bench', city, templates).csv.trimEnd().split(/\r?\n/)
  const tails = lines.map((line) => line.slice(line.indexOf(',')))
  const pieces = [Buffer.from(`${header}\n`)]
  for (let start = 0; start < rows; start += templates) {
    const some = Array.from(
      { length: Math.min(templates, rows - start) },
      (_, index) => codeOf(series, start + index) + (tails[index] ?? ''),
    )
    pieces.push(Buffer.from(`${some.join('\n')}\n`))
  }
  return Buffer.concat(pieces)
}

/** `BE` marks an organisation code that nobody issued. */
function codeOf(series: number, serial: number): string {
  const first17 = `91230302BE${series}${String(serial).padStart(6, '0')}`
  return `${first17}${creditCodeCheckCharacter(first17) ?? ''}`
}
