import type { Messages } from './message.ts'

export const publicationMessages = {
  'publication-unknown': { zh: '没有公示记录 {publicationId}', en: 'There is no publication record {publicationId}' },
  'published-plan-unknown': { zh: '没有计划 {planId} 的公示记录', en: 'There is no record of the publication of plan {planId}' },
  'publication-waiting': {
    zh: '检查结果或任务完成情况尚不齐全，还不能公示',
    en: 'The result or the completion of its task is not known yet, so it cannot be published',
  },
  'publication-incomplete': { zh: '检查结果缺少公示所需的内容：{fields}', en: 'The result lacks what publication needs: {fields}' },
  'publication-pending': { zh: '公示正在办理，须等公示渠道确认', en: 'Publication is under way and waits for the channel to confirm' },
  'publication-published': { zh: '检查结果已经公示', en: 'The result is published already' },
  'publication-not-published': { zh: '检查结果没有在公示', en: 'The result is not published' },
  'publication-exempt': { zh: '属于法定不公示情形，不予公示', en: 'Law exempts the result from publication' },
  'publication-stopped': { zh: '检查结果已停止公示', en: 'Publication of the result was stopped' },
  'personal-data': {
    zh: '检查对象的名称或代码含有公民身份号码，不得公示',
    en: 'The name or code of the object holds a citizen identity number and must not be published',
  },
  'channel-not-allowed': {
    zh: '策略没有为此类检查对象设定公示渠道“{channel}”',
    en: 'Policy names no channel "{channel}" for such objects',
  },
  'channel-unavailable': {
    zh: '公示渠道暂时无法完成操作，将自动重试',
    en: 'The public channel did not complete the request; it is tried again',
  },
  'channel-differs': {
    zh: '公示渠道读回的内容与报送的不一致，将自动重试',
    en: 'What the public channel gives back differs from what was sent; it is tried again',
  },
  'approver-is-applicant': { zh: '批准人不得是申请人本人', en: 'The approver must be someone other than the applicant' },
  'organiser-unknown': { zh: '尚不知道抽取 {drawId} 由哪个单位组织', en: 'It is not known yet which unit organised draw {drawId}' },
  'drawn-list-unknown': { zh: '抽取 {drawId} 没有公布的检查主体名单', en: 'Draw {drawId} has no published list of drawn subjects' },
  'objection-unknown': { zh: '没有异议记录 {objectionId}', en: 'There is no objection {objectionId}' },
  'objection-decided': { zh: '异议已有处理结果：{outcome}', en: 'The objection was decided already: {outcome}' },
} as const satisfies Messages
