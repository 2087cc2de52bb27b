import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { root } from '../world/services.ts'

/** The demonstration's own times, so that a draw takes two minutes; everything else is the shipped preset of the four cities. */
export const terms = {
  /** Policy takes one second and more. A commitment, a witness's answer and a reveal must each arrive a margin before the round. */
  marginSeconds: 10,
  /** In which the superior's program sees S, checks it and reveals. */
  revealWindowSeconds: 50,
  /** Seconds between two rounds of a city's beacon. */
  periodSeconds: 3,
  /** How long the cities' beacon keys stand in the log first: with keys made a minute ago it cannot be 30 days (ADR 0014). */
  beaconKeyAgeSeconds: 10,
} as const

/** The preset that these times stand in; a copy of the shipped one otherwise. */
export const presetName = 'local/federated-demo'

/** Copies the presets to a folder and adds the demonstration's. */
export function writePresets(folder: string): void {
  const shipped = join(root, 'deploy/presets')
  cpSync(shipped, folder, { recursive: true })
  const preset = parse(readFileSync(join(shipped, 'local/four-coal-cities.yaml'), 'utf8')) as {
    values: Record<string, { value: unknown; note?: string }>
  }
  const changed = { 'draw.roundMarginSeconds': terms.marginSeconds, 'draw.revealWindowSeconds': terms.revealWindowSeconds }
  for (const [key, value] of Object.entries(changed)) {
    const entry = preset.values[key]
    if (entry === undefined) throw new Error(`the preset of the four cities has no ${key}`)
    preset.values[key] = { ...entry, value, note: '演示取值；真实抽取用四煤城试点的本地取值。' }
  }
  writeFileSync(join(folder, `${presetName}.yaml`), stringify({ ...preset, name: presetName, title: '联邦抽取演示取值' }))
}
