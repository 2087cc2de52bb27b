import { appError } from '@dual-random/errors'
import { canonicalJson, type LocalDate, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { checkModel, type ModelContent, type ModelProblem, type ProfessionalModel } from '../domain/professional-model.ts'
import type { Caller } from './ports.ts'
import { requireVersion } from './precondition.ts'
import type { ProfessionalModels } from './professional-ports.ts'

export interface DefineModelDeps {
  readonly professionalModels: ProfessionalModels
  /** The grade scheme of the caller's region. */
  readonly grades: readonly string[]
}

export interface ModelDefinition {
  readonly field: string
  readonly effectiveFrom: LocalDate
  readonly content: ModelContent
}

export interface StoredModel {
  readonly model: ProfessionalModel
  readonly version: number
}

/** One model of a unit and field. */
const modelIdOf = ({ unitId }: Caller, field: string): string => toHex(sha256(tlv('professional-model', unitId, field))).slice(0, 32)

/** Lays down the indicator system of a field (CRD-13); the same content changes nothing, another is the next version. */
export async function defineModel(
  { professionalModels, grades }: DefineModelDeps,
  caller: Caller,
  { field, effectiveFrom, content }: ModelDefinition,
  expected: number | undefined,
): Promise<StoredModel> {
  const checked = checkModel(content, grades)
  if (!checked.ok) throw refusal(checked.error)
  const modelId = modelIdOf(caller, field)
  const { regionCode, unitId } = caller
  await professionalModels.update(modelId, (current) => {
    requireVersion(current?.version ?? 0, expected)
    const before = current?.state
    const next = { modelId, regionCode, unitId, field, modelVersion: (before?.modelVersion ?? 0) + 1, effectiveFrom, content }
    const same = before !== undefined && before.effectiveFrom === effectiveFrom && canonicalJson(before.content) === canonicalJson(content)
    return same ? undefined : { state: next, events: [] }
  })
  return requiredModel(professionalModels, modelId)
}

export async function requiredModel(professionalModels: ProfessionalModels, modelId: string): Promise<StoredModel> {
  const found = await professionalModels.load(modelId)
  if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '专业指标体系', id: modelId } })
  return { model: found.state, version: found.version }
}

const refusal = ({ code, ...meta }: ModelProblem) => appError('invalid', code, { meta })
