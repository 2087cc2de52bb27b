import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItemList } from '../domain/check-item-list.ts'
import type { KeySupervisionList } from '../domain/key-supervision-list.ts'
import { type ListedDutyDeps, refuseListedDuty } from './listed-duty.ts'

const regionCode = '230300' as RegionCode
const owner = { regionCode, unitId: '230300-scj' as UnitId }
const version = { number: 1, effectiveFrom: '2026-01-01' as LocalDate }
const items = [checkItem('SP-01', { name: '食品经营（餐饮服务）检查' }), checkItem('SP-02', { name: '对“三小”的检查' })]
const matters = [{ matterId: 'ZD-01', name: '电梯 (乘客) 使用安全' }]

const deps = {
  clock: () => '2026-03-01T02:00:00.000Z' as Instant,
  checkItemLists: { all: async () => [{ ...owner, listId: 'l1', versions: [{ ...version, items }] } as unknown as CheckItemList] },
  keySupervisionLists: {
    all: async () => [{ ...owner, listId: 'k1', versions: [{ ...version, matters }] } as unknown as KeySupervisionList],
  },
} as unknown as ListedDutyDeps

it.each([
  ['食品经营（餐饮服务）检查', 'SP-01'],
  ['食品经营(餐饮服务)检查', 'SP-01'],
  ['食品经营 （餐饮服务）\u3000检查', 'SP-01'],
  ['对"三小"的检查', 'SP-02'],
  ['电梯（乘客）使用安全', 'ZD-01'],
  ['电梯(乘客)使用安全', 'ZD-01'],
])(
  'TGT-14 REG-19 a duty that a list names is not outside the lists, however its brackets, quotation marks and blanks are typed: %s',
  async (name, itemCode) => {
    await expect(refuseListedDuty(deps, name, regionCode)).rejects.toMatchObject({ code: 'duty-already-listed', meta: { itemCode } })
  },
)

it.each(['食品经营检查', '食品经营（餐饮服务）', '电梯（载货）使用安全'])(
  'TGT-14 a duty of another name is outside them: %s',
  async (name) => {
    await expect(refuseListedDuty(deps, name, regionCode)).resolves.toBeUndefined()
  },
)
