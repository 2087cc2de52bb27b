import { err, ok, type RegionCode, type Result } from '@dual-random/kernel'
import type { CellFault } from '@dual-random/tables'
import type { DivisionRefusal, ReadRegion } from '../../domain/divisions.ts'
import type { IndustryCatalogue } from '../../domain/industry.ts'
import type { ReadTag, RetiredTag, TagRefusal } from '../../domain/tag.ts'

/** The national lists that rows are checked against. */
export interface NationalLists {
  readonly industries: IndustryCatalogue
  readonly readRegion: ReadRegion
  /** Reads tags by the dimensions in force where the rows are from (REG-26). */
  readonly readTag: ReadTag
}

const regionFaults: Readonly<Record<DivisionRefusal, (text: string, within: string) => CellFault>> = {
  malformed: (text) => ({ code: 'region-malformed', reason: `“${text}”不是六位行政区划代码`, action: '填写 GB/T 2260 六位代码或区县名称' }),
  unknown: (text) => ({ code: 'region-unknown', reason: `没有行政区划“${text}”`, action: '核对区划代码或名称' }),
  ambiguous: (text) => ({ code: 'region-ambiguous', reason: `“${text}”不止一处`, action: '改填六位区划代码' }),
  outside: (text, within) => ({
    code: 'region-outside',
    reason: `“${text}”不在本单位辖区 ${within} 之内`,
    action: '由所在地区的单位导入这一行',
  }),
}

export const regionCell =
  (lists: Pick<NationalLists, 'readRegion'>, within: RegionCode) =>
  (text: string): Result<RegionCode, CellFault> => {
    const read = lists.readRegion(text, within)
    return read in regionFaults ? err(regionFaults[read as DivisionRefusal](text, within)) : ok(read as RegionCode)
  }

export const industryCell =
  ({ industries }: NationalLists) =>
  (text: string): Result<string, CellFault> => {
    const code = industries.normalise(text)
    if (code !== undefined) return ok(code)
    return err({
      code: 'industry-unknown',
      reason: `GB/T 4754-2017 没有行业代码“${text}”`,
      action: '核对国民经济行业分类代码后重新导入这一行',
    })
  }

export const tagCell =
  ({ readTag }: Pick<NationalLists, 'readTag'>) =>
  (text: string): Result<string, CellFault> => {
    const tag = readTag(text)
    return tag.ok ? tag : err(tagFault(text, tag.error))
  }

const tagFault = (text: string, refusal: TagRefusal): CellFault =>
  refusal.code === 'tag-dimension-retired'
    ? retiredTagFault({ tag: text, name: refusal.name })
    : {
        code: refusal.code,
        reason: `标签“${text}”的维度不认识或取值为空`,
        action: `写成“维度:值”，维度为：${refusal.names.join('、')}`,
      }

/** Why a new tag is refused where the dimension gives none any more; those that a record has already stay. */
export const retiredTagFault = ({ tag, name }: RetiredTag): CellFault => ({
  code: 'tag-dimension-retired',
  reason: `标签“${tag}”的维度“${name}”已停用，不再给出新的标签`,
  action: '删去这个标签，或改用仍在使用的维度；已有的标签可以保留',
})
