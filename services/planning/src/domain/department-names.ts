import { nameKey } from '@dual-random/kernel'
import { fieldsMeantBy } from './department-short-names.ts'

/** The 市 that is a level, in a pattern: that of 市场监管 and its short form 市监, of 市政 and 市容 is none. */
export const cityWord = String.raw`市(?![场政容]|监(?:[局所、,;/()和与及]|部门|机构|主管|分局|$))`
export const levelPrefix = new RegExp(`^(?:省|${cityWord}|县|区|旗)(?:级)?`)
const office = /(?:(?:主管)?(?:部门|机构|机关|单位)|分局|局|委员会|委|办公室|厅)$/

/** What a department is about, without its level and form of office: 城市管理 of 市城市管理局. 市场监督管理 is 市场监管, and 和 may be left out. */
export const fieldOf = (name: string): string =>
  nameKey(name)
    .replaceAll('监督管理', '监管')
    .replace(/(?<=.)[和与](?=.)/g, '')
    .replace(levelPrefix, '')
    .replace(office, '')

/** The bare name of a department: `市场监管` of 市市场监督管理局 and 市场监管部门, `城市` of 城市管理局. */
export const departmentKey = (name: string): string => keyOfField(fieldOf(name))

const keyOfField = (field: string): string => field.replace(/管理$/, '')

/** Whether a name in a text may be that of a department: its own, or a short form of it, 文旅局. */
export const mayName = (name: string, department: string): boolean =>
  fieldsMeantBy(fieldOf(name)).some((field) => keyOfField(field) === departmentKey(department))
