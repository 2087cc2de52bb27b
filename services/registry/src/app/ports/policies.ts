import type { RegionCode } from '@dual-random/kernel'
import type { BindingRecord, PresetRecord } from '../../domain/policy-record.ts'
import type { SubjectBindings } from '../../domain/role-binding.ts'
import type { TagRule } from '../../domain/tag-rule.ts'
import type { TagScheme } from '../../domain/tag-scheme.ts'
import type { Page, Records, Stored } from './records.ts'

export interface Presets extends Records<PresetRecord> {
  all(): Promise<readonly PresetRecord[]>
}

export interface PolicyBindings extends Records<BindingRecord> {
  all(): Promise<readonly BindingRecord[]>
}

export type RoleBindings = Records<SubjectBindings>

export type TagSchemes = Records<TagScheme>

export interface TagRules extends Records<TagRule> {
  all(): Promise<readonly TagRule[]>
  page(regionCode: RegionCode, page: Page): Promise<readonly Stored<TagRule>[]>
}
