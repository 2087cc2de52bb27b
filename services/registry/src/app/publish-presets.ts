import { appError } from '@dual-random/errors'
import { parsePreset } from '@dual-random/policy'
import { addPresetVersion } from '../domain/policy-record.ts'
import { policyFileOf } from './policy-book.ts'
import type { Presets } from './ports.ts'

export interface PresetFile {
  /** Name of the file, for messages. */
  readonly name: string
  readonly content: unknown
}

/** Preset names may have slashes, ids may not. */
export const presetId = (preset: string): string => `preset-${preset.replaceAll('/', '_')}`

/** Makes every file a version of its preset, published once (POL-05). A published version with other content stops the start. */
export async function publishPresets(presets: Presets, files: readonly PresetFile[]): Promise<void> {
  for (const { name, content } of files) {
    const parsed = parsePreset(content)
    if (!parsed.ok) throw invalidFile(name, parsed.error.map(({ path, message }) => `${path} ${message}`).join('；'))
    const file = policyFileOf(content)
    if (!file.ok) throw invalidFile(name, file.error)
    const { name: preset, version, status, effectiveFrom, effectiveTo } = parsed.value
    const published = { version, digest: file.value.digest, status, effectiveFrom, effectiveTo: effectiveTo ?? null }
    await presets.update(presetId(preset), (current) => {
      const added = addPresetVersion(current?.state, preset, { ...published, file: file.value.file })
      if (!added.ok) throw appError('failed-precondition', 'preset-version-differs', { meta: { preset, version } })
      if (added.value === undefined) return undefined
      return { state: added.value, events: [{ type: 'policy-published', preset, ...published, version: String(version) }] }
    })
  }
}

const invalidFile = (file: string, reason: string) => appError('invalid', 'policy-file-invalid', { meta: { file, reason } })
