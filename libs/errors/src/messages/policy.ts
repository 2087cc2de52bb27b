import type { Messages } from './message.ts'

export const policyMessages = {
  'policy-unset': {
    zh: '策略“{preset}”未设定键 {key}，请由本地区补设或采用标注的借用值',
    en: 'Policy "{preset}" does not set {key}; set a local value or accept a labelled borrowed one',
  },
  'policy-file-invalid': { zh: '策略文件 {file} 有误：{reason}', en: 'Policy file {file} is not valid: {reason}' },
  'region-unbound': { zh: '地区 {regionCode} 在 {at} 没有绑定策略', en: 'Region {regionCode} has no policy bound on {at}' },
  'binding-ambiguous': {
    zh: '地区 {regionCode} 在 {at} 绑定了不止一个策略',
    en: 'Region {regionCode} has more than one policy bound on {at}',
  },
  'preset-missing': { zh: '没有在 {at} 有效的策略“{preset}”', en: 'No policy "{preset}" is effective on {at}' },
  'preset-cycle': { zh: '策略“{preset}”的继承关系成环', en: 'Policy "{preset}" extends itself' },
  'preset-not-inherited': {
    zh: '地区 {regionCode} 的策略“{preset}”没有继承上级的“{superior}”',
    en: 'Policy "{preset}" of region {regionCode} does not extend its superior\'s "{superior}"',
  },
  'draft-not-approved': {
    zh: '策略“{preset}”是征求意见稿，地区 {regionCode} 正式使用须有批准记录',
    en: 'Policy "{preset}" is a draft; region {regionCode} needs a recorded approval to use it',
  },
  'override-not-allowed': {
    zh: '策略“{preset}”的键 {key} 不允许下级改写',
    en: 'Key {key} of policy "{preset}" may not be overridden by a subordinate',
  },
  'rule-not-by-default': {
    zh: '策略键 {key} 不是原则性规定，不得个案改写',
    en: 'Key {key} is no rule by default: there is no overriding it in a single case',
  },
  'document-conflict': {
    zh: '策略“{preset}”对文件 {document} 的说明与上级不一致',
    en: 'Policy "{preset}" describes document {document} differently from its superior',
  },
  'unknown-grade': { zh: '等级“{grade}”不在本地区的分级方案内', en: 'Grade "{grade}" is not in the scheme of the region' },
  'unknown-result-type': { zh: '没有结果类型“{type}”', en: 'There is no result type "{type}"' },
  'sub-value-required': { zh: '结果类型“{type}”须选择一个分项', en: 'Result type "{type}" needs one of its sub-values' },
  'unknown-sub-value': { zh: '结果类型“{type}”没有分项“{subValue}”', en: 'Result type "{type}" has no sub-value "{subValue}"' },
  'due-date-required': {
    zh: '结果类型“{type}”须写明整改期限（YYYY-MM-DD）',
    en: 'Result type "{type}" needs the date by which to correct (YYYY-MM-DD)',
  },
  'free-text-required': { zh: '结果类型“{type}”须写明具体情况', en: 'Result type "{type}" needs a text' },
} as const satisfies Messages
