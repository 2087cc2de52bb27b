import type { PolicyKey } from './keys.ts'
import type { PresetId } from './policy.ts'
import type { PolicyStack } from './policy-layers.ts'
import type { Preset, SourceDocument, ValueEntry } from './preset.ts'

/** What one layer says about a key: a value, that its documents give none, or nothing. */
export interface KeyStep {
  readonly id: PresetId
  readonly status: Preset['status']
  readonly entry: ValueEntry | undefined
  readonly document: SourceDocument | undefined
  /** Why the layer's documents give no value (POL-04). */
  readonly unset: string | undefined
  /** Whether this layer's value is the one in force. */
  readonly inForce: boolean
}

/** What each layer of a stack says about a key, the most general first. */
export function stepsOfKey({ layers }: PolicyStack, key: PolicyKey): readonly KeyStep[] {
  const last = layers.findLast(({ values }) => values.has(key))
  return layers.map((layer) => {
    const entry = layer.values.get(key)
    const document = entry && layer.documents.find(({ id }) => id === entry.source.document)
    return { id: layer.id, status: layer.status, entry, document, unset: layer.unset.get(key), inForce: layer === last }
  })
}
