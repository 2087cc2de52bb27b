import type { Json, LocalDate, RegionCode } from '@dual-random/kernel'
import { type Policy, parseBinding, parsePreset, resolvePolicy } from '@dual-random/policy'

const document = { id: '900', title: '测试文件', issuer: '测试机关', kind: 'policy' } as const

/** A policy of nothing but the given values. */
export function policyWith(values: Readonly<Record<string, Json>>): Policy {
  const entries = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { value, source: { document: '900', clause: '一' }, strength: 'shall' }]),
  )
  const head = { name: 'test', title: '测试', status: 'in-force', version: 1, effectiveFrom: '2020-01-01', documents: [document] }
  const preset = parsePreset({ ...head, values: entries })
  const binding = parseBinding({ regionCode: '100000', preset: 'test', from: '2020-01-01' })
  if (!preset.ok || !binding.ok) throw new Error(JSON.stringify([preset, binding]))
  const policy = resolvePolicy([preset.value], [binding.value], '100000' as RegionCode, '2026-01-01' as LocalDate)
  if (!policy.ok) throw new Error(policy.error.message)
  return policy.value
}

/** The list rules of 上海 (002, 沪市监信用〔2019〕94号 二(二)), as a region's own values. */
export const addingDistricts = {
  'item.localPower': 'DISTRICT_MAY_ADD',
  'item.keyControlled': true,
  'item.generalCapRequired': true,
  'item.divisionAdditions': {
    level: 'PROVINCE',
    baseEdition: '市场监管总局随机抽查事项清单（第一版）',
    basisKinds: ['LOCAL_REGULATION', 'GOVERNMENT_RULE', 'HANDED_OVER'],
  },
  'item.listChannel': [{ id: 'PUBLICITY_SYSTEM', text: '国家企业信用信息公示系统' }],
  'item.yearlyCheck': { times: 1 },
} as const

/** The list rules of 绍兴 (003 三(二)). */
export const approvedJointList = {
  'item.localPower': 'FROM_PROVINCIAL_DEPARTMENT_LIST',
  'item.generalCapRequired': true,
  'item.jointList': { level: 'CITY', department: '市场监管', approval: { department: '人民政府' } },
} as const

/** The list rules of 黑龙江 (001 二(二)一要). */
export const includingProvince = {
  'item.localPower': 'PROVINCE_INCLUDES_REGION_SCOPED',
  'item.generalCapRequired': false,
  'item.jointList': { level: 'PROVINCE', department: '市场监管' },
} as const
