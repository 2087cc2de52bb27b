import { cities, generateObjects } from '@dual-random/demo'
import { creditCodeCheckCharacter, organisationCodeCheckCharacter } from '@dual-random/kernel'

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

/** `B` marks an organisation code that nobody issued; its check character is right all the same (GB 11714). */
function codeOf(series: number, serial: number): string {
  const organisation = `B${series}${serial.toString(16).toUpperCase().padStart(6, '0')}`
  const first17 = `91230302${organisation}${organisationCodeCheckCharacter(organisation) ?? ''}`
  return `${first17}${creditCodeCheckCharacter(first17) ?? ''}`
}
