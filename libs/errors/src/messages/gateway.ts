import type { Messages } from './message.ts'

export const gatewayMessages = {
  'no-role-binding': { zh: '此账号尚未分配任何单位的角色', en: 'This account holds no role of any unit' },
  'unit-not-bound': { zh: '此账号在单位 {unitId} 没有角色', en: 'This account holds no role of unit {unitId}' },
  'unit-choice-required': {
    zh: '此账号属于多个单位，请在 unitId 中选择：{unitIds}',
    en: 'This account belongs to several units, choose one in unitId: {unitIds}',
  },
  'identity-provider-unavailable': { zh: '统一身份认证暂不可用，请稍后重试', en: 'The identity provider is unavailable, try again later' },
} as const satisfies Messages
